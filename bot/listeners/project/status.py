"""*More actions*: start, ship, drop, decline, hand off, merge or reopen a project, or own it."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import number_and_status, require_board, require_project
from bot.listeners.permissions import (
    anyone_in_channel,
    members_only,
    require_role,
    roles_of,
)
from bot.listeners.project.ownership import OwnerCheck
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.project_state import history_entries, other_open_projects, project_reference
from bot.views.blocks import modal
from bot.views.blocks.block_kit import Message
from bot.views.data.history import HistoryEntry
from bot.views.modals import project_status
from bot.views.modals.project_status import Submission
from bot.views.replies.history import history
from domain.projects.lifecycle import (
    ASSIGNERS,
    RESULTING_STATUS,
    Transition,
    roles_for,
    transitions_from,
)
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.projects import projects
from storage.projects.projects import Project, Unchanged


def register(app: App) -> None:
    app.view(project_status.CALLBACK, middleware=[members_only])(submit)
    app.view(project_status.DETAILS_CALLBACK, middleware=[members_only])(submit_details)
    app.options(project_status.INTO, middleware=[anyone_in_channel])(search_merge_targets)


def form_for(board: Board, project: Project, actor: Actor) -> dict[str, Any]:
    roles = roles_of(board, project, actor)
    if not project_status.has_actions(project.status, roles, project.owner):
        first_move, *_ = transitions_from(project.status)
        require_role(board, project, actor, roles_for(first_move, project.status))
    return project_status.form(
        board.channel_id,
        project.number,
        project.proposal.title,
        project.status,
        roles=roles,
        owner=project.owner,
        permanent_id=project.permanent_id,
    )


def submit(
    ack: Ack,
    actor: Actor,
    view: dict[str, Any],
    owner_check: OwnerCheck,
    slack_request: Request,
    now: datetime,
) -> None:
    """Change the owner and the status, or open the form that asks for a change's details."""
    submission = project_status.parse(view)
    owner = _chosen_owner(submission, actor)
    if isinstance(owner, str):
        owner_check.require(submission.channel_id, owner)
    with slack_request.transaction(actor.board_lock(submission.channel_id)) as session:
        board = require_board(session, actor, submission.channel_id)
        project = require_project(session, board, submission.project)
        if owner is not Unchanged.OWNER:
            _set_owner(session, board, project, actor, owner, now)
        next_view = None
        if submission.move is not None:
            _require_movable(board, project, actor, submission.move)
        if submission.move in project_status.MOVES_WITH_DETAILS:
            next_view = _details_form(session, board, project, submission.move)
        elif submission.move is not None:
            new_status = RESULTING_STATUS[submission.move]
            projects.set_status(session, project.id, new_status, by=actor.user_id, now=now)
    if next_view is None:
        ack()
    else:
        ack(response_action="update", view=next_view)


def _chosen_owner(submission: Submission, actor: Actor) -> str | Unchanged | None:
    if submission.claim == project_status.MINE:
        return actor.user_id
    if submission.claim == project_status.NOBODYS:
        return None
    if submission.owner in (None, submission.base_owner):
        return Unchanged.OWNER
    return submission.owner


def _set_owner(
    session: Session,
    board: Board,
    project: Project,
    actor: Actor,
    owner: str | None,
    now: datetime,
) -> None:
    """Set the owner. Raise Refusal if the project is closed, or the person may not.

    Anyone may take on a project that nobody owns.
    """
    if not project.is_ranked:
        raise Refusal(f"{number_and_status(project)}. Reopen it before you change its owner.")
    if owner != actor.user_id or project.owner not in (None, owner):
        require_role(board, project, actor, ASSIGNERS)
    projects.set_owner(session, project.id, owner, by=actor.user_id, now=now)


def submit_details(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    submission = project_status.parse(view)
    with slack_request.transaction(actor.board_lock(submission.channel_id)) as session:
        board = require_board(session, actor, submission.channel_id)
        project = require_project(session, board, submission.project)
        if submission.move is None:
            raise modal.InvalidInput({project_status.REASON: "Choose a status."})
        _require_movable(board, project, actor, submission.move)
        projects.set_status(
            session,
            project.id,
            RESULTING_STATUS[submission.move],
            by=actor.user_id,
            now=now,
            reason=submission.reason,
            handed_to=submission.handed_to,
            into=_merge_target(session, board, project, submission),
        )
    ack()


def search_merge_targets(
    ack: Ack,
    actor: Actor,
    current_view: dict[str, Any],
    payload: dict[str, Any],
    database: Database,
) -> None:
    """Offer the open projects whose number or title contains what was typed."""
    metadata = modal.metadata_of(current_view)
    query = str(payload.get("value") or "").casefold().removeprefix("#")
    with database.snapshot() as session:
        board = require_board(session, actor, metadata.get("channel", ""))
        project = require_project(session, board, modal.project_of(current_view))
        others = other_open_projects(BoardSnapshot(session, board), project)
    matches = [other for other in others if query in other.name.casefold()]
    ack(options=project_status.project_options(matches[: modal.MAX_OPTIONS]))


def history_of(session: Session, board: Board, project: Project) -> Message:
    proposed = HistoryEntry(
        board.cadence.to_local(project.proposed_at), project.proposer, "proposed"
    )
    entries = [proposed, *history_entries(session, board, project)]
    return history(project_reference(session, project), entries)


def _require_movable(board: Board, project: Project, actor: Actor, move: Transition) -> None:
    """Raise Refusal if the status doesn't allow a change, or the person may not make it."""
    if move not in transitions_from(project.status):
        raise Refusal(
            f"{number_and_status(project)}, so that status change isn't possible. Open"
            " the card's ⋯ menu again."
        )
    require_role(board, project, actor, roles_for(move, project.status))


def _details_form(
    session: Session, board: Board, project: Project, move: Transition
) -> dict[str, Any]:
    others = other_open_projects(BoardSnapshot(session, board), project)
    if move is Transition.MERGE and not others:
        return project_status.nothing_to_merge_into(project.number)
    return project_status.details_form(
        board.channel_id,
        project.number,
        project.proposal.title,
        move,
        others,
        permanent_id=project.permanent_id,
    )


def _merge_target(
    session: Session, board: Board, project: Project, submission: Submission
) -> int | None:
    """Return the id of the open project to merge into, or None for another status change."""
    if submission.move is not Transition.MERGE:
        return None
    target = require_project(session, board, submission.into)
    if target.id == project.id or not target.is_ranked:
        raise Refusal(
            f"#{project.number} can't be merged into #{target.number}. Choose another open project."
        )
    return target.id
