"""A quarter's capacity, and how much of it is committed. Both count half weeks.

Anything finer than half weeks would be false precision.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor
from typing import Self

from domain.formatting import MINUS_SIGN, format_percent
from domain.ranking.needle import ORDER_DECIMALS
from domain.toil.ledger import DEFAULT_PLANNED_SHARE

HALF_WEEKS_PER_WEEK = 2


class PeopleSource(StrEnum):
    """Where a capacity's number of people comes from."""

    SETTING = "setting"  # a steward set it
    ACTIVITY = "activity"  # counted: the full members who were active on the board


@dataclass(frozen=True)
class TeamSize:
    """The number of people that a team plans with, and where it comes from."""

    people: float
    source: PeopleSource

    @classmethod
    def of(cls, setting: float | None, active: Collection[str]) -> Self:
        """Return the setting. Without one, return the number of active people, at least 1."""
        if setting is not None:
            return cls(setting, PeopleSource.SETTING)
        return cls(max(1, len(active)), PeopleSource.ACTIVITY)


@dataclass(frozen=True)
class Capacity:
    """The time that a team can plan for in a quarter.

    `weeks` are what is left of the quarter. `planned_share` is what toil leaves, and
    `share_is_measured` tells whether the toil ledger says so.
    """

    people: float
    weeks: float
    weeks_away: float = 0
    planned_share: float = DEFAULT_PLANNED_SHARE
    share_is_measured: bool = False
    people_source: PeopleSource = PeopleSource.SETTING

    @property
    def half_weeks(self) -> int:
        """The capacity in half weeks, rounded down."""
        return floor(self._exact_half_weeks)

    @property
    def engineer_weeks(self) -> float:
        """The capacity in engineer-weeks, rounded down to half weeks."""
        return self.half_weeks / HALF_WEEKS_PER_WEEK

    @property
    def calculation(self) -> str:
        """The arithmetic, which the reader can redo."""
        people, weeks = _quantity(self.people, "person", "people"), _quantity(self.weeks, "week")
        text = f"{people} × {weeks}"
        if self.weeks_away:
            text = f"({text} {MINUS_SIGN} {_quantity(self.weeks_away, 'week')} away)"
        text += f" × {format_percent(self.planned_share)} planned"
        if self.people * self.weeks < self.weeks_away:
            return f"{text} is below 0, so the capacity is 0 engineer-weeks"
        rounded = ", rounded down" if self._exact_half_weeks > self.half_weeks else ""
        return f"{text} = {_quantity(self.engineer_weeks, 'engineer-week')}{rounded}"

    @property
    def _exact_half_weeks(self) -> float:
        present = max(0.0, self.people * self.weeks - self.weeks_away)
        return round(present * self.planned_share * HALF_WEEKS_PER_WEEK, ORDER_DECIMALS)


@dataclass(frozen=True)
class Budget:
    """The use of a capacity. All are engineer-weeks, and multiples of half weeks."""

    capacity: float
    carried_over: float
    added: float

    @classmethod
    def of(cls, capacity: Capacity, carried_over: Iterable[float], added: Iterable[float]) -> Self:
        """Sum up efforts in engineer-weeks. Each project is rounded up to half weeks."""
        return cls(
            capacity=capacity.engineer_weeks,
            carried_over=sum(map(round_up_to_half_weeks, carried_over), 0.0),
            added=sum(map(round_up_to_half_weeks, added), 0.0),
        )

    @property
    def committed(self) -> float:
        """Carried-over and new effort."""
        return self.carried_over + self.added

    @property
    def free(self) -> float:
        """What is left of the capacity. It is negative if more is committed than fits."""
        return self.capacity - self.committed


def count_half_weeks(effort_weeks: float) -> int:
    """Return an effort in half weeks, rounded up. Any effort above 0 takes at least one."""
    half_weeks = ceil(round(effort_weeks * HALF_WEEKS_PER_WEEK, ORDER_DECIMALS))
    return max(half_weeks, 1 if effort_weeks > 0 else 0)


def round_up_to_half_weeks(effort_weeks: float) -> float:
    """Return an effort in engineer-weeks, rounded up to half weeks."""
    return count_half_weeks(effort_weeks) / HALF_WEEKS_PER_WEEK


def _quantity(number: float, singular: str, plural: str = "") -> str:
    return f"{number:g} {singular if number == 1 else plural or singular + 's'}"
