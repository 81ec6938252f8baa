"""Envelopes that go astray on demand: twice, late, or after the one that follows."""

from dataclasses import dataclass

from slack_sandbox.faults.schedule import Fault
from slack_sandbox.model.errors import SlackError

MAX_DELAY = 60  # seconds


@dataclass
class DeliveryFault(Fault):
    """`type` is that of the envelope: "events_api", "interactive", "slash_commands", "*" for any.

    `delay` is in seconds. `reorder` holds the envelope back until the next one is answered.
    """

    type: str = "*"
    duplicate: bool = False
    delay: float = 0
    reorder: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.delay <= MAX_DELAY or not (self.duplicate or self.delay or self.reorder):
            raise SlackError("invalid_arguments", "set duplicate, delay, or reorder")

    def matches(self, name: str) -> bool:
        return self.type in ("*", name)
