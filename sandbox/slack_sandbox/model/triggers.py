"""Trigger IDs and response URLs, with which an app responds to an action of a person."""

import secrets
from dataclasses import dataclass
from typing import TypeVar

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Clock, Person

# https://docs.slack.dev/interactivity/handling-user-interaction
TRIGGER_LIFETIME = 3  # seconds
RESPONSE_URL_LIFETIME = 30 * 60  # seconds
RESPONSE_URL_USES = 5
MAX_ISSUED = 10_000  # of each
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
        """Return a new trigger ID."""
        trigger_id = (
            f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        )
        _make_room(self._issued)
        self._issued[trigger_id] = Trigger(person, self._clock())
        return trigger_id

    def exchange(self, trigger_id: str) -> Person:
        """Return the person who acted. A trigger ID works once, within three seconds.

        Raise SlackError if it's unknown, used, or expired.
        """
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if self._clock() - trigger.issued > TRIGGER_LIFETIME:
            raise SlackError("expired_trigger_id")
        trigger.exchanged = True
        return trigger.person


@dataclass
class ResponseTarget:
    """The target of a response URL: a person in a channel, and the message that they acted on."""

    person: Person
    channel_id: str
    message_ts: str | None
    issued: float
    uses: int = 0


class ResponseUrls:
    def __init__(self, base_url: str, clock: Clock) -> None:
        self._base_url = base_url
        self._clock = clock
        self._issued: dict[str, ResponseTarget] = {}

    def issue(self, person: Person, channel_id: str, message_ts: str | None = None) -> str:
        """Return a new response URL."""
        key = secrets.token_urlsafe(18)
        _make_room(self._issued)
        self._issued[key] = ResponseTarget(person, channel_id, message_ts, self._clock())
        return f"{self._base_url}/response/{key}"

    def use(self, key: str) -> ResponseTarget:
        """Count a use, and return the target. Raise SlackError if the URL is expired or used up."""
        target = self._issued.get(key)
        if target is None or self._clock() - target.issued > RESPONSE_URL_LIFETIME:
            raise SlackError("expired_url")
        if target.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        target.uses += 1
        return target


def _make_room(issued: dict[str, T]) -> None:
    """Remove the oldest entry if there is no room for another."""
    if len(issued) >= MAX_ISSUED:
        del issued[next(iter(issued))]
