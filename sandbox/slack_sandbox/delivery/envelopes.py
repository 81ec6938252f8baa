"""What Slack sends an app, whichever way it goes."""

import uuid
from dataclasses import dataclass, field
from typing import Protocol

from slack_sandbox.model.workspace import Json


@dataclass(frozen=True)
class Envelope:
    type: str  # "events_api", "interactive" or "slash_commands"
    payload: Json
    kind: str  # as the traffic names it
    name: str
    accepts_response_payload: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def as_json(self) -> Json:
        """As Socket Mode has it."""
        envelope: Json = {
            "envelope_id": self.id,
            "type": self.type,
            "payload": self.payload,
            "accepts_response_payload": self.accepts_response_payload,
        }
        if self.type == "events_api":
            envelope |= {"retry_attempt": self.retry_attempt, "retry_reason": self.retry_reason}
        return envelope


class Unacknowledged(Exception):
    """The app did not take an envelope.

    `reason`: it "timed_out", there is "no_connection" to send it on, or the request
    failed: "dispatch_failed". `retry_reason` is what a retry says; "" means no retry, please.
    """

    def __init__(self, reason: str, retry_reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_reason = retry_reason


class Transport(Protocol):
    async def ask(self, envelope: Envelope) -> Json:
        """Send, and wait for the ack: its payload, maybe empty. Raises `Unacknowledged`."""
