"""Proposing from anywhere: Slack's shortcuts menu, a message's menu, and App Home."""

from copy import copy
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actor import Actor
from bot.listeners.lookup import require_selectable_boards
from bot.listeners.mentioned_names import mentioned_names
from bot.listeners.permissions import members_only
from bot.slack.answers.permalink import read_permalink
from bot.slack.error_messages import SLACK_CALL_ERRORS
from bot.views import home
from bot.views.modals import propose
from bot.views.parts.message_text import message_text
from bot.views.parts.quotation import quotation
from storage.database import Database

PERMALINK_TIMEOUT_SECONDS = 1  # The form must open within the three seconds that Slack waits.


def register(app: App) -> None:
    app.shortcut("propose_anywhere", middleware=[members_only])(propose_anywhere)
    app.shortcut("propose_from_message", middleware=[members_only])(propose_from_message)
    app.action(home.PROPOSE, middleware=[members_only])(propose_anywhere)


def propose_anywhere(ack: Ack, actor: Actor, client: WebClient, database: Database) -> None:
    """Open the form: for the board of a button's channel, or with every board of the person."""
    boards = require_selectable_boards(database, client, actor, actor.channel_id)
    _open_form(client, actor, actor.channel_id, boards)
    ack()


def propose_from_message(
    ack: Ack, actor: Actor, shortcut: dict[str, Any], client: WebClient, database: Database
) -> None:
    """Open the form with a summary that quotes the message and links to it."""
    message = shortcut["message"]
    permalink = _permalink(client, actor.channel_id, message["ts"])
    boards = require_selectable_boards(database, client, actor, actor.channel_id)
    names = mentioned_names(message, boards, client, database, actor)
    summary = quotation(message_text(message, names), permalink)
    _open_form(client, actor, actor.channel_id, boards, summary)
    ack()


def _open_form(
    client: WebClient,
    actor: Actor,
    channel_id: str,
    choices: list[tuple[str, str]],
    summary: str = "",
) -> None:
    elsewhere = channel_id not in dict(choices)
    view = propose.form("", choices, elsewhere=elsewhere, initial={"summary": summary})
    client.views_open(trigger_id=actor.trigger_id, view=view)


def _permalink(client: WebClient, channel_id: str, ts: str) -> str:
    """Return the link to a message, or an empty string if Slack doesn't give it.

    Slack has no link for a channel without the bot. The message can be proposed without one.
    """
    client_with_timeout = copy(client)
    client_with_timeout.timeout = PERMALINK_TIMEOUT_SECONDS
    try:
        return read_permalink(
            client_with_timeout.chat_getPermalink(channel=channel_id, message_ts=ts)
        )
    except SLACK_CALL_ERRORS:
        return ""
