"""People's scores -> impact per value.

What people gave is added up in whole numbers, so the order of people cannot change a digit.
Stored scores may outlive a change of charter: a value that the charter does not have is left aside.
"""

from collections.abc import Iterable
from typing import NamedTuple

from values.board import Project
from values.charter import Charter

DISPUTED_SPREAD = 3


class Tally(NamedTuple):
    """Impacts given for each value, in charter order: by one person, or by all of them together."""

    sums: tuple[int, ...]
    counts: tuple[int, ...]

    def impact(self, prior_people: float) -> tuple[float, ...]:
        """The mean for each value, drawn towards 0 by people who say nothing."""
        summed = zip(self.sums, self.counts, strict=True)
        return tuple([total / (n + prior_people) if n else 0.0 for total, n in summed])

    def impact_without(self, person: "Tally", prior_people: float) -> tuple[float, ...]:
        """The same with one person left out: by subtraction, since it is asked for everyone."""
        summed = zip(self.sums, person.sums, self.counts, person.counts, strict=True)
        return tuple(
            [
                (total - given) / (n - one + prior_people) if n > one else 0.0
                for total, given, n, one in summed
            ]
        )


def given(project: Project, charter: Charter) -> dict[str, Tally]:
    """What each person gave. A score speaks for every value; a quick score only for its own."""
    keys = charter.keys
    nothing, everything = (0,) * len(keys), (1,) * len(keys)
    tallies: dict[str, Tally] = {}
    for person, quick in project.quick_scores.items():
        chosen = tuple([int(key in quick) for key in keys])
        tallies[person] = Tally(tuple([charter.quick_impact * one for one in chosen]), chosen)
    for person, score in project.scores.items():  # it takes the place of a quick score
        tallies[person] = Tally(tuple(map(score.get, keys, nothing)), everything)
    return tallies


def together(tallies: Iterable[Tally], charter: Charter) -> Tally:
    nobody = (0,) * len(charter.values)
    people = list(tallies)
    sums = zip(nobody, *(person.sums for person in people), strict=True)
    counts = zip(nobody, *(person.counts for person in people), strict=True)
    return Tally(tuple(map(sum, sums)), tuple(map(sum, counts)))


def disputed(project: Project, charter: Charter) -> tuple[str, ...]:
    """Values on which scores are far apart, widest standard deviation first."""
    variances: dict[str, int] = {}
    for key in charter.keys:
        impacts = [score.get(key, 0) for score in project.scores.values()]
        if impacts and max(impacts) - min(impacts) >= DISPUTED_SPREAD:
            # People² times the variance: whole numbers order like the standard deviation.
            squares = sum(impact * impact for impact in impacts)
            variances[key] = len(impacts) * squares - sum(impacts) ** 2
    return tuple(sorted(variances, key=lambda key: -variances[key]))
