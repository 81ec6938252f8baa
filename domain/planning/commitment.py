"""What a team committed to for a quarter: as it was then, and what it took in or out since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.planning.plan import Capacity


@dataclass(frozen=True)
class CommittedProject:
    """A project as it stood when it was committed to. Effort is what was left, in weeks."""

    number: int
    rank: int | None  # None: carried over, while it had none
    needle: float
    effort_weeks: float
    impact: Mapping[str, float] = field(default_factory=dict)
    carried_over: bool = False


@dataclass(frozen=True)
class RoadmapChange:
    """A project that came in or went out after the commit."""

    number: int
    added: bool  # or out
    reason: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True)
class Commitment:
    """A quarter's snapshot, with its changes in the order in which they were made."""

    capacity: Capacity
    charter_version: int
    committed_by: str
    committed_at: datetime
    projects: tuple[CommittedProject, ...]  # in rank order
    changes: tuple[RoadmapChange, ...] = ()

    @property
    def current_numbers(self) -> tuple[int, ...]:
        """The projects that it holds now: the committed in rank order, then what came in."""
        held = dict.fromkeys(item.number for item in self.projects)
        for change in self.changes:
            held.pop(change.number, None)
            if change.added:
                held[change.number] = None
        return tuple(held)

    @property
    def all_numbers(self) -> tuple[int, ...]:
        """All that it ever held."""
        all_of_it = [item.number for item in self.projects] + [each.number for each in self.changes]
        return tuple(dict.fromkeys(all_of_it))

    def find(self, number: int) -> CommittedProject | None:
        return next((item for item in self.projects if item.number == number), None)


def group_changes(changes: Sequence[RoadmapChange]) -> list[list[RoadmapChange]]:
    """Group consecutive changes of one time, person, and reason: one submitted form made them."""
    found: list[list[RoadmapChange]] = []
    for change in changes:
        last = found[-1][0] if found else None
        if last and (last.changed_at, last.changed_by, last.reason) == (
            change.changed_at,
            change.changed_by,
            change.reason,
        ):
            found[-1].append(change)
        else:
            found.append([change])
    return found
