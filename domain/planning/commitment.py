"""What a team committed to for a quarter: as it was then, and what it took in or out since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.planning.plan import Capacity


@dataclass(frozen=True)
class Item:
    """A project as it stood when it was committed to. Effort is what was left, in weeks."""

    number: int
    rank: int | None  # None: carried over, while it had none
    needle: float
    effort_weeks: float
    impact: Mapping[str, float] = field(default_factory=dict)
    carried_over: bool = False


@dataclass(frozen=True)
class Change:
    """A project that came in or went out after the commit."""

    number: int
    taken_in: bool  # or out
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Commitment:
    """A quarter's snapshot, with its changes in the order in which they were made."""

    capacity: Capacity
    charter_version: int
    by: str
    at: datetime
    items: tuple[Item, ...]  # in rank order
    changes: tuple[Change, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The projects that it holds now: the committed in rank order, then what came in."""
        held = dict.fromkeys(item.number for item in self.items)
        for change in self.changes:
            held.pop(change.number, None)
            if change.taken_in:
                held[change.number] = None
        return tuple(held)

    @property
    def mentioned(self) -> tuple[int, ...]:
        """All that it ever held."""
        all_of_it = [item.number for item in self.items] + [each.number for each in self.changes]
        return tuple(dict.fromkeys(all_of_it))

    def item(self, number: int) -> Item | None:
        return next((item for item in self.items if item.number == number), None)


def acts(changes: Sequence[Change]) -> list[list[Change]]:
    """Changes that were made in one go, together: they have one reason."""
    found: list[list[Change]] = []
    for change in changes:
        last = found[-1][0] if found else None
        if last and (last.at, last.by, last.reason) == (change.at, change.by, change.reason):
            found[-1].append(change)
        else:
            found.append([change])
    return found
