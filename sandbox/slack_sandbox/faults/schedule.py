"""The queue of injected faults, and how often each occurs."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from slack_sandbox.model.errors import SlackError


@dataclass(kw_only=True)
class Fault:
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

    def take(self, applies: Callable[[F], bool]) -> F | None:
        """Return the first fault that applies and occurs, or None."""
        for fault in self._faults:
            if applies(fault) and fault.occurs():
                if not fault.times:
                    self._faults.remove(fault)
                return fault
        return None
