"""Outcome form: scorers report what a shipped project really changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import find_project, require_board
from bot.listeners.parsing import split_value
from bot.listeners.permissions import members_only
from bot.listeners.slash_command import Invocation
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.outcomes import own_foresight
from bot.presenters.project_state import project_reference
from bot.views.blocks import modal
from bot.views.blocks.block_kit import Message
from bot.views.posts import outcome
from domain.projects.lifecycle import Status
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.projects import candidates, outcomes
from storage.projects.projects import Project

SCORERS_ONLY = "Only people who scored a project can say what it helped, and only after it ships."


def register(app: App) -> None:
    app.action(outcome.OPEN_FORM, middleware=[members_only])(open_form)
    app.view(outcome.CALLBACK, middleware=[members_only])(submit)


def open_form(
    ack: Ack, actor: Actor, action: dict[str, Any], client: WebClient, database: Database
) -> None:
    """Open the form for the board and project that a button in a private message names."""
    channel_id, reference = split_value(action)
    with database.snapshot() as session:
        board = require_board(session, actor, channel_id)
        project, predicted = _require_scored(session, board, reference, actor)
        form = outcome.OutcomeForm(
            channel_id=channel_id,
            project=project_reference(session, project),
            predicted=predicted,
            observed=outcomes.impacts_from(session, project.id, actor.user_id),
        )
    client.views_open(trigger_id=actor.trigger_id, view=outcome.form(form, board.charter))
    ack()


def submit(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    with slack_request.transaction(actor.board_lock(modal.channel_of(view))) as session:
        board = require_board(session, actor, modal.channel_of(view))
        submission = outcome.parse(view, board.charter)
        project, _ = _require_scored(session, board, submission.project, actor)
        outcomes.save(session, project.id, actor.user_id, submission.impacts, now)
    ack(response_action="update", view=outcome.saved())


def show_own(invocation: Invocation) -> Message:
    """Return `/roadmap mine`: what the person predicted and reported, which nobody else sees."""
    board = invocation.board
    with invocation.request.snapshot() as session:
        outcomes_of_person = own_foresight(BoardSnapshot(session, board), invocation.actor.user_id)
    return outcome.own_foresight(outcomes_of_person, board.charter)


def _require_scored(
    session: Session, board: Board, reference: Any, actor: Actor
) -> tuple[Project, Mapping[str, int | None]]:
    """Return a shipped project and the impacts that the person predicted.

    Scores of projects that were merged into it count. Raise Refusal if the project hasn't shipped
    or the person didn't score it.
    """
    project = find_project(session, board, reference)
    if project is None or project.status is not Status.SHIPPED:
        raise Refusal(SCORERS_ONLY)
    scores = candidates.impacts_by_project(session, board, [project.number])[project.number]
    if actor.user_id not in scores:
        raise Refusal(SCORERS_ONLY)
    return project, scores[actor.user_id]
