"""Puts one post into its channel, once, and reads what Slack's refusals mean."""

import logging
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.content import draw
from bot.views.kit import Message
from storage import boards, posts, votes
from storage.database import Database
from storage.posts import Post

log = logging.getLogger(__name__)

# The work may have been done although the answer says no:
# https://docs.slack.dev/reference/methods/chat.postMessage#errors
UNCLEAR = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
UNCLEAR_STATUS = 500

REFUSED_BLOCKS = frozenset(
    {
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "only_one_table_allowed",
    }
)

METADATA_TYPE = "needle_post"
CLOCK_SKEW = timedelta(minutes=1)
PAGE = 200


class CannotLook(Exception):
    """It can't be known whether an earlier try arrived, so there can be no second one yet."""


def deliver(database: Database, client: WebClient, post_id: int, now: datetime) -> bool:
    """Post it, or find that Slack shows it already; False if someone else is at it.

    Raises SlackApiError, OSError or CannotLook when it could not be; it is then to be tried again.
    """
    with database.transaction() as session:
        post = posts.take(session, post_id, now)
    if post is None:
        return False
    with database.snapshot() as session:
        channel = boards.get(session, post.board_id).channel_id
        drawn = draw(session, post)
    try:
        ts = _find(client, channel, post) or _send(client, channel, post, drawn.message)
    except SlackApiError as error:
        if not unclear(error):
            with database.transaction() as session:
                posts.release(session, post.id)
        raise
    permalink = _permalink(client, channel, ts)
    with database.transaction() as session:
        posts.record(
            session,
            post.id,
            ts=ts,
            permalink=permalink,
            shown_revision=drawn.shown_revision,
            ranks=drawn.ranks,
        )
        # Someone may have reacted before we knew that it is there.
        if votes.any_on(session, post.board_id, ts):
            votes.revise_card(session, post.board_id, ts)
    log.info("posted %s %s on board %d", post.kind, post.subject, post.board_id)
    return True


def unclear(error: SlackApiError) -> bool:
    """Whether Slack may have done the work all the same."""
    return code(error) in UNCLEAR or error.response.status_code >= UNCLEAR_STATUS


def code(error: SlackApiError) -> str:
    return str(error.response.get("error", ""))


def retry_after(error: SlackApiError) -> timedelta | None:
    """How long Slack asks to be left alone. The header's case is not to be relied on."""
    headers = {name.lower(): value for name, value in error.response.headers.items()}
    seconds = headers.get("retry-after")
    return timedelta(seconds=int(seconds)) if seconds is not None else None


def _identity(post: Post) -> dict[str, Any]:
    return {
        "board": post.board_id,
        "kind": str(post.kind),
        "subject": post.subject,
        "edition": post.edition,
    }


def _send(client: WebClient, channel: str, post: Post, message: Message) -> str:
    """The ts of the new message. A post whose blocks Slack refuses is posted in its plain form."""
    asked: dict[str, Any] = {
        "channel": channel,
        "text": message.text,
        "metadata": {"event_type": METADATA_TYPE, "event_payload": _identity(post)},
        "unfurl_links": False,
        "unfurl_media": False,
    }
    try:
        answer = client.chat_postMessage(**asked, blocks=message.blocks)
    except SlackApiError as error:
        if code(error) not in REFUSED_BLOCKS:
            raise
        log.warning("Slack refuses the blocks of %s %s: %s", post.kind, post.subject, error)
        answer = client.chat_postMessage(**asked)
    return str(answer["ts"])


def _find(client: WebClient, channel: str, post: Post) -> str | None:
    """The ts of the message that an earlier try may have made; None if there is none.

    While that can't be known the post must not be tried again: whatever goes wrong here is unclear.
    """
    if post.attempts == 1 or post.first_tried_at is None:
        return None
    oldest = (post.first_tried_at - CLOCK_SKEW).timestamp()
    try:
        pages = client.conversations_history(
            channel=channel, oldest=f"{oldest:.6f}", limit=PAGE, include_all_metadata=True
        )
        for page in pages:
            for message in page["messages"]:
                metadata = message.get("metadata") or {}
                if metadata.get("event_payload") == _identity(post):
                    return str(message["ts"])
    except SlackApiError as error:
        raise CannotLook(f"{post.kind} {post.subject}: {code(error)}") from error
    return None


def _permalink(client: WebClient, channel: str, ts: str) -> str | None:
    """A link is worth having, not worth losing the post for."""
    try:
        return str(client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    except (SlackApiError, OSError) as error:
        log.warning("no permalink for %s: %s", ts, error)
        return None
