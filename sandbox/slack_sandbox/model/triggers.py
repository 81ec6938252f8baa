"""What lets an app answer one act of a person: trigger ids and response URLs."""

import secrets
from dataclasses import dataclass
from typing import TypeVar

from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Clock, Person

# docs.slack.dev/interactivity/handling-user-interaction
TRIGGER_SECONDS = 3
RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5
MOST_KEPT = 10_000  # of either
T = TypeVar("T")


@dataclass
class Trigger:
    person: Person
    issued: float
    exchanged: bool = False


class Triggers:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, Trigger] = {}

    def issue(self, person: Person) -> str:
        trigger_id = (
            f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        )
        _make_room(self._issued)
        self._issued[trigger_id] = Trigger(person, self._clock())
        return trigger_id

    def exchange(self, trigger_id: str) -> Person:
        """The person who acted: once, and within three seconds."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.exchanged:
            raise Refused("exchanged_trigger_id")
        if self._clock() - trigger.issued > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.exchanged = True
        return trigger.person


@dataclass
class Reply:
    """Where an answer goes: to a person in a channel, perhaps about one message there."""

    person: Person
    channel_id: str
    message_ts: str | None
    issued: float
    uses: int = 0


class ResponseUrls:
    def __init__(self, base_url: str, clock: Clock) -> None:
        self._base_url = base_url
        self._clock = clock
        self._issued: dict[str, Reply] = {}

    def issue(self, person: Person, channel_id: str, message_ts: str | None = None) -> str:
        key = secrets.token_urlsafe(18)
        _make_room(self._issued)
        self._issued[key] = Reply(person, channel_id, message_ts, self._clock())
        return f"{self._base_url}/response/{key}"

    def use(self, key: str) -> Reply:
        reply = self._issued.get(key)
        if reply is None or self._clock() - reply.issued > RESPONSE_SECONDS:
            raise Refused("expired_url")
        if reply.uses >= RESPONSE_USES:
            raise Refused("used_url")
        reply.uses += 1
        return reply


def _make_room(issued: dict[str, T]) -> None:
    """The oldest goes first."""
    if len(issued) >= MOST_KEPT:
        del issued[next(iter(issued))]
