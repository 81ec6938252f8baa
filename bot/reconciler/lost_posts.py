"""Search for lost posts: messages that Slack may show although the call that sent them failed.

Needle searches a channel or thread for the message before it sends the post again. A message
carries the identity of its post twice: as metadata, and as a mark in the id of its first block. A
proxy can remove metadata, and Slack doesn't return it to every token. Text and buttons don't
identify a post: a later attempt may have another text, two posts may have the same text, and the
buttons of two posts about a project have the same values. Store, board, kind, subject and edition
together do.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.slack.answers.auth_test import read_identity
from bot.slack.answers.messages import SlackMessage, read_messages_page
from bot.slack.answers.pages import all_pages
from storage.posts.identity import MARK_PREFIX, METADATA_TYPE, PostIdentity, read_mark, read_payload
from storage.posts.outbox import CLOCK_SKEW, Post
from storage.tables import THREAD_KINDS

FACTS = "facts"  # in metadata, as JSON: metadata holds no deeper structure
SEARCH_METHODS = ("auth.test", "conversations.history")
THREAD_SEARCH_METHODS = ("auth.test", "conversations.replies")
PAGE_SIZE = 200
# What an app posts. Others say, for example, that it joined the channel:
# https://docs.slack.dev/reference/events/message#subtypes
POST_SUBTYPES = frozenset({"", "bot_message", "thread_broadcast"})


class MayBeDelivered(Exception):
    """A DM that an earlier attempt may have delivered, where Needle can't search for it.

    A duplicate DM is worse than a lost one, so there is no second attempt.
    """


class MayBePosted(Exception):
    """A post that an unidentified message in the channel may be.

    Needle waits. A second card would be worse than a late one: votes on one of two cards are lost
    without a trace, while a late card is in the log and its project in `/roadmap`.
    """

    def __init__(self, messages: frozenset[str]) -> None:
        super().__init__(f"unidentified messages: {', '.join(sorted(messages))}")
        self.messages = messages  # their ts


@dataclass(frozen=True)
class SearchResult:
    """What a search for a lost post found.

    `ts` is the message of an earlier attempt. `unidentified` are Needle's messages that the store
    doesn't know and that have no readable identity: one of them may be the post.
    """

    ts: str | None = None
    unidentified: frozenset[str] = frozenset()


def search_methods(post: Post) -> tuple[str, ...]:
    """Return the methods that a search calls: none if there was no earlier attempt."""
    if post.first_tried_at is None:
        return ()
    return THREAD_SEARCH_METHODS if post.kind in THREAD_KINDS else SEARCH_METHODS


def metadata_of(identity: PostIdentity, facts: str) -> dict[str, Any]:
    """Return the metadata of a post's message: its identity, and facts to read back."""
    payload = identity.payload | ({FACTS: facts} if facts else {})
    return {"event_type": METADATA_TYPE, "event_payload": payload}


def marked(blocks: Sequence[dict[str, Any]], identity: PostIdentity) -> list[dict[str, Any]]:
    """Return the blocks with the post's mark on the first block, a heading or a text."""
    return [block | {"block_id": identity.mark} for block in blocks[:1]] + list(blocks[1:])


def identity_of(message: SlackMessage) -> PostIdentity | None:
    """Return the identity in a message's metadata or mark, or None if it has none."""
    return read_payload(message.metadata.event_payload) or read_mark(
        block.block_id for block in message.blocks
    )


def search_message(
    client: WebClient,
    channel: str,
    post: Post,
    store_id: str,
    thread_ts: str | None,
    find_known: Callable[[Collection[str]], set[str]],
) -> SearchResult:
    """Search for the message that an earlier attempt of this store posted.

    `find_known` returns those of the messages, by ts, that the store knows: they are other posts,
    whatever their identity says. Raise MayBeDelivered for a DM. If the search fails, the post stays
    uncertain, and the next attempt searches again.
    """
    if post.first_tried_at is None:
        return SearchResult()
    if post.person is not None:
        raise MayBeDelivered
    oldest = f"{(post.first_tried_at - CLOCK_SKEW).timestamp():.6f}"
    needle = read_identity(client.auth_test())
    wanted = PostIdentity.of(post, store_id)
    unidentified = set()
    for page in _pages(client, channel, thread_ts, oldest):
        # Any app can write any metadata and block ids, so compare the author too.
        own = [message for message in page if message.user == needle.user_id]
        known = find_known([message.ts for message in own])
        for message in own:
            if message.ts in known:
                continue
            found = identity_of(message)
            if found is not None and wanted.matches(found):
                return SearchResult(ts=message.ts)
            if message.subtype in POST_SUBTYPES and not _is_identified(message):
                unidentified.add(message.ts)
    return SearchResult(unidentified=frozenset(unidentified))


def _is_identified(message: SlackMessage) -> bool:
    """Return whether a message has an identity, even if only a later version can read it."""
    return message.metadata.event_payload is not None or any(
        block.block_id.startswith(MARK_PREFIX) for block in message.blocks
    )


def _pages(
    client: WebClient, channel: str, thread_ts: str | None, oldest: str
) -> Iterator[Sequence[SlackMessage]]:
    """Yield the messages of a channel, or of a thread if `thread_ts` is given, since `oldest`."""
    call = (
        client.conversations_history
        if thread_ts is None
        else partial(client.conversations_replies, ts=thread_ts)
    )
    for page in all_pages(
        call, channel=channel, oldest=oldest, limit=PAGE_SIZE, include_all_metadata=True
    ):
        yield read_messages_page(page).messages
