"""Sending and redrawing of posts: each message appears in Slack once.

Before a post is sent again, the sender searches Slack for a message of an earlier attempt.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.clock import Clock
from bot.metrics import POSTS
from bot.reconciler.lost_posts import (
    MayBeDelivered,
    MayBePosted,
    marked,
    metadata_of,
    search_message,
    search_methods,
)
from bot.reconciler.render import ObsoletePost, RenderedPost, RepliedTo, render_post
from bot.reconciler.tasks import post_context
from bot.slack.answers.channels import channels_of
from bot.slack.answers.permalink import read_permalink
from bot.slack.answers.posted_message import read_posted_message
from bot.slack.errors import INVALID_BLOCKS, MESSAGE_TOO_LONG, error_code, is_known_refusal
from bot.slack.messages import MESSAGE_NOT_FOUND, fetch_message
from bot.views.blocks.escape import join_lines
from storage.boards import boards, fires
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.locks import OfBoard
from storage.posts import outbox
from storage.posts.identity import PostIdentity
from storage.posts.outbox import Post
from storage.posts.subjects import FireSubject
from storage.projects import votes
from storage.tables import PostKind

log = logging.getLogger(__name__)

MEMBERSHIP_METHODS = ("users.conversations",)
CANT_UPDATE = "cant_update_message"
METADATA_TOO_LARGE = "metadata_too_large"
SHORT_TEXT = 2_000  # characters: half of what chat.update accepts


class ThreadNotPosted(Exception):
    """A reply to a card or roadmap that isn't posted: it is new, or someone deleted it."""


class LeaseLost(Exception):
    """A claim that expired and that another process made meanwhile."""


def methods_before_posting(post: Post) -> tuple[str, ...]:
    """Return the methods that `send_post` may call before it posts the message."""
    return MEMBERSHIP_METHODS if post.person is not None else search_methods(post)


def send_post(database: Database, client: WebClient, queued: Post, clock: Clock) -> None:
    """Send a post, unless Slack shows it already or another process has claimed it.

    `clock` is one on which all hosts agree, because claims of other hosts are compared with it.
    Cancel it if it is obsolete. A reply whose thread isn't posted stays due. Raise MayBePosted if
    Slack may show the post already, and SlackApiError or one of NETWORK_ERRORS if the call failed;
    the post is then still due.
    """
    lock = OfBoard(queued.board_id)
    with database.transaction(lock) as session:
        post = outbox.claim(session, queued.id, clock())
    if post is None:
        return
    with database.snapshot() as session:
        board = boards.get(session, post.board_id)
    channel = post.person or board.channel_id
    try:
        _require_recipient_in_channel(client, board, post)
        with database.snapshot() as session:
            rendered = render_post(session, post, clock())
            thread_ts = _thread_ts(session, board, rendered.replied_to)
        ts = _find_sent_message(database, client, channel, post, thread_ts)
        if ts is None:
            ts = _post_message(database, client, board, post, rendered, thread_ts, clock)
    except LeaseLost:
        return
    except ObsoletePost as reason:
        log.info("post_canceled", extra={**post_context(post), "reason": str(reason)})
        with database.transaction(lock) as session:
            outbox.cancel(session, post)
        return
    except ThreadNotPosted:
        with database.transaction(lock) as session:
            outbox.release(session, post)
        return
    except MayBeDelivered:
        log.warning("dm_may_be_delivered_not_retrying", extra=post_context(post))
        with database.transaction(lock) as session:
            outbox.mark_posted(session, post.id, ts=None)
        return
    except SlackApiError as error:
        if is_known_refusal(error):
            with database.transaction(lock) as session:
                outbox.release(session, post)
        raise
    with database.transaction(lock) as session:
        outbox.mark_posted(session, post.id, ts=None if post.person else ts)
        # Someone may have reacted before the store knew the message.
        if votes.has_reactions(session, post.board_id, ts):
            votes.mark_card_changed(session, post.board_id, ts)
            votes.mark_draft_changed(session, post.board_id, ts)
    POSTS.labels(post.kind).inc()
    log.info("post_sent", extra=post_context(post))


def save_permalink(database: Database, client: WebClient, post: Post) -> None:
    """Look up and store a post's permalink, which other posts link to."""
    with database.snapshot() as session:
        channel = boards.get(session, post.board_id).channel_id
    with _requeued_if_deleted(database, client, channel, post):
        response = client.chat_getPermalink(channel=channel, message_ts=post.ts or "")
        with database.transaction(OfBoard(post.board_id)) as session:
            outbox.set_permalink(session, post.id, read_permalink(response))


def redraw_post(database: Database, client: WebClient, post: Post, now: datetime) -> None:
    """Update a posted message to what the store says now."""
    with database.snapshot() as session:
        channel = boards.get(session, post.board_id).channel_id
        rendered = render_post(session, post, now)
    with _requeued_if_deleted(database, client, channel, post):
        _call_with_fallback(
            client.chat_update,
            PostIdentity.of(post, database.info.store_id),
            rendered,
            channel=channel,
            ts=post.ts,
        )
        with database.transaction(OfBoard(post.board_id)) as session:
            outbox.mark_redrawn(session, post, rendered.content.shown_revision or 0)


