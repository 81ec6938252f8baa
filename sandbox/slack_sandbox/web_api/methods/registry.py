"""Registry of Web API methods: their scopes, rate limits and required arguments."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import Tier
from slack_sandbox.model.workspace import Channel, Json, Message
from slack_sandbox.slack import Slack

CONVERSATION_SCOPES = ("channels", "groups", "im", "mpim")


@dataclass(frozen=True)
class Call:
    """A call of a method that passed the checks that all methods share."""

    slack: Slack
    args: Json

    def has(self, name: str) -> bool:
        return self.args.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        if not self.has(name):
            return default
        return self.text(name).lower() in ("true", "1")

    def integer(self, name: str, default: int) -> int:
        try:
            return int(self.text(name, str(default)))
        except ValueError:
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]") from None

    def json(self, name: str, error: str) -> Any:
        """Return a structured argument, which forms send as encoded JSON.

        Raise SlackError with `error` if it can't be decoded.
        """
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def channel(self, *, scope_for: str = "") -> Channel:
        """Return the conversation that the call names.

        `scope_for` is the part of a scope after the colon: "read", "history", …

        Raise SlackError if the app can't see the conversation or lacks the scope.
        """
        channel = self.slack.workspace.channels.get(self.text("channel"))
        if channel is None or not self.slack.workspace.can_see(self.slack.bot, channel):
            raise SlackError("channel_not_found")
        if scope_for:
            self.require_scope(f"{channel.scope_prefix}:{scope_for}")
        return channel

    def message(self, channel: Channel, ts_name: str = "ts") -> Message:
        message = channel.messages.get(self.text(ts_name))
        if message is None or message.is_ephemeral:
            raise SlackError("message_not_found")
        return message

    def require_scope(self, *any_of: str) -> None:
        scopes = self.slack.installation.scopes
        if not scopes.intersection(any_of):
            provided = ",".join(sorted(scopes))
            raise SlackError("missing_scope", needed=",".join(any_of), provided=provided)


@dataclass(frozen=True)
class Method:
    """A method. The token needs one of `scopes`, if there are any."""

    name: str
    function: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    tier: Tier | None = None
    required: tuple[str, ...] = ()
    app_level: bool = False
    authenticated: bool = True


METHODS: dict[str, Method] = {}


def method(name: str, **options: Any) -> Callable[[Callable[[Call], Json]], Callable[[Call], Json]]:
    """Register a function as a method. `options` are fields of Method."""

    def register(function: Callable[[Call], Json]) -> Callable[[Call], Json]:
        METHODS[name] = Method(name, function, **options)
        return function

    return register


def conversation_scopes(permission: str) -> tuple[str, ...]:
    """Return the scopes for a permission in each type of conversation: `channels:read`, …"""
    return tuple(f"{prefix}:{permission}" for prefix in CONVERSATION_SCOPES)


def invalid_arguments(*messages: str) -> SlackError:
    errors = [f"[ERROR] {message}" for message in messages]
    return SlackError("invalid_arguments", response_metadata={"messages": errors})


def paginate(
    call: Call, items: list[Any], max_limit: int, default: int = 100
) -> tuple[list[Any], Json]:
    """Return a page of a list, and the `response_metadata` with the cursor of the next page."""
    limit = call.integer("limit", default) or default
    if not 0 < limit <= max_limit:
        raise SlackError("invalid_limit")
    cursor = call.text("cursor")
    if cursor and not (cursor.startswith("next:") and cursor[5:].isdigit()):
        raise SlackError("invalid_cursor")
    start = int(cursor[5:]) if cursor else 0
    end = start + limit
    next_cursor = f"next:{end}" if end < len(items) else ""
    return items[start:end], {"next_cursor": next_cursor}
