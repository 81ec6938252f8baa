"""What is to go wrong, and how often: for the next few times, or by a seeded chance."""

import random
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from slack_sandbox.model.errors import SlackError


@dataclass(kw_only=True)
class Fault(ABC):
    """So many `times`, each drawn with this `probability` by the `seed`."""

    times: int = 1
    probability: float = 1
    seed: int = 0
    _drawn: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._drawn = random.Random(self.seed)  # noqa: S311 — repeatable, not secret
        if self.times < 1 or not 0 < self.probability <= 1:
            raise SlackError("invalid_arguments", "times or probability is out of range")

    @abstractmethod
    def matches(self, name: str) -> bool:
        """Return whether the fault applies to this method or envelope type."""

    def occurs(self) -> bool:
        """Whether it is now; each time that it is counts."""
        occurs = self._drawn.random() < self.probability
        self.times -= occurs
        return occurs


F = TypeVar("F", bound=Fault)


class FaultQueue(Generic[F]):
    """What is still to go wrong, in the order in which it was asked for."""

    def __init__(self, kind: type[F]) -> None:
        self._kind = kind
        self._planned: list[F] = []

    def add(self, given: dict[str, Any]) -> None:
        """By the fields of its kind."""
        try:
            self._planned.append(self._kind(**given))
        except TypeError as error:
            raise SlackError("invalid_arguments", str(error)) from None

    def take(self, name: str) -> F | None:
        """What this call or envelope meets."""
        for fault in self._planned:
            if fault.matches(name) and fault.occurs():
                if not fault.times:
                    self._planned.remove(fault)
                return fault
        return None
