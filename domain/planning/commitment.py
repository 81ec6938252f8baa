"""A team's commitment for a quarter: the projects at the commit, and later changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from domain.planning.capacity import Budget, Capacity
from domain.ranking.ranking import RankedProject, Ranking


@dataclass(frozen=True)
class CommittedProject:
    """A project as it was when it was committed, or added later. Its effort is what remained, in
    engineer-weeks.

    A project whose results were hidden has no rank, needle 0, and no impact.
    """

    number: int
    rank: int | None  # None if it had no rank
    needle: float
    effort_weeks: float  # 0 without an estimate
    impact: Mapping[str, float] = field(default_factory=dict)
    carried_over: bool = False

    @property
    def has_results(self) -> bool:
        """Whether the project's results were visible then."""
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


def effort_in_roadmap(item: CommittedProject | None, estimate: float | None) -> float | None:
    """Return the engineer-weeks that a project of a roadmap takes, or None if that's unknown.

    The project's `estimate` counts only if there was none when the project was added. What was
    left of a carried-over project is known if the project has an estimate, also if it was 0.
    """
    if item is None:
        return estimate
    if item.carried_over and estimate is not None:
        return item.effort_weeks
    return item.effort_weeks or estimate


@dataclass(frozen=True)
class RoadmapChange:
    """A project that was added or removed after the commit.

    `project` is an added project as it was then. It's None if it was removed, or if a version that
    didn't record it made the change.
    """

    number: int
    added: bool  # False: removed
    reason: str
    changed_by: str
    changed_at: datetime
    project: CommittedProject | None = None


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

    @property
    def carried_over_numbers(self) -> frozenset[int]:
        """The numbers of the projects that the quarter took over."""
        items = self.projects_by_number.values()
        return frozenset(item.number for item in items if item.carried_over)

    @property
    def projects_by_number(self) -> dict[int, CommittedProject]:
        """The projects as they were when they were committed or else when they were last added."""
        added = [change.project for change in self.changes if change.project]
        return {item.number: item for item in (*added, *self.projects)}

    def find(self, number: int) -> CommittedProject | None:
        """Return a project as it was when it was committed or else when it was last added."""
        return self.projects_by_number.get(number)

    def split(self, ranking: Ranking) -> tuple[list[RankedProject], list[RankedProject]]:
        """Return the open projects in the roadmap now, and the others, as ranked."""
        current = set(self.current_numbers)
        return (
            [ranked for ranked in ranking.projects if ranked.candidate.id in current],
            [ranked for ranked in ranking.projects if ranked.candidate.id not in current],
        )

    def as_added(
        self, ranked: RankedProject, carried_over: Mapping[int, float]
    ) -> CommittedProject:
        """Return a project as a change would add it now.

        One that was in the roadmap keeps its effort. `carried_over` has the engineer-weeks that
        remain of the previous quarter's open projects, by number.
        """
        number, estimate = ranked.candidate.id, ranked.candidate.effort_weeks
        earlier = self.find(number)
        effort = effort_in_roadmap(earlier, carried_over.get(number, estimate))
        is_carried_over = earlier.carried_over if earlier else number in carried_over
        return commit_project(ranked, effort or 0, carried_over=is_carried_over)

    def budget(
        self, efforts: Mapping[int, float | None], added: Sequence[CommittedProject] = ()
    ) -> Budget:
        """Return how much of the capacity projects take, given their engineer-weeks by number.

        `added` are the ones among them that a change would add.
        """
        carried_over = self.carried_over_numbers | {
            item.number for item in added if item.carried_over
        }
        return Budget.of(
            self.capacity,
            [effort or 0 for number, effort in efforts.items() if number in carried_over],
            [effort or 0 for number, effort in efforts.items() if number not in carried_over],
        )


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
