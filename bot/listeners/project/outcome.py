"""What a shipped project really moved: asked of those who scored it, and shown to them."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import parse_number, require_board
from bot.presenters.outcomes import own_foresight
from bot.presenters.project_state import place_of
from bot.views.blocks.block_kit import Message
from bot.views.posts import outcome
from domain.projects.lifecycle import Status
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.projects import candidates, outcomes, projects
from storage.projects.projects import Project

NOT_YOURS = "Only who scored a project can say what it moved, once it has shipped."


def register(app: App) -> None:
    app.action(outcome.OPEN_FORM)(open_form)
    app.view(outcome.CALLBACK)(submit)


def open_form(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, database: Database
) -> None:
    """The button stands in a private message: its value names the board and the project."""
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(database, client, team_id, person)
    channel_id, _, number = action["value"].partition(":")
    with database.snapshot() as session:
        board = require_board(session, team_id, channel_id)
        project = _scored_by(session, board, number, person)
        asked = outcome.OutcomeForm(
            channel_id=channel_id,
            project=place_of(session, project),
            predicted=_foreseen(session, board, project)[person],
            observed=outcomes.impacts_from(session, project.id, person),
        )
    client.views_open(trigger_id=body["trigger_id"], view=outcome.form(asked, board.charter))
    ack()


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
    with slack_request.transaction() as session:
        board = require_board(session, team_id, outcome.channel_of(view))
        submission = outcome.parse(view, board.charter)
        project = _scored_by(session, board, submission.number, person)
        outcomes.save(session, project.id, person, submission.impacts, now)
    ack(response_action="update", view=outcome.saved())


def mine(database: Database, board: Board, person: str) -> Message:
    """`/roadmap mine`: what they foresaw and saw, for nobody else."""
    with database.snapshot() as session:
        return outcome.own_foresight(own_foresight(session, board, person), board.charter)


def _scored_by(session: Session, board: Board, number: Any, person: str) -> Project:
    known = parse_number(number)
    project = None if known is None else projects.find(session, board.id, known)
    if project is None or project.status is not Status.SHIPPED:
        raise Refusal(NOT_YOURS)
    if person not in _foreseen(session, board, project):
        raise Refusal(NOT_YOURS)
    return project


def _foreseen(session: Session, board: Board, project: Project) -> dict[str, dict[str, int]]:
    """The scores that count for it, by person: also of what was merged into it."""
    return candidates.impacts_by_project(session, board, [project.number])[project.number]
