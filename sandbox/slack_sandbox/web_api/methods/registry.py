"""The table of Web API methods: the scope that each needs, how often, with which arguments."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sandbox.model.errors import Refused
from slack_sandbox.model.rate_limits import Tier
from slack_sandbox.model.workspace import Channel, Json, Message
from slack_sandbox.slack import Slack

CONVERSATION_KINDS = ("channels", "groups", "im", "mpim")


@dataclass(frozen=True)
class Call:
    """One call of a method, past the checks that all methods share."""

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
        """An argument that is JSON: as it is in a JSON body, written out in a form."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(error) from None

    def channel(self, *, scope_for: str = "") -> Channel:
        """The conversation that the call names, if the app may know of it.

        `scope_for` is what the app does there: "read", "history", …
        """
        channel = self.slack.workspace.channels.get(self.text("channel"))
        if channel is None or not self.slack.workspace.may_see(self.slack.bot, channel):
            raise Refused("channel_not_found")
        if scope_for:
            self.require_scope(f"{channel.kind}:{scope_for}")
        return channel

    def message(self, channel: Channel, ts_name: str = "ts") -> Message:
        message = channel.messages.get(self.text(ts_name))
        if message is None or message.is_ephemeral:
            raise Refused("message_not_found")
        return message

    def require_scope(self, *any_of: str) -> None:
        scopes = self.slack.installation.scopes
        if not scopes.intersection(any_of):
            provided = ",".join(sorted(scopes))
            raise Refused("missing_scope", needed=",".join(any_of), provided=provided)


@dataclass(frozen=True)
class Method:
    """`scopes`: any one of them will do; none means that any token will."""

    name: str
    function: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    tier: Tier | None = None
    required: tuple[str, ...] = ()
    app_level: bool = False
    authenticated: bool = True


METHODS: dict[str, Method] = {}


def method(name: str, **rules: Any) -> Callable[[Callable[[Call], Json]], Callable[[Call], Json]]:
    """Enter a function into the table under the name of its method; `rules` as in Method."""

    def enter(function: Callable[[Call], Json]) -> Callable[[Call], Json]:
        METHODS[name] = Method(name, function, **rules)
        return function

    return enter


def conversation_scopes(doing: str) -> tuple[str, ...]:
    """The scopes for doing something in any kind of conversation: `channels:read`, …"""
    return tuple(f"{kind}:{doing}" for kind in CONVERSATION_KINDS)


def invalid_arguments(*messages: str) -> Refused:
    shown = [f"[ERROR] {message}" for message in messages]
    return Refused("invalid_arguments", response_metadata={"messages": shown})


def paginate(
    call: Call, everything: list[Any], most: int, default: int = 100
) -> tuple[list[Any], Json]:
    """One page of a list, and the `response_metadata` with the cursor of the next."""
    limit = call.integer("limit", default) or default
    if not 0 < limit <= most:
        raise Refused("invalid_limit")
    cursor = call.text("cursor")
    if cursor and not (cursor.startswith("next:") and cursor[5:].isdigit()):
        raise Refused("invalid_cursor")
    start = int(cursor[5:]) if cursor else 0
    end = start + limit
    following = f"next:{end}" if end < len(everything) else ""
    return everything[start:end], {"next_cursor": following}
