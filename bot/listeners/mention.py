"""Mentions of Needle and direct messages to it. Each gets one short answer.

A mention is answered with an ephemeral message, so that the channel stays quiet. In a thread, it
shows in the thread. A direct message is answered with a message, because nobody else reads it.

An answer is sent at most once: losing one is better than answering twice.
"""

from datetime import UTC, datetime
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.lookup import NO_BOARD_HERE, pause_notice
from bot.slack.answers.channels import channels_of
from bot.slack.background import run_in_background
from bot.views.blocks import block_kit
from bot.views.replies import greeting
from storage import idempotency
from storage.boards import boards
from storage.database import Database, DatabaseUnavailable
from storage.idempotency import DuplicateAction
from storage.locks import OfChannel

Json = dict[str, Any]

# An app's owner can have Slack send missed events again, hours or days later. Answered events are
# remembered for a day.
MAX_AGE = idempotency.RETENTION
# Other subtypes are edits, deletions, and messages by Slack itself:
# https://docs.slack.dev/reference/events/message#subtypes
TYPED_SUBTYPES = (None, "file_share", "thread_broadcast")


def register(app: App) -> None:
    app.event("app_mention")(answer_mention)
    app.event("message")(answer_direct_message)


def answer_mention(
    event: Json,
    body: Json,
    context: BoltContext,
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    if not _is_first_by_person(event, body, context, database, now):
        return
    team_id, channel_id, person = context.team_id or "", event["channel"], event["user"]

    def answer() -> None:
        with database.snapshot() as session:
            board = boards.find(session, team_id, channel_id)
        if board is None:
            message = block_kit.message([block_kit.statement(NO_BOARD_HERE)])
        elif board.has_conflict:
            message = block_kit.message([block_kit.statement(pause_notice(board))])
        else:
            message = greeting.in_channel(is_member=_is_member(database, client, team_id, person))
        client.chat_postEphemeral(
            channel=channel_id, user=person, text=message.text, blocks=message.blocks, **thread
        )

    thread = _thread_of(event)
    run_in_background(f"answer to a mention by {person}", answer, expected=(DatabaseUnavailable,))


def answer_direct_message(
    event: Json,
    body: Json,
    context: BoltContext,
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    if event.get("channel_type") != "im":
        return
    if not _is_first_by_person(event, body, context, database, now):
        return
    team_id, person = context.team_id or "", event["user"]

    def answer() -> None:
        joined = channels_of(client, person)
        with database.snapshot() as session:
            channel_ids = [
                board.channel_id
                for board in boards.list_all(session)
                if board.team_id == team_id and board.channel_id in joined
            ]
        is_member = _is_member(database, client, team_id, person)
        message = greeting.in_direct_message(channel_ids, is_member=is_member)
        client.chat_postMessage(
            channel=event["channel"],
            text=message.text,
            blocks=message.blocks,
            **_thread_of(event),
        )

    run_in_background(f"answer to a DM by {person}", answer, expected=(DatabaseUnavailable,))


def _is_first_by_person(
    event: Json, body: Json, context: BoltContext, database: Database, now: datetime
) -> bool:
    """Return whether a person typed this message just now, and no copy of the event came before.

    Slack sends a mention again when its message is edited, with `edited`.
    """
    is_typed = event.get("subtype") in TYPED_SUBTYPES and not event.get("edited")
    is_by_person = event.get("user") not in (None, context.bot_user_id) and not event.get("bot_id")
    is_recent = now - _sent_at(event) < MAX_AGE
    if not (is_typed and is_by_person and is_recent):
        return False
    try:
        request = idempotency.Request(database, f"event {body['event_id']}", now)
        with request.transaction(OfChannel(context.team_id or "", event["channel"])):
            return True
    except DuplicateAction:
        return False


def _sent_at(event: Json) -> datetime:
    return datetime.fromtimestamp(float(event["ts"]), tz=UTC)


def _thread_of(event: Json) -> Json:
    return {"thread_ts": event["thread_ts"]} if event.get("thread_ts") else {}


def _is_member(database: Database, client: WebClient, team_id: str, person: str) -> bool:
    try:
        require_member(database, client, team_id, person)
    except Refusal:
        return False
    return True
