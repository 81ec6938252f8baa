"""What is to go wrong, and how often: for the next few times, or by a seeded chance."""

import random
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from slack_sandbox.model.errors import Refused


@dataclass(kw_only=True)
class Chance:
    """So many `times`, each drawn with this `probability` by the `seed`."""

    times: int = 1
    probability: float = 1
    seed: int = 0
    _drawn: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._drawn = random.Random(self.seed)  # noqa: S311 — repeatable, not secret
        if self.times < 1 or not 0 < self.probability <= 1:
            raise Refused("invalid_arguments", "times or probability is out of range")

    def falls(self) -> bool:
        """Whether it is now; each time that it is counts."""
        fallen = self._drawn.random() < self.probability
        self.times -= fallen
        return fallen


class Mishap(Protocol):
    @property
    def times(self) -> int: ...

    def meets(self, name: str) -> bool: ...

    def falls(self) -> bool: ...


M = TypeVar("M", bound=Mishap)


class Mishaps(Generic[M]):
    """What is still to go wrong, in the order in which it was asked for."""

    def __init__(self, kind: type[M]) -> None:
        self._kind = kind
        self._planned: list[M] = []

    def add(self, given: dict[str, Any]) -> None:
        """By the fields of its kind."""
        try:
            self._planned.append(self._kind(**given))
        except TypeError as error:
            raise Refused("invalid_arguments", str(error)) from None

    def take(self, name: str) -> M | None:
        """What this call or envelope meets."""
        for mishap in self._planned:
            if mishap.meets(name) and mishap.falls():
                if not mishap.times:
                    self._planned.remove(mishap)
                return mishap
        return None
