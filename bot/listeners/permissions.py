"""Permissions: who may use a listener, and who may change a board or a project.

Each listener declares `members_only` or `anyone_in_channel` where it is registered; a subcommand
declares a `Permission` in its table. Checks that depend on a board or a project run in the
transaction that changes it, whatever an earlier form or button showed.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.views.data.people import someone
from domain.formatting import join_with_and
from domain.projects.lifecycle import Role
from storage.boards.boards import Board
from storage.database import Database
from storage.projects.projects import Project


class Permission(Enum):
    """The people who may use a subcommand."""

    CHANNEL = "people in the channel"
    MEMBERS = "full members"
    STEWARDS = "stewards"


def members_only(
    actor: Actor,
    client: WebClient,
    database: Database,
    next_: Callable[[], Any],
) -> None:
    """Let full members of the workspace through. Raise Refusal for everyone else."""
    require_member(database, client, actor.team_id, actor.user_id)
    next_()


def anyone_in_channel(next_: Callable[[], Any]) -> None:
    """Let everyone through, guests too.

    The app checks for each request that its sender is in the channel of every board that the
    request names (`bot.authorization.channel_membership`).
    """
    next_()


def require_permission(
    permission: Permission, database: Database, client: WebClient, board: Board, actor: Actor
) -> None:
    """Raise Refusal if a person may not use a subcommand on this board."""
    if permission is not Permission.CHANNEL:
        require_member(database, client, actor.team_id, actor.user_id)
    if permission is Permission.STEWARDS:
        require_steward(board, actor)


def require_steward(board: Board, actor: Actor) -> None:
    """Raise Refusal if a person isn't a steward of the board."""
    if not board.is_steward(actor.user_id):
        stewards = join_with_and([someone(steward) for steward in board.stewards])
        raise Refusal(
            f"Only stewards, who change this board's settings, can do that. Ask {stewards}."
        )


def roles_of(board: Board, project: Project, actor: Actor) -> frozenset[Role]:
    """Return what a person is to a project."""
    has_role = {
        Role.PROPOSER: actor.user_id == project.proposer,
        Role.OWNER: actor.user_id == project.owner,
        Role.STEWARD: board.is_steward(actor.user_id),
    }
    return frozenset(role for role, applies in has_role.items() if applies)


def require_role(board: Board, project: Project, actor: Actor, allowed: frozenset[Role]) -> None:
    """Raise Refusal if a person has none of the roles that are allowed to change a project."""
    if roles_of(board, project, actor) & allowed:
        return
    if allowed == {Role.STEWARD}:
        require_steward(board, actor)
    people = f"the proposer ({someone(project.proposer)})"
    if Role.OWNER in allowed and project.owner not in (None, project.proposer):
        people += f", the owner ({someone(project.owner)}),"
    raise Refusal(f"Only {people} or a steward can do that.")
