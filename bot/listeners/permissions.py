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


def require_proposer_or_steward(board: Board, project: Project, actor: Actor) -> None:
    """Raise Refusal if a person neither proposed the project nor is a steward."""
    if actor.user_id != project.proposer and not board.is_steward(actor.user_id):
        raise Refusal(
            f"Only {someone(project.proposer)}, who proposed this project, or a steward can do"
            " that."
        )
