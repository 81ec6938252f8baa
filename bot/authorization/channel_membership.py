"""Whoever acts on a board is in its channel: checked at the act, whatever was shown to whom.

A form that was opened before someone left may still be sent, and so may a button of a private
message. So all that a payload names is looked at, whichever listener it is for.
"""

import json
import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.exceptions import NotNow, Refusal
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

NOT_THERE = "You are not in that board's channel, so nothing of it can be shown or changed."
CLOSED = "I am no longer in that channel. Type `/invite @Needle` there, then try again."
UNSURE = (
    "Slack does not say just now who is in this channel, so nothing was changed. Please try again"
    " in a minute."
)
CACHE_TTL = timedelta(minutes=1)  # who leaves is told of at once, by an event to one process
OUTAGE_CACHE_TTL = timedelta(minutes=5)  # while Slack can't be asked
PAGE = 1000  # https://docs.slack.dev/reference/methods/conversations.members
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]+")


@dataclass(frozen=True)
class Seen:
    """Who was in a channel when Slack was asked."""

    at: datetime
    people: frozenset[str]

    def shows(self, person: str, now: datetime, within: timedelta) -> bool:
        """Whether they were there, no longer ago than that."""
        return person in self.people and now - self.at < within


class ChannelMembership:
    """Who is in which channel, as Slack says it."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._seen: dict[str, Seen] = {}
        self._forgotten = 0  # times: an answer that was asked for before the last is not kept
        self._lock = threading.Lock()

    def require(self, person: str, channel_id: str, now: datetime) -> None:
        """Pass for who is in it; anyone else is refused in words."""
        if self._saw(person, channel_id, now, CACHE_TTL):
            return
        try:
            people = self._ask(channel_id, now)
        except SLACK_CALL_ERRORS as error:
            if isinstance(error, SlackApiError) and error_code(error) in CLOSED_CHANNEL:
                raise Refusal(CLOSED) from error
            # Who was there lately and was not said to leave is taken to be there still.
            log.warning(
                "who is in a channel is not known: %s",
                describe_error(error),
                extra={"channel": channel_id},
            )
            if not self._saw(person, channel_id, now, OUTAGE_CACHE_TTL):
                raise NotNow(REJECTED_BY_SLACK if is_rejected_token(error) else UNSURE) from error
            return
        if person not in people:
            raise Refusal(NOT_THERE)

    def forget(self, channel_id: str) -> None:
        """Someone has left it: Slack is asked again before anyone acts."""
        with self._lock:
            self._forgotten += 1
            self._seen.pop(channel_id, None)

    def forget_all(self) -> None:
        """Slack may not have told us who left, so it is asked again about every channel."""
        with self._lock:
            self._forgotten += 1
            self._seen.clear()

    def _saw(self, person: str, channel_id: str, now: datetime, within: timedelta) -> bool:
        seen = self._seen.get(channel_id)
        return seen is not None and seen.shows(person, now, within)

    def _ask(self, channel_id: str, now: datetime) -> frozenset[str]:
        forgotten = self._forgotten
        pages = self._client.conversations_members(channel=channel_id, limit=PAGE)
        people = frozenset(person for page in pages for person in page["members"])
        with self._lock:
            if self._forgotten == forgotten:
                self._seen[channel_id] = Seen(now, people)
        return people


def require_channel_membership(
    database: Database,
    membership: ChannelMembership,
    team_id: str,
    person: str,
    body: dict[str, Any],
    now: datetime,
) -> None:
    """Raise Refusal unless the sender is in the channel of every board that a request names."""
    with database.snapshot() as session:
        of_boards = [
            channel_id
            for channel_id in sorted(referenced_channels(body))
            if boards.find_id(session, team_id, channel_id) is not None
        ]
    for channel_id in of_boards:
        membership.require(person, channel_id, now)


def referenced_channels(body: dict[str, Any]) -> set[str]:
    """The channels that a command or an interaction is about.

    Where it comes from, what its view remembers, and what was pressed or chosen; not what someone
    typed, which may name any channel.
    """
    view = body.get("view") or {}
    said = [
        body.get("channel_id"),
        (body.get("channel") or {}).get("id"),
        *_strings(json.loads(view.get("private_metadata") or "null")),
        *_chosen(body.get("actions") or []),
        *_chosen((view.get("state") or {}).get("values") or {}),
    ]
    # A value may say more after it: `C024BE91L:7`.
    first = [each.partition(":")[0] for each in said if isinstance(each, str)]
    return {each for each in first if CHANNEL_ID.fullmatch(each)}


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _strings(part)


def _chosen(data: Any) -> Iterator[str]:
    """What stands in buttons and options, in a payload's actions or in a view's state."""
    if isinstance(data, dict) and str(data.get("type", "")).endswith("_input"):
        return
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _chosen(part)
    elif isinstance(data, str):
        yield data