def _thread_ts(session: Session, board: Board, replied_to: RepliedTo | None) -> str | None:
    """Return the ts of the thread that a reply goes to, or None if the post is no reply.

    Raise ThreadNotPosted if the thread's first message isn't posted.
    """
    if replied_to is None:
        return None
    posted = outbox.posted_about(session, board.id, [replied_to.kind], replied_to.subject)
    if not posted:
        raise ThreadNotPosted(f"{replied_to.kind} {replied_to.subject.encode()}")
    return posted[-1].ts


def _require_recipient_in_channel(client: WebClient, board: Board, post: Post) -> None:
    """Raise ObsoletePost for a DM about a board whose channel the recipient has left."""
    if post.person is not None and board.channel_id not in channels_of(client, post.person):
        raise ObsoletePost("the recipient left the channel")


@contextmanager
def _requeued_if_deleted(
    database: Database, client: WebClient, channel: str, post: Post
) -> Iterator[None]:
    """Queue the post again if Slack says that someone deleted its message."""
    try:
        yield
    except SlackApiError as error:
        # Slack keeps a tombstone when a message with replies is deleted. An app can't update it.
        is_tombstone = (
            error_code(error) == CANT_UPDATE
            and fetch_message(client, channel, post.ts or "") is None
        )
        if error_code(error) != MESSAGE_NOT_FOUND and not is_tombstone:
            raise
        with database.transaction(OfBoard(post.board_id)) as session:
            outbox.requeue(session, post)


def _find_sent_message(
    database: Database, client: WebClient, channel: str, post: Post, thread_ts: str | None
) -> str | None:
    """Return the ts of the message that an earlier attempt posted, or None if there is none.

    Raise MayBeDelivered or MayBePosted if that isn't certain.
    """

    def find_known(messages: Collection[str]) -> set[str]:
        with database.snapshot() as session:
            return outbox.known_messages(session, post.board_id, messages)

    found = search_message(client, channel, post, database.info.store_id, thread_ts, find_known)
    if found.unidentified:
        raise MayBePosted(found.unidentified)
    return found.ts


def _post_message(
    database: Database,
    client: WebClient,
    board: Board,
    post: Post,
    rendered: RenderedPost,
    thread_ts: str | None,
    clock: Clock,
) -> str:
    """Post the message and return its ts.

    Raise LeaseLost or ObsoletePost if the post must not be sent any more.
    """

    def mark_and_post(**arguments: Any) -> SlackResponse:
        # A search or a rejected message may have taken longer than the lease.
        now = clock()
        with database.transaction(OfBoard(post.board_id)) as session:
            if not outbox.mark_attempt(session, post, now, rendered.content):
                raise LeaseLost
            if outbox.is_outdated(session, post, board.cadence.latest_digest(now).period):
                raise ObsoletePost("a later digest is due")
            if _is_fire_out(session, post):
                raise ObsoletePost("the fire is out")
        return client.chat_postMessage(**arguments)

    response = _call_with_fallback(
        mark_and_post,
        PostIdentity.of(post, database.info.store_id),
        rendered,
        channel=post.person or board.channel_id,
        thread_ts=thread_ts,
        # Slack refuses it outside a thread: https://docs.slack.dev/reference/methods/chat.postMessage
        **({"reply_broadcast": True} if rendered.broadcast else {}),
        unfurl_links=False,
        unfurl_media=False,
    )
    return read_posted_message(response).ts


def _is_fire_out(session: Session, post: Post) -> bool:
    """Return whether the post says that something burns that is out by now."""
    return post.kind is PostKind.FIRE and fires.is_out(
        session, FireSubject.decode(post.subject).fire_id
    )


def _call_with_fallback(
    call: Callable[..., SlackResponse],
    identity: PostIdentity,
    rendered: RenderedPost,
    **arguments: Any,
) -> SlackResponse:
    """Post or update the message of a post. If Slack rejects it, retry in simpler renderings.

    The last rendering is plain text, so no message is lost. If Slack says that the message is too
    long, send only the first lines of its text.
    """
    text, renderings = rendered.message.text, list(rendered.message.renderings)
    call = partial(_call_with_metadata, call, identity, rendered.facts, **arguments)
    while len(renderings) > 1:
        try:
            return call(text=text, blocks=marked(renderings.pop(0), identity))
        except SlackApiError as error:
            code = error_code(error)
            if code not in INVALID_BLOCKS | {MESSAGE_TOO_LONG}:
                raise
        if code == MESSAGE_TOO_LONG:
            text = join_lines(text.splitlines(), max_length=SHORT_TEXT)
            renderings = renderings[-1:]
        what = "fewer_blocks" if renderings[0] else "text"
        event = f"message_rejected_sending_{what}"
        log.warning(event, extra={**post_context(identity), "error": code})
    # Slack has documented both that chat.update without blocks keeps the old ones and that it
    # removes them: https://docs.slack.dev/reference/methods/chat.update
    return call(text=text, blocks=marked(renderings[0], identity))


def _call_with_metadata(
    call: Callable[..., SlackResponse], identity: PostIdentity, facts: str, **arguments: Any
) -> SlackResponse:
    """Post or update a message with its identity and facts as metadata.

    If Slack says that the metadata is too long, leave out the facts. Slack documents that error,
    but not the maximum: https://docs.slack.dev/reference/methods/chat.postMessage
    """
    try:
        return call(**arguments, metadata=metadata_of(identity, facts))
    except SlackApiError as error:
        if error_code(error) != METADATA_TOO_LARGE or not facts:
            raise
    log.warning("metadata_rejected_sending_less", extra=post_context(identity))
    return call(**arguments, metadata=metadata_of(identity, ""))
