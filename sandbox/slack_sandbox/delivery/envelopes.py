"""Envelopes that Slack sends to an app, over Socket Mode or HTTP."""

import uuid
from dataclasses import dataclass, field
from typing import Protocol

from slack_sandbox.model.workspace import Json


@dataclass(frozen=True)
class Envelope:
    """An event, an interaction, or a command on its way to the app.

    `type` is "events_api", "interactive", or "slash_commands". `traffic_kind` and `name` are for
    the entry in the traffic.
    """

    type: str
    payload: Json
    traffic_kind: str
    name: str
    accepts_response_payload: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def as_json(self) -> Json:
        """Return the envelope as Socket Mode sends it."""
        envelope: Json = {
            "envelope_id": self.id,
            "type": self.type,
            "payload": self.payload,
            "accepts_response_payload": self.accepts_response_payload,
        }
        if self.type == "events_api":
            envelope |= {"retry_attempt": self.retry_attempt, "retry_reason": self.retry_reason}
        return envelope


class DeliveryFailed(Exception):
    """An envelope that the app didn't acknowledge.

    `reason` is "timed_out", "no_connection", "not_installed", or, if a request failed,
    "dispatch_failed".
    `retry_reason` is what the retry of an event says; if it's empty, there is no retry.
    """

    def __init__(self, reason: str, retry_reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_reason = retry_reason


class Transport(Protocol):
    """A way to the app: Socket Mode or request URLs."""

    async def send(self, envelope: Envelope) -> Json:
        """Send an envelope, and return the payload of the acknowledgment, which can be empty.

        Raise `DeliveryFailed` if the app doesn't acknowledge it in time.
        """
