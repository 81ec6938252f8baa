"""Status changes: start, ship, drop, decline, hand off, merge or reopen a project."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import number_and_status, require_board, require_project
from bot.listeners.permissions import (
    anyone_in_channel,
    members_only,
    require_proposer_or_steward,
    require_steward,
)
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.project_state import history_entry, other_open_projects, project_reference
from bot.views.blocks import modal
from bot.views.blocks.block_kit import Message
from bot.views.data.history import HistoryEntry
from bot.views.modals import project_status
from bot.views.modals.project_status import Submission
from bot.views.replies.history import history
from domain.projects.lifecycle import (
    RESULTING_STATUS,
    Transition,
    requires_steward,
    transitions_from,
)
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.projects import history as project_history
from storage.projects import projects
from storage.projects.projects import Project


def register(app: App) -> None:
    app.view(project_status.CALLBACK, middleware=[members_only])(submit)
    app.view(project_status.DETAILS_CALLBACK, middleware=[members_only])(submit_details)
    app.options(project_status.INTO, middleware=[anyone_in_channel])(search_merge_targets)


def form_for(board: Board, project: Project, actor: Actor) -> dict[str, Any]:
    first_move, *_ = transitions_from(project.status)
    _require_permission(board, project, actor, first_move)
    return project_status.form(
        board.channel_id,
        project.number,
        project.proposal.title,
        project.status,
        steward=board.is_steward(actor.user_id),
    )


def submit(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    """Change the status, or open the form that asks for the details of the change."""
    submission = project_status.parse(view)
    if submission.move in project_status.MOVES_WITH_DETAILS:
        with slack_request.snapshot() as session:
            board, project = _require_movable(session, actor, submission)
            next_view = _details_form(session, board, project, submission.move)
        ack(response_action="update", view=next_view)
        return
    with slack_request.transaction() as session:
        _, project = _require_movable(session, actor, submission)
        projects.set_status(
            session, project.id, RESULTING_STATUS[submission.move], by=actor.user_id, now=now
        )
    ack()


def submit_details(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    submission = project_status.parse(view)
    with slack_request.transaction() as session:
        board, project = _require_movable(session, actor, submission)
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
    ack: Ack, actor: Actor, body: dict[str, Any], payload: dict[str, Any], database: Database
) -> None:
    """Offer the open projects whose number or title contains what was typed."""
    metadata = modal.metadata_of(body["view"])
    query = str(payload.get("value") or "").casefold().removeprefix("#")
    with database.snapshot() as session:
        board = require_board(session, actor, metadata.get("channel", ""))
        project = require_project(session, board, metadata.get("number", ""))
        others = other_open_projects(BoardSnapshot(session, board), project)
    matches = [other for other in others if query in other.name.casefold()]
    ack(options=project_status.project_options(matches[: modal.MAX_OPTIONS]))


def history_of(session: Session, board: Board, project: Project) -> Message:
    events = [
        HistoryEntry(board.cadence.to_local(project.proposed_at), project.proposer, "proposed")
    ]
    events += [
        history_entry(board, event)
        for event in project_history.list_for_project(session, project.id)
    ]
    return history(project_reference(session, project), events)


def _require_movable(
    session: Session, actor: Actor, submission: Submission
) -> tuple[Board, Project]:
    """Return the form's board and project.

    Raise Refusal if the project's status doesn't allow the change, or the person may not make it.
    """
    board = require_board(session, actor, submission.channel_id)
    project = require_project(session, board, submission.number)
    if submission.move not in transitions_from(project.status):
        raise Refusal(
            f"{number_and_status(project)}, so that status change isn't possible. Open"
            " the card's ⋯ menu again."
        )
    _require_permission(board, project, actor, submission.move)
    return board, project


def _require_permission(board: Board, project: Project, actor: Actor, move: Transition) -> None:
    if requires_steward(move, project.status):
        require_steward(board, actor)
    else:
        require_proposer_or_steward(board, project, actor)


def _details_form(
    session: Session, board: Board, project: Project, move: Transition
) -> dict[str, Any]:
    others = other_open_projects(BoardSnapshot(session, board), project)
    if move is Transition.MERGE and not others:
        return project_status.nothing_to_merge_into(project.number)
    return project_status.details_form(
        board.channel_id, project.number, project.proposal.title, move, others
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
            f"#{project.number} can't be merged into #{target.number}. Choose another project that"
            " is open."
        )
    return target.id
