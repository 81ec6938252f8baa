"""Card menu (⋯). The chosen option's value names the entry and the project: `edit:ID`.

The ID is the project's permanent id, or its number on cards from earlier versions.
"""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import require_board, require_project
from bot.listeners.permissions import anyone_in_channel, members_only
from bot.listeners.project import edit, status, steps
from bot.listeners.roadmap import ranking
from bot.views.blocks.block_kit import Message
from bot.views.posts import card
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.projects.projects import Project

UNKNOWN_ENTRY = "That option is gone. Open the card's ⋯ menu again."

REPLIES: dict[str, Callable[[Session, Board, Project, Actor], Message]] = {
    card.WHY: lambda session, board, project, actor: ranking.explain(
        session, board, project, actor.user_id
    ),
    card.HISTORY: lambda session, board, project, _actor: status.history_of(
        session, board, project
    ),
}
FORMS: dict[str, Callable[[Board, Project, Actor], dict[str, Any]]] = {
    card.EDIT: edit.form_for,
    card.STEPS: steps.form_for,
    card.MOVE: status.form_for,
}


def register(app: App) -> None:
    # Bolt takes the first listener whose matchers accept the request.
    app.action(card.MORE, matchers=[_opens_form], middleware=[members_only])(open_form)
    app.action(card.MORE, middleware=[anyone_in_channel])(reply)


def open_form(
    ack: Ack, actor: Actor, action: dict[str, Any], client: WebClient, database: Database
) -> None:
    entry, reference = _chosen(action)
    with database.snapshot() as session:
        board = require_board(session, actor)
        project = require_project(session, board, reference)
    client.views_open(trigger_id=actor.trigger_id, view=FORMS[entry](board, project, actor))
    ack()


def reply(
    ack: Ack, actor: Actor, action: dict[str, Any], respond: Respond, database: Database
) -> None:
    entry, reference = _chosen(action)
    with database.snapshot() as session:
        board = require_board(session, actor)
        project = require_project(session, board, reference)
        if entry not in REPLIES:
            raise Refusal(UNKNOWN_ENTRY)
        message = REPLIES[entry](session, board, project, actor)
    respond(text=message.text, blocks=message.blocks, replace_original=False)
    ack()


def _opens_form(action: dict[str, Any]) -> bool:
    entry, _ = _chosen(action)
    return entry in FORMS


def _chosen(action: dict[str, Any]) -> tuple[str, str]:
    """Return the chosen entry, and the project's permanent id or number."""
    entry, _, reference = action["selected_option"]["value"].partition(":")
    return entry, reference
