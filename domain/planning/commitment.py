"""A team's commitment for a quarter: the projects at the commit, and later changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from domain.planning.capacity import Capacity
from domain.ranking.ranking import RankedProject


@dataclass(frozen=True)
class CommittedProject:
    """A project as it was at the commit. Its effort is what remained, in engineer-weeks.

    A carried-over project whose results were hidden has no rank, needle 0, and no impact.
    """

    number: int
    rank: int | None  # None if it was carried over without a rank
    needle: float
    effort_weeks: float
    impact: Mapping[str, float] = field(default_factory=dict)
    carried_over: bool = False

    @property
    def has_results(self) -> bool:
        """Whether the project's results were visible at the commit."""
        return bool(self.impact)

    def without_results(self) -> Self:
        """Return the project as it is stored if its results are hidden."""
        return replace(self, rank=None, needle=0.0, impact={})


def commit_project(
    ranked: RankedProject, effort_weeks: float, *, carried_over: bool
) -> CommittedProject:
    """Return a project as a commit stores it now, without results that are hidden."""
    project = CommittedProject(
        number=ranked.candidate.id,
        rank=ranked.rank,
        needle=ranked.needle,
        effort_weeks=effort_weeks,
        impact=ranked.impact,
        carried_over=carried_over,
    )
    return project if ranked.results_visible else project.without_results()


@dataclass(frozen=True)
class RoadmapChange:
    """A project that was added or removed after the commit."""

    number: int
    added: bool  # False: removed
    reason: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True)
class UndoneCommit:
    """Who undid the commit of a quarter, and when."""

    undone_by: str
    undone_at: datetime


@dataclass(frozen=True)
class Commitment:
    """A committed quarter, with its changes in chronological order."""

    capacity: Capacity
    charter_version: int
    committed_by: str
    committed_at: datetime
    projects: tuple[CommittedProject, ...]  # in rank order
    changes: tuple[RoadmapChange, ...] = ()

    @property
    def current_numbers(self) -> tuple[int, ...]:
        """The numbers of the current projects: committed ones in rank order, then added ones."""
        current = dict.fromkeys(item.number for item in self.projects)
        for change in self.changes:
            current.pop(change.number, None)
            if change.added:
                current[change.number] = None
        return tuple(current)

    @property
    def all_numbers(self) -> tuple[int, ...]:
        """The numbers of all projects that the quarter has ever had."""
        committed = [project.number for project in self.projects]
        changed = [change.number for change in self.changes]
        return tuple(dict.fromkeys(committed + changed))

    def find(self, number: int) -> CommittedProject | None:
        return next((item for item in self.projects if item.number == number), None)


def group_changes(changes: Sequence[RoadmapChange]) -> list[list[RoadmapChange]]:
    """Group consecutive changes of one time, person, and reason: one submitted form made them."""
    groups: list[list[RoadmapChange]] = []
    for change in changes:
        last = groups[-1][0] if groups else None
        if last and (last.changed_at, last.changed_by, last.reason) == (
            change.changed_at,
            change.changed_by,
            change.reason,
        ):
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups
