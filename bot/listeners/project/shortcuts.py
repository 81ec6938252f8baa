"""To propose from anywhere: Slack's shortcuts menu, a message's own menu, App Home."""

from copy import copy
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import selectable_boards
from bot.listeners.project.propose import NO_BOARD
from bot.slack.error_messages import SLACK_CALL_ERRORS
from bot.views import home
from bot.views.modals import propose
from bot.views.parts.quotation import quotation
from storage.database import Database

LINK_SECONDS = 1  # of the three in which a form must open
NOWHERE = ""  # no channel: all boards that they are on are offered


def register(app: App) -> None:
    app.shortcut("propose_anywhere")(from_anywhere)
    app.shortcut("propose_from_message")(from_message)
    app.action(home.PROPOSE)(from_anywhere)


def from_anywhere(ack: Ack, body: dict[str, Any], client: WebClient, database: Database) -> None:
    _open(body, NOWHERE, "", client, database)
    ack()


def from_message(ack: Ack, body: dict[str, Any], client: WebClient, database: Database) -> None:
    """The summary begins with what was said, and where."""
    channel_id = body["channel"]["id"]
    link = _permalink(client, channel_id, body["message"]["ts"])
    _open(body, channel_id, quotation(body["message"], link), client, database)
    ack()


def _open(
    body: dict[str, Any], channel_id: str, summary: str, client: WebClient, database: Database
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(database, client, team_id, person)
    choices = selectable_boards(database, client, team_id, channel_id, person)
    if not choices:
        raise Refusal(NO_BOARD)
    elsewhere = channel_id not in dict(choices)
    view = propose.form("", choices, elsewhere=elsewhere, initial={"summary": summary})
    client.views_open(trigger_id=body["trigger_id"], view=view)


def _permalink(client: WebClient, channel_id: str, ts: str) -> str:
    """Nothing where the bot is not, or Slack is in trouble: what was said can be proposed all the
    same.
    """
    hasty = copy(client)
    hasty.timeout = LINK_SECONDS
    try:
        answer = hasty.chat_getPermalink(channel=channel_id, message_ts=ts)
    except SLACK_CALL_ERRORS:
        return ""
    return str(answer["permalink"])
