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

    def __init__(self, placement: Placement, yardstick: Yardstick) -> None:
        self.placement = placement
        self._yardstick = yardstick
        self._without: dict[str, OrderKey] = {}
        self._reweighted: dict[WeightChange, OrderKey] = {}

    def without(self, person: str) -> OrderKey:
        order = self._without.get(person)
        if order is None:
            order = self._left_out(person)
            self._without[person] = order
        return order

    def _left_out(self, person: str) -> OrderKey:
        placement, charter = self.placement, self._yardstick.charter
        tally = person_tally(person, placement.candidate, charter)
        if tally is None:
            return placement.order_key
        impact = placement.tally.impact_without(tally, charter.prior_people)
        return order_key(placement.section, impact, self._yardstick)

    def reweighted(self, change: WeightChange, yardstick: Yardstick) -> OrderKey:
        order = self._reweighted.get(change)
        if order is None:
            order = order_key(self.placement.section, self.placement.impact, yardstick)
            self._reweighted[change] = order
        return order


def close_calls(
    placements: Sequence[Placement], yardstick: Yardstick
) -> dict[int, list[CloseCall]]:
    """Return close calls by project id, the neighbor above first.

    The placements come in list order. Costs at most one order for each score and two for each
    project and weight.
    """
    reweightings = {
        WeightChange(key, change): yardstick.with_weight_multiplied(key, factor)
        for key in yardstick.charter.keys
        for change, factor in WEIGHT_CHANGES.items()
    }
    orders = [
        _AlternativeOrders(placement, yardstick)
        for placement in placements
        if placement.section in SECTIONS_ORDERED_BY_NEEDLE
    ]
    calls: dict[int, list[CloseCall]] = defaultdict(list)
    for upper, lower in pairwise(orders):
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
    for change, yardstick in reweightings.items():
        if upper.reweighted(change, yardstick) < lower.reweighted(change, yardstick):
            return change
    return None


def _scorers(project: Candidate) -> set[str]:
    return project.scores.keys() | project.quick_scores.keys()
