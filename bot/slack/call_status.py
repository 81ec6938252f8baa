"""Calls that Slack refuses until a person changes something, such as the app's scopes."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass

log = logging.getLogger(__name__)

WITHOUT: Mapping[str, str] = {
    "auth.test": "Needle can't find out whether an unclear post arrived.",
    "chat.getPermalink": "Posts can't link to each other.",
    "chat.postEphemeral": "Needle can't answer mentions in private.",
    "chat.postMessage": "Needle can't post.",
    "chat.update": "Posts keep what they show now.",
    "conversations.history": "Needle can't find reactions and posts that it missed.",
    "conversations.info": "Needle can't read the channel's name.",
    "conversations.members": "Needle can't check who is in the channel.",
    "conversations.replies": "Needle can't find out whether an unclear reply arrived.",
    "reactions.get": "Needle can't find reactions that it missed.",
    "users.conversations": "Needle can't find channels that invited it.",
    "users.info": "Votes of people whom Needle doesn't know yet don't count.",
    "views.open": "Forms can't open.",
    "views.publish": "The Home tab keeps what it shows now.",
    "views.push": "Forms can't open.",
    "views.update": "Forms can't change.",
}


@dataclass(frozen=True)
class Call:
    """All calls of a Web API method, in one channel if they name one."""

    method: str
    channel: str | None = None

    def __str__(self) -> str:
        return self.method if self.channel is None else f"{self.method} in {self.channel}"


class CallStatus:
    """Calls that Slack refused the last time. All clients with the same token share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refusals: dict[Call, str] = {}

    @property
    def refusals(self) -> dict[Call, str]:
        """Slack's error code for each call that it refused last."""
        with self._lock:
            return dict(self._refusals)

    def mark_accepted(self, call: Call) -> None:
        """Record that Slack accepted the call."""
        with self._lock:
            self._refusals.pop(call, None)

    def mark_refused(self, call: Call, code: str) -> None:
        """Record that Slack refused the call. Log it unless the last refusal was the same."""
        with self._lock:
            has_changed = self._refusals.get(call) != code
            self._refusals[call] = code
        if has_changed:
            context = {"method": call.method, "channel": call.channel, "error": code}
            log.error("call_refused", extra={**context, "effect": WITHOUT.get(call.method, "")})
