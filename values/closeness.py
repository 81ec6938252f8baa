"""Too close to call: neighbours whose order one person or one weight decides.

Everyone's scores are added up once and a person is left out by subtraction, so the cost grows with
the number of scores, not with its square. Sections stay as they are.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from values.standing import ORDERED_BY_NUMBERS, Order, Standing, order
from values.yardstick import Yardstick

WEIGHT_CHANGES = {"10 % less": 0.9, "10 % more": 1.1}


@dataclass(frozen=True)
class LeftOut:
    """One person's scores are all that decides."""

    person: str


@dataclass(frozen=True)
class Reweighted:
    """One value's weight decides, changed by this much."""

    key: str
    change: str


@dataclass(frozen=True)
class CloseCall:
    """A neighbour that would change places, and what would make it do so."""

    neighbour: int
    cause: LeftOut | Reweighted


@dataclass(frozen=True)
class _Shaken:
    """A project's order, and what it becomes when one person or one weight changes."""

    standing: Standing
    without: dict[str, Order]
    reweighted: list[Order]


def close_calls(standings: Sequence[Standing], yardstick: Yardstick) -> dict[int, list[CloseCall]]:
    """By project id, the neighbour above first. The standings come in list order."""
    reweightings = {
        Reweighted(key, change): yardstick.reweighted(key, factor)
        for key in yardstick.charter.keys
        for change, factor in WEIGHT_CHANGES.items()
    }
    shaken = [
        _Shaken(
            standing,
            _without_each_person(standing, yardstick),
            [order(standing.section, standing.impact, each) for each in reweightings.values()],
        )
        for standing in standings
        if standing.section in ORDERED_BY_NUMBERS
    ]
    calls: dict[int, list[CloseCall]] = defaultdict(list)
    for upper, lower in pairwise(shaken):
        if cause := _cause(upper, lower, list(reweightings)):
            above, below = upper.standing.project.id, lower.standing.project.id
            calls[above].append(CloseCall(below, cause))
            calls[below].append(CloseCall(above, cause))
    return calls


def _without_each_person(standing: Standing, yardstick: Yardstick) -> dict[str, Order]:
    section, tally = standing.section, standing.tally
    prior_people = yardstick.charter.prior_people
    return {
        person: order(section, tally.impact_without(given, prior_people), yardstick)
        for person, given in standing.given.items()
    }


def _cause(
    upper: _Shaken, lower: _Shaken, reweightings: list[Reweighted]
) -> LeftOut | Reweighted | None:
    """What turns the pair over: of several people the first by id, before any weight."""
    above, below = upper.standing, lower.standing
    if above.section is not below.section or above.order == below.order:
        return None  # an exact tie has no order to turn over
    deciding = [
        person
        for person in upper.without.keys() | lower.without.keys()
        if upper.without.get(person, above.order) < lower.without.get(person, below.order)
    ]
    if deciding:
        return LeftOut(min(deciding))
    for reweighting, up, down in zip(reweightings, upper.reweighted, lower.reweighted, strict=True):
        if up < down:
            return reweighting
    return None
