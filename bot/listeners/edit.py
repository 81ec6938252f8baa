"""Editing a project. Its votes and scores stay."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.access import board_in, project_in, require_proposer_or_steward
from bot.people import require_member
from bot.refusal import Refusal
from bot.views import edit
from bot.views.state import SINCE
from storage import projects
from storage.boards import Board
from storage.database import Database
from storage.projects import Proposed

MEANWHILE = (
    "Someone else edited #{number} while your form was open, so nothing was saved:"
    " open *Edit* again to see it as it is now."
)


def register(app: App) -> None:
    app.view(edit.CALLBACK)(submit)


def form_for(board: Board, project: Proposed, person: str) -> dict[str, Any]:
    _require_may(board, project, person)
    return edit.form(board.channel_id, project.number, project.proposal)


def submit(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(database, client, team_id, person)
    submission = edit.parse(view)
    with database.transaction() as session:
        board = board_in(session, team_id, submission.channel_id)
        project = project_in(session, board, submission.number)
        _require_may(board, project, person)
        changes = edit.changes(project.proposal, submission.proposal)
        if changes and submission.edited != project.proposal.fingerprint:
            raise Refusal(MEANWHILE.format(number=project.number))
        if changes:
            projects.edit(
                session, project.id, submission.proposal, changes=changes, by=person, now=now
            )
    ack()


def _require_may(board: Board, project: Proposed, person: str) -> None:
    require_proposer_or_steward(board, project, person)
    if not project.is_ranked:
        raise Refusal(
            f"#{project.number} {SINCE[project.status]}: open it again before you edit it."
        )
