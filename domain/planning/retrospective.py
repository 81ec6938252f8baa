"""A quarter at its end: what was planned, what shipped, and what that moved."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.projects.proposal import Proposal
from domain.projects.software import SoftwareBalance, software_balance


class QuarterResult(StrEnum):
    """How a project stands at the quarter's end."""

    SHIPPED = "shipped"
    OPEN = "open"  # it is carried over, if it is still planned
    CLOSED = "closed"  # the team will not do it, or somebody else does


@dataclass(frozen=True)
class QuarterProject:
    """A project that a quarter planned at some time, or shipped without having planned it."""

    number: int
    proposal: Proposal
    result: QuarterResult
    committed: bool = False  # when the quarter was committed to
    planned: bool = False  # at the end
    effort_weeks: float = 0.0
    needle: float = 0.0
    impact: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Retrospective:
    """`planned_share` is what the toil ledger measured; None if it was too short for that."""

    projects: tuple[QuarterProject, ...]
    planned_share: float | None = None

    @property
    def committed(self) -> tuple[QuarterProject, ...]:
        return tuple(work for work in self.projects if work.committed)

    @property
    def shipped(self) -> tuple[QuarterProject, ...]:
        """All of it, planned or not."""
        return tuple(work for work in self.projects if work.result is QuarterResult.SHIPPED)

    @property
    def committed_and_shipped(self) -> tuple[QuarterProject, ...]:
        """What was promised at the start, and shipped."""
        return tuple(work for work in self.committed if work.result is QuarterResult.SHIPPED)

    @property
    def shipped_as_planned(self) -> tuple[QuarterProject, ...]:
        """What shipped and was on the roadmap, from the start or later."""
        return tuple(work for work in self.shipped if work.planned)

    @property
    def shipped_unplanned(self) -> tuple[QuarterProject, ...]:
        """What shipped although the roadmap did not hold it."""
        return tuple(work for work in self.shipped if not work.planned)

    @property
    def carried_over(self) -> tuple[QuarterProject, ...]:
        return tuple(
            work for work in self.projects if work.planned and work.result is QuarterResult.OPEN
        )

    @property
    def closed(self) -> tuple[QuarterProject, ...]:
        """What was planned until the team closed it."""
        return tuple(
            work for work in self.projects if work.planned and work.result is QuarterResult.CLOSED
        )

    @property
    def impact(self) -> dict[str, float]:
        """By value, the sum of what the shipped projects moved."""
        total: Counter[str] = Counter()
        for work in self.shipped:
            total.update(work.impact)
        return dict(total)

    @property
    def needle(self) -> float:
        return sum(work.needle for work in self.shipped)

    @property
    def toil_removed_per_month(self) -> int:
        """How many times a month less, by what the shipped projects said."""
        return sum(work.proposal.toil_per_month or 0 for work in self.shipped)

    @property
    def software(self) -> SoftwareBalance:
        return software_balance(work.proposal for work in self.shipped)


def total_weeks(works: Iterable[QuarterProject]) -> float:
    """Return the sum of the projects' efforts in engineer-weeks."""
    return sum(work.effort_weeks for work in works)
