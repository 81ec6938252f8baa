"""Envelopes that go astray on demand: twice, late, or after the one that follows."""

from dataclasses import dataclass

from slack_sandbox.faults.schedule import Chance
from slack_sandbox.model.errors import Refused

LATEST = 60  # seconds


@dataclass
class Misdelivery(Chance):
    """`type` is that of the envelope: "events_api", "interactive", "slash_commands", "*" for any.

    `late` is in seconds. A `swapped` one waits until the next has been answered.
    """

    type: str = "*"
    twice: bool = False
    late: float = 0
    swapped: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.late <= LATEST or not (self.twice or self.late or self.swapped):
            raise Refused("invalid_arguments", "say what goes wrong: twice, late or swapped")

    def meets(self, name: str) -> bool:
        return self.type in ("*", name)
