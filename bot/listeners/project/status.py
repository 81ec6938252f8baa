"""How a project moves on: started, shipped, dropped, declined, handed off, merged, opened again."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import (
    require_board,
    require_project,
    require_proposer_or_steward,
    require_steward,
)
from bot.presenters.project_state import open_places, place_of
from bot.views.blocks import modal
from bot.views.blocks.block_kit import Message
from bot.views.modals import project_status
from bot.views.modals.project_status import Submission
from bot.views.parts.project_state import STATUS_PHRASES
from bot.views.replies.history import HistoryEntry, history
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
    app.view(project_status.CALLBACK)(submit)
    app.view(project_status.DETAILS_CALLBACK)(submit_words)
    app.options(project_status.INTO)(offer)


def form_for(board: Board, project: Project, person: str) -> dict[str, Any]:
    least, *_ = transitions_from(project.status)
    _require_may(board, project, person, least)
    return project_status.form(
        board.channel_id,
        project.number,
        project.proposal.title,
        project.status,
        steward=board.is_steward(person),
    )


def submit(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """A move that takes no words is made; the form goes on to ask for those that another takes."""
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    submission = project_status.parse(view)
    if submission.move in project_status.MOVES_WITH_DETAILS:
        with slack_request.snapshot() as session:
            board, project = _moving(session, team_id, person, submission)
            following = _words_form(session, board, project, submission.move)
        ack(response_action="update", view=following)
        return
    with slack_request.transaction() as session:
        _, project = _moving(session, team_id, person, submission)
        projects.set_status(
            session, project.id, RESULTING_STATUS[submission.move], by=person, now=now
        )
    ack()


def submit_words(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    submission = project_status.parse(view)
    with slack_request.transaction() as session:
        board, project = _moving(session, team_id, person, submission)
        projects.set_status(
            session,
            project.id,
            RESULTING_STATUS[submission.move],
            by=person,
            now=now,
            reason=submission.reason,
            handed_to=submission.handed_to,
            into=_other(session, board, project, submission),
        )
    ack()


def offer(ack: Ack, body: dict[str, Any], payload: dict[str, Any], database: Database) -> None:
    """The open projects of which the number or the title has what was typed."""
    known = modal.metadata_of(body["view"])
    typed = str(payload.get("value") or "").casefold().removeprefix("#")
    with database.snapshot() as session:
        board = require_board(session, body["team"]["id"], str(known.get("channel", "")))
        project = require_project(session, board, str(known.get("number", "")))
        others = open_places(session, board, besides=project.number)
    found = [each for each in others if typed in each.name.casefold()]
    ack(options=project_status.project_options(found[: modal.MAX_OPTIONS]))


def history_of(session: Session, board: Board, project: Project) -> Message:
    acts = [HistoryEntry(board.cadence.to_local(project.proposed_at), project.proposer, "proposed")]
    acts += [
        HistoryEntry(board.cadence.to_local(event.at), event.person, event.what, event.detail)
        for event in project_history.list_for_project(session, project.id)
    ]
    return history(place_of(session, project), acts)


def _moving(
    session: Session, team_id: str, person: str, submission: Submission
) -> tuple[Board, Project]:
    """What is to move, if it can from where it stands, and if this person may say so."""
    board = require_board(session, team_id, submission.channel_id)
    project = require_project(session, board, submission.number)
    if submission.move not in transitions_from(project.status):
        raise Refusal(
            f"#{project.number} {STATUS_PHRASES[project.status]}, so that can't become of it now."
        )
    _require_may(board, project, person, submission.move)
    return board, project


def _require_may(board: Board, project: Project, person: str, move: Transition) -> None:
    if requires_steward(move, project.status):
        require_steward(board, person)
    else:
        require_proposer_or_steward(board, project, person)


def _words_form(
    session: Session, board: Board, project: Project, move: Transition
) -> dict[str, Any]:
    others = open_places(session, board, besides=project.number)
    if move is Transition.MERGE and not others:
        return project_status.nothing_to_merge_into(project.number)
    return project_status.details_form(
        board.channel_id, project.number, project.proposal.title, move, others
    )


def _other(session: Session, board: Board, project: Project, submission: Submission) -> int | None:
    """The id of the open project that it is merged into; None if that is not what becomes of it."""
    if submission.move is not Transition.MERGE:
        return None
    other = require_project(session, board, submission.into)
    if other.id == project.id or not other.is_ranked:
        raise Refusal(
            f"#{project.number} can only be merged into another project that is open,"
            f" and #{other.number} is not."
        )
    return other.id
