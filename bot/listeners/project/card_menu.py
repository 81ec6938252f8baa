"""The card's menu. What it offers is said in the chosen value: `edit:12`."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import require_board, require_project
from bot.listeners.project import edit, status, steps
from bot.listeners.roadmap import command
from bot.views.blocks.block_kit import Message
from bot.views.posts import card
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.projects.projects import Project

UNKNOWN = "That is no longer offered here: look at the card's ⋯ again."

# Anyone in the channel may read; whoever opens a form is a full member.
TOLD: dict[str, Callable[[Session, Board, Project], Message]] = {
    card.WHY: command.why,
    card.HISTORY: status.history_of,
}
OPENED: dict[str, Callable[[Board, Project, str], dict[str, Any]]] = {
    card.EDIT: edit.form_for,
    card.STEPS: steps.form_for,
    card.MOVE: status.form_for,
}


def register(app: App) -> None:
    app.action(card.MORE)(choose)


def choose(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    client: WebClient,
    database: Database,
) -> None:
    what, _, number = action["selected_option"]["value"].partition(":")
    team_id, person = body["team"]["id"], body["user"]["id"]
    if what in OPENED:
        require_member(database, client, team_id, person)
    with database.snapshot() as session:
        board = require_board(session, team_id, body["channel"]["id"])
        project = require_project(session, board, number)
        message = TOLD[what](session, board, project) if what in TOLD else None
    if what in OPENED:
        view = OPENED[what](board, project, person)
        client.views_open(trigger_id=body["trigger_id"], view=view)
    elif message is not None:
        respond(text=message.text, blocks=message.blocks, replace_original=False)
    else:
        raise Refusal(UNKNOWN)
    ack()
