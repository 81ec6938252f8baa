"""Editing a project. Its votes and scores stay."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import require_board, require_project, require_proposer_or_steward
from bot.views.blocks import modal
from bot.views.modals import edit
from bot.views.parts.project_state import STATUS_PHRASES
from domain.projects.proposal import Proposal
from storage.boards.boards import Board
from storage.database import Session
from storage.idempotency import Request
from storage.projects import history, projects
from storage.projects.projects import EDITED, Project

MEANWHILE = (
    "Someone else edited #{number} while your form was open, so nothing was saved:"
    " open *Edit* again to see it as it is now."
)
GONE_ON = "It is proposed as #{number}, and others have gone on from there: edit it at its card."


def register(app: App) -> None:
    app.view(edit.CALLBACK)(submit)


def form_for(board: Board, project: Project, person: str) -> dict[str, Any]:
    _require_may(board, project, person)
    return edit.form(board.channel_id, project.number, project.proposal)


def submit(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    submission = edit.parse(view)
    with slack_request.transaction() as session:
        board = require_board(session, team_id, submission.channel_id)
        project = require_project(session, board, submission.number)
        _require_may(board, project, person)
        changes = edit.changes(project.proposal, submission.proposal)
        if changes and submission.base_fingerprint != project.proposal.fingerprint:
            _require_own(session, project, person)
        if changes:
            projects.edit(
                session, project.id, submission.proposal, changes=changes, by=person, now=now
            )
    ack()


def correct(
    session: Session, board: Board, number: int, proposal: Proposal, person: str, now: datetime
) -> None:
    """What the form that proposed it says now, unless others have gone on from what it said."""
    project = require_project(session, board, str(number))
    changes = edit.changes(project.proposal, proposal)
    if not changes:
        return
    if not project.is_ranked or _edited_by(session, project) not in (None, person):
        raise modal.InvalidInput({"title": GONE_ON.format(number=number)})
    projects.edit(session, project.id, proposal, changes=changes, by=person, now=now)


def _edited_by(session: Session, project: Project) -> str | None:
    """Who was the last to; None if nobody was."""
    edits = [each for each in history.list_for_project(session, project.id) if each.what == EDITED]
    return edits[-1].person if edits else None


def _require_own(session: Session, project: Project, person: str) -> None:
    """A form that is older than the last edit counts if that was theirs: from this form, say,
    whose answer came too late.
    """
    if _edited_by(session, project) != person:
        raise Refusal(MEANWHILE.format(number=project.number))


def _require_may(board: Board, project: Project, person: str) -> None:
    require_proposer_or_steward(board, project, person)
    if not project.is_ranked:
        raise Refusal(
            f"#{project.number} {STATUS_PHRASES[project.status]}: open it again before you edit it."
        )
