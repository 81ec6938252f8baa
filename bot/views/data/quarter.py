"""Data of a quarter's plan, commitment, and retrospective."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.data.board_overview import Overview
from domain.planning.capacity import Budget
from domain.planning.commitment import (
    Commitment,
    CommittedProject,
    RoadmapChange,
    UndoneCommit,
)
from domain.planning.plan import Plan
from domain.planning.retrospective import Retrospective
from domain.ranking.charter import Charter
from domain.toil.payback import ForecastAccuracy


@dataclass(frozen=True)
class QuarterRow:
    """A project of a committed quarter, as committed and in its current state."""

    number: int
    item: CommittedProject | None  # None if an earlier version of Needle added the project
    effort_weeks: float | None
    status: str
    merged_into: int | None = None
    reason: str = ""
    steps: int = 0
    steps_done: int = 0
    owner: str | None = None

    def moved(self, charter: Charter) -> list[str]:
        """Return the keys of the current values that the project moved when it joined."""
        impact = self.item.impact if self.item else {}
        return [key for key in charter.keys if impact.get(key, 0.0) >= charter.moves_at]


@dataclass(frozen=True)
class QuarterProgress:
    """What has become of a committed quarter's projects so far.

    A merged project counts as the one that it became part of.
    """

    label: str  # the quarter's
    numbers: frozenset[int]
    shipped: int
    in_progress: int
    not_started: int
    closed: int  # without being shipped
    weeks_left: float
    permalink: str | None  # of the roadmap, if it's posted

    @property
    def total(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True)
class PlannedRoadmap:
    """The roadmap of a quarter that isn't committed: its current plan.

    `rows` are the carried-over and the planned projects, as a commit would store them now.
    """

    board: Overview
    quarter: str  # its label
    plan: Plan
    rows: Sequence[QuarterRow]
    undone: UndoneCommit | None = None  # if it was committed before


@dataclass(frozen=True)
class CommittedRoadmap:
    """The roadmap of a committed quarter, with the current state of its projects."""

    board: Overview
    quarter: str
    commitment: Commitment
    rows: Sequence[QuarterRow]
    progress: Retrospective
    ended: bool = False

    @property
    def budget(self) -> Budget:
        """How much of the capacity the roadmap takes now."""
        return self.commitment.budget({row.number: row.effort_weeks for row in self.rows})


@dataclass(frozen=True)
class RoadmapUpdate:
    """What one submitted form changed in a committed quarter: at least one project."""

    board: Overview
    quarter: str
    changes: Sequence[RoadmapChange]


@dataclass(frozen=True)
class QuarterReview:
    """The content of a quarter's retrospective."""

    board: Overview
    quarter: str
    retrospective: Retrospective
    changes: Sequence[RoadmapChange] = ()
    foresight: Sequence[ForecastAccuracy] = ()
    ended: bool = True  # False: more may still ship
