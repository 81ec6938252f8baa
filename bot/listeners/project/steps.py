"""Ticking off a project's safe steps: whoever ships one may say so."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import require_board, require_project
from bot.views.modals import steps
from bot.views.parts.project_state import STATUS_PHRASES
from storage.boards.boards import Board
from storage.idempotency import Request
from storage.projects import projects
from storage.projects.projects import Project


def register(app: App) -> None:
    app.view(steps.CALLBACK)(submit)


def form_for(board: Board, project: Project, _person: str) -> dict[str, Any]:
    _require_ticking(project)
    if not project.proposal.steps:
        raise Refusal(
            f"#{project.number} names no safe steps yet: its ⋯ → *Edit* takes them, one a line."
        )
    return steps.form(board.channel_id, project.number, project.proposal, project.steps_done)


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
    submission = steps.parse(view)
    with slack_request.transaction() as session:
        board = require_board(session, team_id, submission.channel_id)
        project = require_project(session, board, submission.number)
        _require_ticking(project)
        if submission.base_fingerprint != project.proposal.fingerprint:
            raise Refusal(
                f"#{project.number} was edited while your form was open, so nothing was ticked:"
                " open *Steps* again."
            )
        named = project.proposal.steps
        projects.update_steps(
            session,
            project.id,
            done=[step for place, step in enumerate(named) if place in submission.done],
            undone=[step for place, step in enumerate(named) if place in submission.undone],
            by=person,
            now=now,
        )
    ack()


def _require_ticking(project: Project) -> None:
    if not project.is_ranked:
        raise Refusal(
            f"#{project.number} {STATUS_PHRASES[project.status]}: its steps stay as they are."
        )
