"""Retrospective of a quarter: what was planned, what shipped, and its impact."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from domain.planning.capacity import round_up_to_half_weeks
from domain.projects.proposal import Proposal
from domain.projects.software import SoftwareBalance, software_balance


class QuarterResult(StrEnum):
    """A project's result at the end of a quarter."""

    SHIPPED = "shipped"
    OPEN = "open"  # carried over if it's still planned
    CLOSED = "closed"  # the team won't do it, or another team will


@dataclass(frozen=True)
class QuarterProject:
    """A project that was planned for a quarter at some time, or shipped in it unplanned."""

    number: int
    proposal: Proposal
    result: QuarterResult
    committed: bool = False  # at the commit
    planned: bool = False  # at the quarter's end
    effort_weeks: float = 0.0
    days_to_ship: int | None = None  # since it was started, if it was
    needle: float = 0.0
    impact: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Retrospective:
    """A quarter's results.

    `planned_share` is measured by the toil ledger: None if its data is too short. `assumed_share`
    is what the commit planned with: None without a commit.
    """

    projects: tuple[QuarterProject, ...]
    planned_share: float | None = None
    assumed_share: float | None = None

    @property
    def committed(self) -> tuple[QuarterProject, ...]:
        return tuple(project for project in self.projects if project.committed)

    @property
    def shipped(self) -> tuple[QuarterProject, ...]:
        """All shipped projects, planned or not."""
        return tuple(
            project for project in self.projects if project.result is QuarterResult.SHIPPED
        )

    @property
    def committed_and_shipped(self) -> tuple[QuarterProject, ...]:
        """Projects that were committed at the start, and shipped."""
        return tuple(
            project for project in self.committed if project.result is QuarterResult.SHIPPED
        )

    @property
    def shipped_as_planned(self) -> tuple[QuarterProject, ...]:
        """Projects that were on the roadmap when they shipped, from the start or later."""
        return tuple(project for project in self.shipped if project.planned)

    @property
    def shipped_unplanned(self) -> tuple[QuarterProject, ...]:
        """Projects that shipped without being on the roadmap."""
        return tuple(project for project in self.shipped if not project.planned)

    @property
    def carried_over(self) -> tuple[QuarterProject, ...]:
        return tuple(
            project
            for project in self.projects
            if project.planned and project.result is QuarterResult.OPEN
        )

    @property
    def closed(self) -> tuple[QuarterProject, ...]:
        """Planned projects that the team closed without shipping them."""
        return tuple(
            project
            for project in self.projects
            if project.planned and project.result is QuarterResult.CLOSED
        )

    @property
    def median_days_to_ship(self) -> float | None:
        """The median time from start to ship in days, or None if no shipped project was started."""
        days = [item.days_to_ship for item in self.shipped if item.days_to_ship is not None]
        return median(days) if days else None

    @property
    def impact(self) -> dict[str, float]:
        """The total impact of the shipped projects, by value."""
        total: Counter[str] = Counter()
        for project in self.shipped:
            total.update(project.impact)
        return dict(total)

    @property
    def needle(self) -> float:
        return sum(project.needle for project in self.shipped)

    @property
    def toil_removed_per_month(self) -> int:
        """The toil that the shipped projects promised to remove, in times per month."""
        return sum(project.proposal.toil_per_month or 0 for project in self.shipped)

    @property
    def software(self) -> SoftwareBalance:
        return software_balance(project.proposal for project in self.shipped)


def total_weeks(projects: Iterable[QuarterProject]) -> float:
    """Return the sum of the projects' efforts in engineer-weeks, each rounded up to half weeks."""
    return sum(round_up_to_half_weeks(project.effort_weeks) for project in projects)
