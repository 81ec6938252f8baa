"""Too close to call: neighbours whose order one person or one weight decides.

Everyone's scores are added up once and a person is left out by subtraction, so the cost grows with
the number of scores, not with its square. Sections stay as they are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.ranking.candidate import Candidate
from domain.ranking.needle import Yardstick
from domain.ranking.placement import ORDERED_BY_NUMBERS, Order, Standing, order
from domain.ranking.scoring import given_by

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


class _Shaken:
    """A project's order when one person or one weight changes. Each is worked out when it is asked
    for, and once: a pair is asked no further than to the first that turns it over.
    """

    def __init__(self, standing: Standing, yardstick: Yardstick) -> None:
        self.standing = standing
        self._yardstick = yardstick
        self._without: dict[str, Order] = {}
        self._reweighted: dict[Reweighted, Order] = {}

    def without(self, person: str) -> Order:
        found = self._without.get(person)
        if found is None:
            found = self._left_out(person)
            self._without[person] = found
        return found

    def _left_out(self, person: str) -> Order:
        standing, charter = self.standing, self._yardstick.charter
        given = given_by(person, standing.project, charter)
        if given is None:
            return standing.order
        impact = standing.tally.impact_without(given, charter.prior_people)
        return order(standing.section, impact, self._yardstick)

    def reweighted(self, by: Reweighted, yardstick: Yardstick) -> Order:
        found = self._reweighted.get(by)
        if found is None:
            found = order(self.standing.section, self.standing.impact, yardstick)
            self._reweighted[by] = found
        return found


def close_calls(standings: Sequence[Standing], yardstick: Yardstick) -> dict[int, list[CloseCall]]:
    """By project id, the neighbour above first. The standings come in list order.

    Costs at most one order for each score and two for each project and weight.
    """
    reweightings = {
        Reweighted(key, change): yardstick.reweighted(key, factor)
        for key in yardstick.charter.keys
        for change, factor in WEIGHT_CHANGES.items()
    }
    shaken = [
        _Shaken(standing, yardstick)
        for standing in standings
        if standing.section in ORDERED_BY_NUMBERS
    ]
    calls: dict[int, list[CloseCall]] = defaultdict(list)
    for upper, lower in pairwise(shaken):
        if cause := _cause(upper, lower, reweightings):
            above, below = upper.standing.project.id, lower.standing.project.id
            calls[above].append(CloseCall(below, cause))
            calls[below].append(CloseCall(above, cause))
    return calls


def _cause(
    upper: _Shaken, lower: _Shaken, reweightings: Mapping[Reweighted, Yardstick]
) -> LeftOut | Reweighted | None:
    """What turns the pair over: of several people the first by id, before any weight."""
    above, below = upper.standing, lower.standing
    if above.section is not below.section or above.order == below.order:
        return None  # an exact tie has no order to turn over
    for person in sorted(_people(above.project) | _people(below.project)):
        if upper.without(person) < lower.without(person):
            return LeftOut(person)
    for by, yardstick in reweightings.items():
        if upper.reweighted(by, yardstick) < lower.reweighted(by, yardstick):
            return by
    return None


def _people(project: Candidate) -> set[str]:
    return project.scores.keys() | project.quick_scores.keys()
