"""App Home: published when it is opened; its buttons, which say of which board they speak."""

from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.listeners.board.settings import open_form
from bot.listeners.guards import require_board, require_steward
from bot.listeners.home_publisher import refresh
from bot.listeners.project import score
from bot.views import home
from bot.views.blocks import block_kit, modal
from bot.views.posts import nudge
from storage.boards.boards import Board
from storage.database import Database
from storage.idempotency import Request
from storage.people import people

ALL_SCORED = "You have scored everything. Thank you!"


def register(app: App) -> None:
    app.event("app_home_opened")(opened)
    app.action(home.SCORE)(score_next)
    app.action(home.SETTINGS)(settings)
    app.action(home.NUDGES)(nudges)
    app.action(nudge.STOP)(stop_nudges)


def opened(
    event: dict[str, Any], context: BoltContext, client: WebClient, database: Database
) -> None:
    if event.get("tab") == "home":
        refresh(client, database, context.team_id or "", event["user"])


def score_next(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, database: Database
) -> None:
    """From Home, or from a reminder."""
    board = _board(body, action, client, database)
    person = body["user"]["id"]
    with database.snapshot() as session:
        view = score.next_form(session, board, person, at_home=True)
    if view is None:
        view = modal.modal("All scored", [block_kit.section(ALL_SCORED)], close="Close")
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def settings(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, database: Database
) -> None:
    board = _board(body, action, client, database)
    require_steward(board, body["user"]["id"])
    open_form(client, body["trigger_id"], board)
    ack()


def nudges(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    slack_request: Request,
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    with slack_request.transaction() as session:
        people.set_wants_reminders(session, team_id, person, wanted=action["value"] == home.ON)
    ack()
    refresh(client, slack_request.database, team_id, person)


def stop_nudges(ack: Ack, body: dict[str, Any], respond: Respond, slack_request: Request) -> None:
    with slack_request.transaction() as session:
        people.set_wants_reminders(session, body["team"]["id"], body["user"]["id"], wanted=False)
    message = nudge.stopped()
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def _board(
    body: dict[str, Any], action: dict[str, Any], client: WebClient, database: Database
) -> Board:
    """Return the board that the button names, for a full member.

    `bot.authorization.channel_membership` has checked that they are in its channel.
    """
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(database, client, team_id, person)
    with database.snapshot() as session:
        return require_board(session, team_id, action["value"])
