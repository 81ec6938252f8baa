"""Sensitivity: neighbors that one person or one weight would swap are too close to call.

All scores are added up once, and a person is left out by subtraction. So the cost of a pair is
linear in its number of scores. Sections stay as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from domain.ranking.candidate import Candidate
from domain.ranking.needle import Yardstick
from domain.ranking.placement import (
    SECTIONS_ORDERED_BY_NEEDLE,
    OrderKey,
    Placement,
    order_key,
    reweigh,
)
from domain.ranking.scoring import person_tally

WEIGHT_CHANGES = {"10 % less": 0.9, "10 % more": 1.1}


@dataclass(frozen=True)
class WeightChange:
    """One value's weight changes by this much."""

    key: str
    change: str


@dataclass(frozen=True)
class CloseCall:
    """A neighbor that would swap places with a project, and why: a person, a weight, or both."""

    neighbor_id: int
    person: str | None  # whose votes, left out, would swap them
    weight: WeightChange | None


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
        candidate = placement.candidate
        tally = person_tally(person, candidate, charter)
        backs = person in candidate.backers
        if tally is None and not backs:
            return placement.order_key
        impact = (
            placement.impact if tally is None else placement.tally.without(tally).impact(charter)
        )
        needle = self._yardstick.needle(impact, len(candidate.backers) - backs)
        return order_key(placement.section, impact, needle, self._yardstick)

    def reweighted(self, change: WeightChange, yardstick: Yardstick) -> OrderKey:
        order = self._reweighted.get(change)
        if order is None:
            order = reweigh(self.placement, yardstick).order_key
            self._reweighted[change] = order
        return order


@dataclass(frozen=True)
class Swap:
    """What would swap two neighbors: leaving out a person's votes, changing a weight, or both."""

    person: str | None
    weight: WeightChange | None


class NeighborPair:
    """Two neighbors of a ranking. They are compared when someone first asks, and once.

    A reply shows a few projects of a board, and each pair costs as much as placing a project.
    """

    def __init__(
        self,
        upper: _AlternativeOrders,
        lower: _AlternativeOrders,
        reweightings: Mapping[WeightChange, Yardstick],
    ) -> None:
        self._upper = upper
        self._lower = lower
        self._reweightings = reweightings

    @cached_property
    def swap(self) -> Swap | None:
        """What would swap the two. None if they aren't too close to call."""
        above, below = self._upper.placement, self._lower.placement
        if (
            above.section is not below.section
            or above.section not in SECTIONS_ORDERED_BY_NEEDLE
            or above.order_key == below.order_key  # an exact tie has no order that could swap
        ):
            return None
        person = _find_person(self._upper, self._lower)
        weight = _find_weight(self._upper, self._lower, self._reweightings)
        return Swap(person, weight) if person or weight else None

    @property
    def call_for_upper(self) -> CloseCall | None:
        """The close call of the upper project."""
        return self._call_about(self._lower)

    @property
    def call_for_lower(self) -> CloseCall | None:
        """The close call of the lower project."""
        return self._call_about(self._upper)

    def _call_about(self, neighbor: _AlternativeOrders) -> CloseCall | None:
        swap = self.swap
        if swap is None:
            return None
        return CloseCall(neighbor.placement.candidate.id, swap.person, swap.weight)


def neighbor_pairs(placements: Sequence[Placement], yardstick: Yardstick) -> list[NeighborPair]:
    """Return the pairs of neighbors in a list of placements, from the top.

    Comparing all of them costs at most one order for each vote and two for each project and weight.
    """
    reweightings = {
        WeightChange(key, change): yardstick.with_weight_multiplied(key, factor)
        for key in yardstick.charter.keys
        for change, factor in WEIGHT_CHANGES.items()
    }
    orders = [_AlternativeOrders(placement, yardstick) for placement in placements]
    return [NeighborPair(upper, lower, reweightings) for upper, lower in pairwise(orders)]


def _find_person(upper: _AlternativeOrders, lower: _AlternativeOrders) -> str | None:
    """Return the first person by id whose votes, left out, reverse the pair, or None."""
    voters = _voters(upper.placement.candidate) | _voters(lower.placement.candidate)
    return next(
        (person for person in sorted(voters) if upper.without(person) < lower.without(person)), None
    )


def _find_weight(
    upper: _AlternativeOrders,
    lower: _AlternativeOrders,
    reweightings: Mapping[WeightChange, Yardstick],
) -> WeightChange | None:
    """Return the first change of a weight that reverses the pair, or None."""
    return next(
        (
            change
            for change, yardstick in reweightings.items()
            if upper.reweighted(change, yardstick) < lower.reweighted(change, yardstick)
        ),
        None,
    )


def _voters(project: Candidate) -> set[str]:
    return {*project.scores, *project.quick_scores, *project.backers}
