"""Delivery faults: envelopes that arrive twice, late, or in another order."""

from dataclasses import dataclass

from slack_sandbox.faults.schedule import Fault
from slack_sandbox.model.errors import SlackError

MAX_DELAY = 60  # seconds


@dataclass
class DeliveryFault(Fault):
    """A fault of the next envelopes of a type.

    `type` is "events_api", "interactive", "slash_commands", or "*" for any. `duplicate` sends a
    copy too. `delay` is in seconds. `reorder` sends the envelope after the next one.
    """

    type: str = "*"
    duplicate: bool = False
    delay: float = 0
    reorder: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.delay <= MAX_DELAY or not (self.duplicate or self.delay or self.reorder):
            raise SlackError("invalid_arguments", "set duplicate, delay, or reorder")

    def applies_to(self, envelope_type: str) -> bool:
        return self.type in ("*", envelope_type)
