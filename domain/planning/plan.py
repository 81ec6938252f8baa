"""Quarterly plan: the projects that fit a team's capacity, and a hint at a better choice."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.planning.capacity import Budget, Capacity, count_half_weeks
from domain.planning.knapsack import solve_knapsack
from domain.ranking.ranking import RankedProject, Ranking, Section

MIN_HINT_GAIN_PERCENT = 5


@dataclass(frozen=True)
class SwapHint:
    """A swap that would raise the plan's total needle by the share `gain`. The team decides."""

    add: tuple[RankedProject, ...]
    drop: tuple[RankedProject, ...]
    gain: float


@dataclass(frozen=True)
class Plan:
    """A quarter's plan, in rank order.

    `carried_over` maps project numbers to the remaining effort in engineer-weeks.
    """

    capacity: Capacity
    planned: tuple[RankedProject, ...]
    left_out: tuple[RankedProject, ...]
    unestimated: tuple[RankedProject, ...]
    hint: SwapHint | None
    carried_over: Mapping[int, float] = field(default_factory=dict)

    @property
    def budget(self) -> Budget:
        """How much of the capacity the plan takes."""
        efforts = [ranked.candidate.effort_weeks or 0 for ranked in self.planned]
        return Budget.of(self.capacity, self.carried_over.values(), efforts)


def remaining_effort(
    effort_weeks: float | None, steps: Collection[str], done: Collection[str]
) -> float:
    """Return the remaining effort in engineer-weeks.

    It is proportional to the open steps, or the whole effort if there are no steps. An unknown
    effort counts as 0, so it takes nothing from a capacity.
    """
    effort = effort_weeks or 0.0
    if not steps:
        return effort
    return effort * sum(step not in done for step in steps) / len(steps)


def make_plan(
    ranking: Ranking, capacity: Capacity, carried_over: Mapping[int, float] | None = None
) -> Plan:
    """Plan burning projects first, then ranked ones, each in rank order. Skip what doesn't fit.

    Carried-over projects are planned already, so only what they leave free is filled. Costs one
    pass over the ranking and, for the hint, one knapsack: ranked projects × half weeks.
    """
    carried_over = carried_over or {}
    room = max(0, capacity.half_weeks - sum(map(count_half_weeks, carried_over.values())))
    with_rank = ranking.in_section(Section.BURNING) + ranking.in_section(Section.RANKED)
    in_order = [project for project in with_rank if project.candidate.id not in carried_over]
    sized = [project for project in in_order if project.candidate.effort_weeks is not None]
    planned = _take_fitting(sized, room)
    burning, waiting = _split_burning(planned)
    return Plan(
        capacity=capacity,
        planned=tuple(planned),
        left_out=_exclude(sized, planned),
        unestimated=_exclude(in_order, sized),
        hint=_find_hint(_split_burning(sized)[1], waiting, room - sum(map(_half_weeks, burning))),
        carried_over=carried_over,
    )


def _split_burning(
    ranked: Iterable[RankedProject],
) -> tuple[list[RankedProject], list[RankedProject]]:
    """Split projects into those in a fire's value and those that wait for them."""
    burning: list[RankedProject] = []
    waiting: list[RankedProject] = []
    for project in ranked:
        (burning if project.section is Section.BURNING else waiting).append(project)
    return burning, waiting


def _exclude(
    projects: Iterable[RankedProject], others: Iterable[RankedProject]
) -> tuple[RankedProject, ...]:
    ids = {project.candidate.id for project in others}
    return tuple(project for project in projects if project.candidate.id not in ids)


def _half_weeks(ranked: RankedProject) -> int:
    """Return a project's effort in half weeks."""
    return count_half_weeks(ranked.candidate.effort_weeks or 0)


def _take_fitting(sized: Iterable[RankedProject], room: int) -> list[RankedProject]:
    planned = []
    for project in sized:
        if _half_weeks(project) <= room:
            planned.append(project)
            room -= _half_weeks(project)
    return planned


def _find_hint(
    candidates: Sequence[RankedProject], planned: Sequence[RankedProject], room: int
) -> SwapHint | None:
    """Return the best swap, or None if it gains too little.

    Both sums count only needles above 0, so a gain is always a share of a positive number.
    """
    positive = [project for project in candidates if _needle_billionths(project) > 0]
    left_out = _exclude(positive, planned)
    if not left_out:
        return None
    chosen = solve_knapsack(
        [_half_weeks(project) for project in positive],
        [_needle_billionths(project) for project in positive],
        room,
    )
    best = [positive[index] for index in chosen]
    best_sum = sum(map(_needle_billionths, best))
    planned_sum = sum(map(_needle_billionths, positive)) - sum(map(_needle_billionths, left_out))
    gain = best_sum - planned_sum
    if not planned_sum or 100 * gain < MIN_HINT_GAIN_PERCENT * planned_sum:
        return None
    return SwapHint(
        add=_exclude(best, planned), drop=_exclude(planned, best), gain=best_sum / planned_sum - 1
    )


def _needle_billionths(ranked: RankedProject) -> int:
    """Return the needle in whole billionths, so that sums are exact."""
    return round(ranked.needle * 1e9)
