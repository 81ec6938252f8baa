"""App Home: published when someone opens it, and the buttons on it and on reminders."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.home_publisher import refresh
from bot.listeners.actor import Actor
from bot.listeners.board.settings import open_form
from bot.listeners.lookup import require_board, require_stewarded_board
from bot.listeners.permissions import anyone_in_channel, members_only
from bot.listeners.project import score
from bot.listeners.roadmap.command import HELP_GROUPS
from bot.views import home
from bot.views.modals import score as score_form
from bot.views.parts import help_text
from bot.views.posts import nudge
from storage.database import Database
from storage.idempotency import Request
from storage.locks import STORE
from storage.people import people


def register(app: App) -> None:
    app.event("app_home_opened")(publish_home)
    app.action(home.SCORE, middleware=[members_only])(score_next)
    app.action(home.SETTINGS, middleware=[members_only])(open_settings)
    app.action(home.HELP, middleware=[anyone_in_channel])(open_help)
    app.action(home.NUDGES, middleware=[anyone_in_channel])(set_reminders)
    app.action(nudge.STOP, middleware=[anyone_in_channel])(stop_reminders)


def publish_home(
    event: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    if event.get("tab") == "home":
        refresh(client, database, context.team_id or "", event["user"], now)


def score_next(
    ack: Ack, actor: Actor, action: dict[str, Any], client: WebClient, database: Database
) -> None:
    """Open the form for the next project on the board that a button in App Home or a DM names."""
    with database.snapshot() as session:
        board = require_board(session, actor, action["value"])
        view = score.next_form(session, board, actor.user_id, at_home=True)
    if view is None:
        view = score_form.all_scored()
    client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def open_settings(
    ack: Ack,
    actor: Actor,
    action: dict[str, Any],
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    """Open the settings of the board that a button in App Home names, for its stewards."""
    with database.snapshot() as session:
        board = require_stewarded_board(session, actor, action["value"])
    open_form(client, actor.trigger_id, board, now)
    ack()


def open_help(ack: Ack, actor: Actor, client: WebClient) -> None:
    """Open the help of all commands."""
    client.views_open(trigger_id=actor.trigger_id, view=help_text.roadmap_modal(HELP_GROUPS))
    ack()


def set_reminders(
    ack: Ack,
    actor: Actor,
    action: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    _set_reminders(slack_request, actor, wanted=action["value"] == home.ON)
    ack()
    refresh(client, slack_request.database, actor.team_id, actor.user_id, now)


def stop_reminders(ack: Ack, actor: Actor, respond: Respond, slack_request: Request) -> None:
    _set_reminders(slack_request, actor, wanted=False)
    message = nudge.stopped()
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def _set_reminders(slack_request: Request, actor: Actor, *, wanted: bool) -> None:
    with slack_request.transaction(STORE) as session:
        people.set_wants_reminders(session, actor.team_id, actor.user_id, wanted=wanted)
