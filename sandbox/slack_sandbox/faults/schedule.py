"""The queue of injected faults, and how often each occurs."""

import random
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from slack_sandbox.model.errors import SlackError


@dataclass(kw_only=True)
class Fault(ABC):
    """A fault that occurs a number of times, each with a probability drawn from the seed."""

    times: int = 1
    probability: float = 1
    seed: int = 0
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 — repeatable, not secret
        if self.times < 1 or not 0 < self.probability <= 1:
            raise SlackError(
                "invalid_arguments",
                "times must be at least 1, and probability more than 0 and at most 1",
            )

    @abstractmethod
    def matches(self, name: str, channel: str) -> bool:
        """Return whether the fault applies to this method or envelope type, in this channel."""

    def occurs(self) -> bool:
        """Decide by chance whether the fault occurs now, and count it if it does."""
        occurs = self._random.random() < self.probability
        self.times -= occurs
        return occurs


F = TypeVar("F", bound=Fault)


class FaultQueue(Generic[F]):
    """Faults of a type that haven't occurred yet, in the order in which they were added."""

    def __init__(self, fault_type: type[F]) -> None:
        self._fault_type = fault_type
        self._faults: list[F] = []

    def add(self, fields: dict[str, Any]) -> None:
        """Add a fault with these fields. Raise SlackError if they're invalid."""
        try:
            self._faults.append(self._fault_type(**fields))
        except TypeError as error:
            raise SlackError("invalid_arguments", str(error)) from None

    def take(self, name: str, channel: str = "") -> F | None:
        """Return the fault of a call or an envelope, if one occurs.

        `channel` is the ID of the channel that a call names.
        """
        for fault in self._faults:
            if fault.matches(name, channel) and fault.occurs():
                if not fault.times:
                    self._faults.remove(fault)
                return fault
        return None
