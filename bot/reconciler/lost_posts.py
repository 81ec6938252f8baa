"""Search for lost posts: messages that Slack may show although the call that sent them failed.

Each message carries metadata that identifies its post. Needle searches a channel or thread for it
before it sends the post again.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.slack.answers.auth_test import read_identity
from bot.slack.answers.messages import SlackMessage, read_messages_page
from bot.slack.answers.pages import all_pages
from storage.posts.outbox import Post
from storage.tables import THREAD_KINDS

METADATA_TYPE = "needle_post"
CLOCK_SKEW = timedelta(hours=1)  # a message has Slack's time, and Needle's clock may be fast
SEARCH_METHODS = ("auth.test", "conversations.history")
THREAD_SEARCH_METHODS = ("auth.test", "conversations.replies")
PAGE_SIZE = 200


class MayBeDelivered(Exception):
    """A DM that an earlier attempt may have delivered, where Needle can't search for it.

    A duplicate DM is worse than a lost one, so there is no second attempt.
    """


def search_methods(post: Post) -> tuple[str, ...]:
    """Return the methods that a search calls: none if there was no earlier attempt."""
    if post.first_tried_at is None:
        return ()
    return THREAD_SEARCH_METHODS if post.kind in THREAD_KINDS else SEARCH_METHODS


def metadata_of(post: Post) -> dict[str, Any]:
    """Return the metadata that identifies a post's message, also for later versions."""
    payload = {
        "board": post.board_id,
        "kind": str(post.kind),
        "subject": post.subject,
        "edition": post.edition,
    }
    return {"event_type": METADATA_TYPE, "event_payload": payload}


def find_sent_message(
    client: WebClient, channel: str, post: Post, thread_ts: str | None
) -> str | None:
    """Return the ts of the message that an earlier attempt posted, or None if there is none.

    Raise MayBeDelivered for a DM. If the search fails, the post stays uncertain, and the next
    attempt searches again.
    """
    if post.first_tried_at is None:
        return None
    if post.person is not None:
        raise MayBeDelivered
    oldest = f"{(post.first_tried_at - CLOCK_SKEW).timestamp():.6f}"
    bot_user = read_identity(client.auth_test()).user_id
    payload = metadata_of(post)["event_payload"]
    for message in _messages(client, channel, thread_ts, oldest):
        # Any app can write any metadata, so compare the author too.
        if message.user == bot_user and message.metadata.event_payload == payload:
            return message.ts
    return None


def _messages(
    client: WebClient, channel: str, thread_ts: str | None, oldest: str
) -> Iterator[SlackMessage]:
    """Yield the messages of a channel, or of a thread if `thread_ts` is given, since `oldest`."""
    call = (
        client.conversations_history
        if thread_ts is None
        else partial(client.conversations_replies, ts=thread_ts)
    )
    for page in all_pages(
        call, channel=channel, oldest=oldest, limit=PAGE_SIZE, include_all_metadata=True
    ):
        yield from read_messages_page(page).messages
