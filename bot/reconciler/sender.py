"""Puts one post into its channel, once, and draws it anew when what it shows has changed."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.authorization.members import channels_of
from bot.clock import Clock
from bot.metrics import POSTS
from bot.reconciler.render import ObsoletePost, RenderedPost, render_post
from bot.slack.errors import INVALID_BLOCKS, MESSAGE_TOO_LONG, error_code, may_have_succeeded
from bot.slack.messages import MESSAGE_NOT_FOUND, fetch_message
from bot.views.blocks.block_kit import Message
from bot.views.blocks.escape import join_lines
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.projects import votes
from storage.tables import THREAD_KINDS

log = logging.getLogger(__name__)

METADATA_TYPE = "needle_post"
CLOCK_SKEW = timedelta(hours=1)  # messages bear Slack's time, and our clock may be fast
MEMBERSHIP_METHODS = ("users.conversations",)
SEARCH_METHODS = ("auth.test", "conversations.history")
THREAD_SEARCH_METHODS = ("auth.test", "conversations.replies")
PAGE = 200
CANT_UPDATE = "cant_update_message"
SHORT_TEXT = 2_000  # characters: half of what Slack should take


class MayBeDelivered(Exception):
    """An earlier try may have arrived where we can't look: in a private conversation.

    To be told twice is worse than not at all, so there is no second try.
    """


class LeaseLost(Exception):
    """Another process thought that this one died, and is at it."""


def methods_before_posting(post: Post) -> tuple[str, ...]:
    """By which methods Slack may be asked something before that is posted."""
    if post.person is not None:
        return MEMBERSHIP_METHODS
    if post.first_tried_at is None:
        return ()
    return THREAD_SEARCH_METHODS if post.kind in THREAD_KINDS else SEARCH_METHODS


def send_post(database: Database, client: WebClient, post_id: int, clock: Clock) -> None:
    """Post it, or find that Slack shows it already; it is left to whoever else is at it.

    Raises SlackApiError or OSError when it could not be; it is then to be tried again.
    """
    with database.transaction() as session:
        post = outbox.claim(session, post_id, clock())
    if post is None:
        return
    with database.snapshot() as session:
        board = boards.get(session, post.board_id)
    channel = post.person or board.channel_id
    try:
        _require_listener(client, board, post)
        with database.snapshot() as session:
            rendered = render_post(session, post, clock())
        ts = _find(client, channel, post, rendered.thread_ts)
        if ts is None:
            ts = _send(database, client, channel, post, rendered, clock)
    except LeaseLost:
        return
    except ObsoletePost as reason:
        log.info("%s %s is not said: %s", post.kind, post.subject, reason)
        with database.transaction() as session:
            outbox.cancel(session, post)
        return
    except MayBeDelivered:
        log.warning(
            "perhaps said already: not again", extra={"post": post.kind, "board": post.board_id}
        )
        with database.transaction() as session:
            outbox.mark_posted(session, post.id, ts=None)
        return
    except SlackApiError as error:
        if not may_have_succeeded(error):
            with database.transaction() as session:
                outbox.release(session, post)
        raise
    with database.transaction() as session:
        outbox.mark_posted(session, post.id, ts=None if post.person else ts)
        # Someone may have reacted before we knew that it is there.
        if votes.has_reactions(session, post.board_id, ts):
            votes.mark_card_changed(session, post.board_id, ts)
    POSTS.labels(post.kind).inc()
    log.info("posted", extra={"post": post.kind, "subject": post.subject, "board": post.board_id})


def _require_listener(client: WebClient, board: Board, post: Post) -> None:
    """What a board says to one person is for them only while they are in its channel."""
    if post.person is not None and board.channel_id not in channels_of(client, post.person):
        raise ObsoletePost("who it was for has left the channel")


def save_permalink(database: Database, client: WebClient, post: Post) -> None:
    """Learn the address of a post, by which others name it."""
    with database.snapshot() as session:
        channel = boards.get(session, post.board_id).channel_id
    with _gone_is_wished_anew(database, client, channel, post):
        answer = client.chat_getPermalink(channel=channel, message_ts=post.ts or "")
        with database.transaction() as session:
            outbox.set_permalink(session, post.id, str(answer["permalink"]))


def redraw_post(database: Database, client: WebClient, post: Post, now: datetime) -> None:
    """Show it as it is now."""
    with database.snapshot() as session:
        channel = boards.get(session, post.board_id).channel_id
        rendered = render_post(session, post, now)
    with _gone_is_wished_anew(database, client, channel, post):
        _show(client.chat_update, post, rendered.message, channel=channel, ts=post.ts)
        with database.transaction() as session:
            outbox.mark_redrawn(session, post, rendered.shows.shown_revision or 0)


@contextmanager
def _gone_is_wished_anew(
    database: Database, client: WebClient, channel: str, post: Post
) -> Iterator[None]:
    """Someone deleted it in Slack: the channel is to have it again."""
    try:
        yield
    except SlackApiError as error:
        # What stays of a message with replies is Slack's own, and not to be updated by us.
        is_left = (
            error_code(error) == CANT_UPDATE
            and fetch_message(client, channel, post.ts or "") is None
        )
        if error_code(error) != MESSAGE_NOT_FOUND and not is_left:
            raise
        with database.transaction() as session:
            outbox.requeue(session, post)


def _identity(post: Post) -> dict[str, Any]:
    return {
        "board": post.board_id,
        "kind": str(post.kind),
        "subject": post.subject,
        "edition": post.edition,
    }


def _send(
    database: Database,
    client: WebClient,
    channel: str,
    post: Post,
    rendered: RenderedPost,
    clock: Clock,
) -> str:
    """The ts of the new message."""

    def begin_and_post(**asked: Any) -> SlackResponse:
        # What went before, a look or a refusal, may have taken longer than the lease.
        with database.transaction() as session:
            if not outbox.mark_attempt(session, post, clock(), rendered.shows):
                raise LeaseLost
            if outbox.is_outdated(session, post):
                raise ObsoletePost("a later one is due")
        return client.chat_postMessage(**asked)

    answer = _show(
        begin_and_post,
        post,
        rendered.message,
        channel=channel,
        thread_ts=rendered.thread_ts,
        metadata={"event_type": METADATA_TYPE, "event_payload": _identity(post)},
        unfurl_links=False,
        unfurl_media=False,
    )
    return str(answer["ts"])


def _show(
    call: Callable[..., SlackResponse], post: Post, message: Message, **asked: Any
) -> SlackResponse:
    """A message whose blocks Slack refuses is shown in its plain form rather than lost; one that
    is too long, by its first lines.
    """
    text = message.text
    try:
        return call(**asked, text=text, blocks=message.blocks)
    except SlackApiError as error:
        code = error_code(error)
        if code not in INVALID_BLOCKS | {MESSAGE_TOO_LONG}:
            raise
        if code == MESSAGE_TOO_LONG:
            text = join_lines(text.splitlines(), max_length=SHORT_TEXT)
        about = {"post": post.kind, "subject": post.subject, "board": post.board_id}
        log.warning(
            "Slack refuses the message as it is", extra={**about, "error": error_code(error)}
        )
    # Whether an update that names no blocks keeps the old ones has been documented both ways:
    # https://docs.slack.dev/reference/methods/chat.update
    return call(**asked, text=text, blocks=[])


def _find(client: WebClient, channel: str, post: Post, thread_ts: str | None) -> str | None:
    """The ts of the message that an earlier try may have made; None if there is none.

    Whatever goes wrong here, the post stays in doubt: it is looked for again before it is sent.
    """
    if post.first_tried_at is None:
        return None
    if post.person is not None:
        raise MayBeDelivered
    oldest = f"{(post.first_tried_at - CLOCK_SKEW).timestamp():.6f}"
    us = client.auth_test()["user_id"]
    for message in _messages(client, channel, thread_ts, oldest):
        metadata = message.get("metadata") or {}
        # Any app can write any metadata: only a message of ours is it.
        if message.get("user") == us and metadata.get("event_payload") == _identity(post):
            return str(message["ts"])
    return None


def _messages(
    client: WebClient, channel: str, thread_ts: str | None, oldest: str
) -> Iterator[dict[str, Any]]:
    """What the channel, or that thread of it, has said since then."""
    asked: dict[str, Any] = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
    if thread_ts is None:
        pages = client.conversations_history(**asked, oldest=oldest)
    else:
        pages = client.conversations_replies(**asked, oldest=oldest, ts=thread_ts)
    for page in pages:
        yield from page["messages"]
