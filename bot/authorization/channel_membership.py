"""Channel membership: only people in a board's channel may see or change the board.

Someone who has left the channel may still submit an open form or press a button in a private
message. So every request is checked for all the channels that it names, whichever listener handles
it.
"""

import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import Monotonic
from bot.exceptions import NotNow, Refusal
from bot.slack.answers.members import members_of
from bot.slack.error_messages import (
    REJECTED_BY_SLACK,
    SLACK_CALL_ERRORS,
    describe_error,
    is_rejected_token,
)
from bot.slack.errors import CLOSED_CHANNEL, error_code
from storage.boards import boards
from storage.database import Database

log = logging.getLogger(__name__)

NOT_THERE = "You aren't in that board's channel. Join the channel, then try again."
CLOSED = "I'm not in that channel anymore. Type `/invite @Needle` there, then try again."
UNKNOWN = (
    "Slack can't tell me right now who is in this channel, so nothing was saved. Try again in a"
    " minute."
)
CACHE_TTL = timedelta(minutes=1)  # Slack sends each departure at once, but to one process only.
OUTAGE_CACHE_TTL = timedelta(minutes=5)  # while Slack doesn't answer
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]+")


@dataclass(frozen=True)
class MemberList:
    """Members of a channel, and the monotonic time before Slack listed them."""

    requested_at: float
    people: frozenset[str]

    def includes(self, person: str, now: float, ttl: timedelta) -> bool:
        """Return whether the list is younger than `ttl` and the person is on it."""
        return person in self.people and now - self.requested_at < ttl.total_seconds()


class ChannelMembership:
    """Cache of the members of channels, as Slack lists them."""

    def __init__(self, client: WebClient, monotonic: Monotonic = time.monotonic) -> None:
        self._client = client
        self._monotonic = monotonic
        self._lists: dict[str, MemberList] = {}
        # Counts invalidations: a list that was requested before the last one isn't kept.
        self._invalidations = 0
        self._lock = threading.Lock()

    def require(self, person: str, channel_id: str) -> None:
        """Raise Refusal unless a person is in the channel, or NotNow if Slack can't be asked."""
        if self._is_cached(person, channel_id, CACHE_TTL):
            return
        try:
            people = self._fetch(channel_id)
        except SLACK_CALL_ERRORS as error:
            if isinstance(error, SlackApiError) and error_code(error) in CLOSED_CHANNEL:
                raise Refusal(CLOSED) from error
            # Trust a recent list: no event has said that the person left since.
            log.warning(
                "channel_members_unknown",
                extra={"channel": channel_id, "error": describe_error(error)},
            )
            if not self._is_cached(person, channel_id, OUTAGE_CACHE_TTL):
                raise NotNow(REJECTED_BY_SLACK if is_rejected_token(error) else UNKNOWN) from error
            return
        if person not in people:
            raise Refusal(NOT_THERE)

    def forget(self, channel_id: str) -> None:
        """Drop a channel's list, because someone left the channel."""
        with self._lock:
            self._invalidations += 1
            self._lists.pop(channel_id, None)

    def forget_all(self) -> None:
        """Drop every list, because Slack may not have reported who left meanwhile."""
        with self._lock:
            self._invalidations += 1
            self._lists.clear()

    def _is_cached(self, person: str, channel_id: str, ttl: timedelta) -> bool:
        members = self._lists.get(channel_id)
        return members is not None and members.includes(person, self._monotonic(), ttl)

    def _fetch(self, channel_id: str) -> frozenset[str]:
        invalidations, requested_at = self._invalidations, self._monotonic()
        people = members_of(self._client, channel_id)
        with self._lock:
            if self._invalidations == invalidations:
                self._lists[channel_id] = MemberList(requested_at, people)
        return people


def require_channel_membership(
    database: Database,
    membership: ChannelMembership,
    team_id: str,
    person: str,
    body: dict[str, Any],
) -> None:
    """Raise Refusal unless the sender is in the channel of every board that a request names."""
    with database.snapshot() as session:
        board_channels = [
            channel_id
            for channel_id in sorted(referenced_channels(body))
            if boards.find_id(session, team_id, channel_id) is not None
        ]
    for channel_id in board_channels:
        membership.require(person, channel_id)


def referenced_channels(body: dict[str, Any]) -> set[str]:
    """Return the channels that a command or an interaction names.

    They come from the channel in which it was sent, its view's metadata, and the values of pressed
    buttons and chosen options. Ignore typed text: it may name any channel.
    """
    view = body.get("view") or {}
    values = [
        body.get("channel_id"),
        (body.get("channel") or {}).get("id"),
        *_strings(json.loads(view.get("private_metadata") or "null")),
        *_chosen_values(body.get("actions") or []),
        *_chosen_values((view.get("state") or {}).get("values") or {}),
    ]
    # Some values hold more after the channel's id: `C024BE91L:7`.
    candidates = [value.partition(":")[0] for value in values if isinstance(value, str)]
    return {candidate for candidate in candidates if CHANNEL_ID.fullmatch(candidate)}


def _strings(data: Any) -> Iterator[str]:
    """Yield every string in a view's metadata."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _strings(part)


def _chosen_values(data: Any) -> Iterator[str]:
    """Yield the values of buttons and options in a payload's actions or a view's state."""
    if isinstance(data, dict) and str(data.get("type", "")).endswith("_input"):
        return
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _chosen_values(part)
    elif isinstance(data, str):
        yield data
