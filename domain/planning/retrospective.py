"""A quarter at its end: what was planned, what shipped, and what that moved."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.projects.proposal import Proposal
from domain.projects.software import Balance, balance


class End(StrEnum):
    """How a project stands at the quarter's end."""

    SHIPPED = "shipped"
    OPEN = "open"  # it is carried over, if it is still planned
    CLOSED = "closed"  # the team will not do it, or somebody else does


@dataclass(frozen=True)
class Work:
    """A project that a quarter planned at some time, or shipped without having planned it."""

    number: int
    proposal: Proposal
    end: End
    promised: bool = False  # when the quarter was committed to
    planned: bool = False  # at the end
    effort_weeks: float = 0.0
    needle: float = 0.0
    impact: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Retrospective:
    """`planned_share` is what the toil ledger measured; None if it was too short for that."""

    works: tuple[Work, ...]
    planned_share: float | None = None

    @property
    def promised(self) -> tuple[Work, ...]:
        return tuple(work for work in self.works if work.promised)

    @property
    def shipped(self) -> tuple[Work, ...]:
        """All of it, planned or not."""
        return tuple(work for work in self.works if work.end is End.SHIPPED)

    @property
    def kept(self) -> tuple[Work, ...]:
        """What was promised at the start, and shipped."""
        return tuple(work for work in self.promised if work.end is End.SHIPPED)

    @property
    def as_planned(self) -> tuple[Work, ...]:
        """What shipped and was on the roadmap, from the start or later."""
        return tuple(work for work in self.shipped if work.planned)

    @property
    def unplanned(self) -> tuple[Work, ...]:
        """What shipped although the roadmap did not hold it."""
        return tuple(work for work in self.shipped if not work.planned)

    @property
    def carried_over(self) -> tuple[Work, ...]:
        return tuple(work for work in self.works if work.planned and work.end is End.OPEN)

    @property
    def closed(self) -> tuple[Work, ...]:
        """What was planned until the team closed it."""
        return tuple(work for work in self.works if work.planned and work.end is End.CLOSED)

    @property
    def moved(self) -> dict[str, float]:
        """By value, the sum of what the shipped projects moved."""
        total: Counter[str] = Counter()
        for work in self.shipped:
            total.update(work.impact)
        return dict(total)

    @property
    def needle(self) -> float:
        return sum(work.needle for work in self.shipped)

    @property
    def toil_per_month(self) -> int:
        """How many times a month less, by what the shipped projects said."""
        return sum(work.proposal.toil_per_month or 0 for work in self.shipped)

    @property
    def software(self) -> Balance:
        return balance(work.proposal for work in self.shipped)


def weeks(works: Iterable[Work]) -> float:
    """Engineer-weeks of these together."""
    return sum(work.effort_weeks for work in works)
