"""Sensitivity: neighbors that one person or one weight would swap are too close to call.

All scores are added up once, and a person is left out by subtraction. So the cost is linear in the
number of scores. Sections stay as they are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.ranking.candidate import Candidate
from domain.ranking.needle import Yardstick
from domain.ranking.placement import SECTIONS_ORDERED_BY_NEEDLE, OrderKey, Placement, order_key
from domain.ranking.scoring import person_tally

WEIGHT_CHANGES = {"10 % less": 0.9, "10 % more": 1.1}


@dataclass(frozen=True)
class PersonLeftOut:
    """The cause of a swap: one person's scores are left out."""

    person: str


@dataclass(frozen=True)
class WeightChange:
    """The cause of a swap: one value's weight changes by this much."""

    key: str
    change: str


@dataclass(frozen=True)
class CloseCall:
    """A neighbor that would swap places with a project, and the cause."""

    neighbor_id: int
    cause: PersonLeftOut | WeightChange


class _AlternativeOrders:
    """A project's order if one person is left out or one weight changes.

    An order is computed when it's first needed, and then cached. Most pairs need only a few of
    them.
    """

    def __init__(self, standing: Placement, yardstick: Yardstick) -> None:
        self.placement = standing
        self._yardstick = yardstick
        self._without: dict[str, OrderKey] = {}
        self._reweighted: dict[WeightChange, OrderKey] = {}

    def without(self, person: str) -> OrderKey:
        found = self._without.get(person)
        if found is None:
            found = self._left_out(person)
            self._without[person] = found
        return found

    def _left_out(self, person: str) -> OrderKey:
        standing, charter = self.placement, self._yardstick.charter
        given = person_tally(person, standing.candidate, charter)
        if given is None:
            return standing.order_key
        impact = standing.tally.impact_without(given, charter.prior_people)
        return order_key(standing.section, impact, self._yardstick)

    def reweighted(self, by: WeightChange, yardstick: Yardstick) -> OrderKey:
        found = self._reweighted.get(by)
        if found is None:
            found = order_key(self.placement.section, self.placement.impact, yardstick)
            self._reweighted[by] = found
        return found


def close_calls(standings: Sequence[Placement], yardstick: Yardstick) -> dict[int, list[CloseCall]]:
    """Return close calls by project id, the neighbor above first.

    The placements come in list order. Costs at most one order for each score and two for each
    project and weight.
    """
    reweightings = {
        WeightChange(key, change): yardstick.with_weight_multiplied(key, factor)
        for key in yardstick.charter.keys
        for change, factor in WEIGHT_CHANGES.items()
    }
    shaken = [
        _AlternativeOrders(standing, yardstick)
        for standing in standings
        if standing.section in SECTIONS_ORDERED_BY_NEEDLE
    ]
    calls: dict[int, list[CloseCall]] = defaultdict(list)
    for upper, lower in pairwise(shaken):
        if cause := _find_cause(upper, lower, reweightings):
            above, below = upper.placement.candidate.id, lower.placement.candidate.id
            calls[above].append(CloseCall(below, cause))
            calls[below].append(CloseCall(above, cause))
    return calls


def _find_cause(
    upper: _AlternativeOrders,
    lower: _AlternativeOrders,
    reweightings: Mapping[WeightChange, Yardstick],
) -> PersonLeftOut | WeightChange | None:
    """Return what reverses the pair, or None.

    Of several people choose the first by id, and any person before a weight.
    """
    above, below = upper.placement, lower.placement
    if above.section is not below.section or above.order_key == below.order_key:
        return None  # an exact tie has no order that could swap
    for person in sorted(_scorers(above.candidate) | _scorers(below.candidate)):
        if upper.without(person) < lower.without(person):
            return PersonLeftOut(person)
    for by, yardstick in reweightings.items():
        if upper.reweighted(by, yardstick) < lower.reweighted(by, yardstick):
            return by
    return None


def _scorers(project: Candidate) -> set[str]:
    return project.scores.keys() | project.quick_scores.keys()
