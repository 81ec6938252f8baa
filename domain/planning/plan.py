"""A ranking and the team's capacity -> the quarter's plan, and the hint of a better one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor

from domain.formatting import MINUS, percent
from domain.planning.knapsack import fill
from domain.ranking.needle import ORDER_DECIMALS
from domain.ranking.ranking import Ranked, Ranking, Section
from domain.toil.ledger import USUAL_SHARE

# Planned in half weeks: finer would be false precision.
STEPS_A_WEEK = 2
HINT_FROM_PERCENT = 5


@dataclass(frozen=True)
class Capacity:
    """What a team can plan for in a quarter. `planned_share` is what toil leaves."""

    people: float
    weeks: float
    weeks_away: float = 0
    planned_share: float = USUAL_SHARE
    carried_over: float = 0

    @property
    def weeks_of_work(self) -> float:
        """In engineer-weeks."""
        present = self.people * self.weeks - self.weeks_away
        return max(0.0, present * self.planned_share - self.carried_over)

    @property
    def steps(self) -> int:
        """Half weeks that can be planned, rounded down."""
        return floor(round(self.weeks_of_work * STEPS_A_WEEK, ORDER_DECIMALS))

    @property
    def arithmetic(self) -> str:
        people, weeks = _counted(self.people, "person", "people"), _counted(self.weeks, "week")
        text = f"{people} × {weeks}"
        if self.weeks_away:
            text = f"({text} {MINUS} {_counted(self.weeks_away, 'week')} away)"
        text += f" × {percent(self.planned_share)} planned"
        if self.carried_over:
            text += f" {MINUS} {round(self.carried_over, 1):g} carried over"
        return f"{text} = {_counted(self.steps / STEPS_A_WEEK, 'engineer-week')}"


@dataclass(frozen=True)
class Hint:
    """A swap that would move the needle further, by this share. It stays the team's choice."""

    add: tuple[Ranked, ...]
    drop: tuple[Ranked, ...]
    gain: float


@dataclass(frozen=True)
class Plan:
    """What the quarter takes on, in rank order. Both `used`, which is without what is carried over,
    and what is left of each that is carried over are in engineer-weeks.
    """

    capacity: Capacity
    taken: tuple[Ranked, ...]
    left_out: tuple[Ranked, ...]
    no_effort: tuple[Ranked, ...]
    used: float
    hint: Hint | None
    carried_over: Mapping[int, float] = field(default_factory=dict)


def remaining(effort_weeks: float | None, steps: Collection[str], done: Collection[str]) -> float:
    """What is left to do, in engineer-weeks: by the steps that are open, without steps all of it.

    An effort that nobody knows takes nothing from a capacity.
    """
    effort = effort_weeks or 0.0
    if not steps:
        return effort
    return effort * sum(step not in done for step in steps) / len(steps)


def plan(
    ranking: Ranking, capacity: Capacity, carried_over: Mapping[int, float] | None = None
) -> Plan:
    """Burning projects first, then the ranked, each in rank order, skipping what does not fit.

    What is carried over has its place already, and its part of the capacity. Costs one pass over
    the ranking and, for the hint, one knapsack: ranked projects × half weeks.
    """
    carried_over = carried_over or {}
    capacity = replace(capacity, carried_over=capacity.carried_over + sum(carried_over.values()))
    with_rank = ranking.section(Section.BURNING) + ranking.section(Section.RANKED)
    in_order = [each for each in with_rank if each.project.id not in carried_over]
    sized = [each for each in in_order if each.project.effort_weeks is not None]
    taken = _that_fit(sized, capacity.steps)
    burning, waiting = _split(taken)
    return Plan(
        capacity=capacity,
        taken=tuple(taken),
        left_out=_without(sized, taken),
        no_effort=_without(in_order, sized),
        used=_steps_of(taken) / STEPS_A_WEEK,
        hint=_hint(_split(sized)[1], waiting, capacity.steps - _steps_of(burning)),
        carried_over=carried_over,
    )


def _split(ranked: Iterable[Ranked]) -> tuple[list[Ranked], list[Ranked]]:
    """The burning ones, and those that wait for them."""
    burning: list[Ranked] = []
    waiting: list[Ranked] = []
    for each in ranked:
        (burning if each.section is Section.BURNING else waiting).append(each)
    return burning, waiting


def _without(several: Iterable[Ranked], others: Iterable[Ranked]) -> tuple[Ranked, ...]:
    ids = {other.project.id for other in others}
    return tuple(each for each in several if each.project.id not in ids)


def _steps(ranked: Ranked) -> int:
    """A project's effort in half weeks, rounded up: the least takes one."""
    effort = ranked.project.effort_weeks or 0
    return max(1, ceil(round(effort * STEPS_A_WEEK, ORDER_DECIMALS)))


def _steps_of(several: Iterable[Ranked]) -> int:
    return sum(map(_steps, several))


def _that_fit(sized: Iterable[Ranked], room: int) -> list[Ranked]:
    taken = []
    for each in sized:
        if _steps(each) <= room:
            taken.append(each)
            room -= _steps(each)
    return taken


def _hint(candidates: Sequence[Ranked], taken: Sequence[Ranked], room: int) -> Hint | None:
    """Both sums count only needles above 0, so a gain is always a share of something."""
    lifting = [each for each in candidates if _worth(each) > 0]
    left_out = _without(lifting, taken)
    if not left_out:
        return None
    chosen = fill([_steps(each) for each in lifting], [_worth(each) for each in lifting], room)
    best = [lifting[index] for index in chosen]
    then = sum(map(_worth, best))
    now = sum(map(_worth, lifting)) - sum(map(_worth, left_out))
    if not now or 100 * (then - now) < HINT_FROM_PERCENT * now:
        return None
    return Hint(add=_without(best, taken), drop=_without(taken, best), gain=then / now - 1)


def _worth(ranked: Ranked) -> int:
    """The needle in whole billionths, so that sums are exact."""
    return round(ranked.needle * 1e9)


def _counted(number: float, one: str, many: str = "") -> str:
    return f"{number:g} {one if number == 1 else many or one + 's'}"
