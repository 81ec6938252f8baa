"""Impact of a project on each value, from people's scores and quick scores.

Sums are whole numbers, so the order of people can't change the result. If the charter has lost a
value, stored scores for it are ignored.
"""

from collections.abc import Sequence
from typing import NamedTuple

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter

DISPUTED_SPREAD = 3


class Tally(NamedTuple):
    """Sums and counts of impacts by value, in charter order, of one person or of all people."""

    sums: tuple[int, ...]
    counts: tuple[int, ...]

    def impact(self, prior_people: float) -> tuple[float, ...]:
        """Compute the mean for each value, drawn towards 0 by `prior_people` who score 0."""
        summed = zip(self.sums, self.counts, strict=True)
        return tuple([total / (n + prior_people) if n else 0.0 for total, n in summed])

    def impact_without(self, person: "Tally", prior_people: float) -> tuple[float, ...]:
        """Compute the impact without one person. Subtract, because each person is left out once."""
        summed = zip(self.sums, person.sums, self.counts, person.counts, strict=True)
        return tuple(
            [
                (total - own_sum) / (n - own_count + prior_people) if n > own_count else 0.0
                for total, own_sum, n, own_count in summed
            ]
        )


def person_tally(person: str, project: Candidate, charter: Charter) -> Tally | None:
    """Tally one person's impacts, or return None if there are none.

    A score counts for every value; a quick score only for the values that it names.
    """
    keys = charter.keys
    score = project.scores.get(person)
    if score is not None:  # it replaces a quick score
        return Tally(tuple([score.get(key, 0) for key in keys]), (1,) * len(keys))
    quick = project.quick_scores.get(person)
    if quick is None:
        return None
    chosen = tuple([int(key in quick) for key in keys])
    return Tally(tuple([charter.quick_impact * count for count in chosen]), chosen)


def form_impacts(project: Candidate, charter: Charter) -> list[list[int]]:
    """Collect each value's impacts from the form, in charter order."""
    scores = project.scores.values()
    return [[score.get(key, 0) for score in scores] for key in charter.keys]


def total_tally(
    project: Candidate, charter: Charter, impacts_by_value: Sequence[Sequence[int]]
) -> Tally:
    """Tally all impacts, from forms and from reactions."""
    sums = [sum(impacts) for impacts in impacts_by_value]
    counts = [len(project.scores)] * len(sums)
    for person, quick in project.quick_scores.items():
        if person not in project.scores:
            for index, key in enumerate(charter.keys):
                if key in quick:
                    sums[index] += charter.quick_impact
                    counts[index] += 1
    return Tally(tuple(sums), tuple(counts))


def disputed_values(impacts_by_value: Sequence[Sequence[int]], charter: Charter) -> tuple[str, ...]:
    """Return the values on which forms are far apart, widest standard deviation first."""
    variances: dict[str, int] = {}
    for key, impacts in zip(charter.keys, impacts_by_value, strict=True):
        if impacts and max(impacts) - min(impacts) >= DISPUTED_SPREAD:
            # People² × variance: a whole number with the same order as the standard deviation.
            squares = sum([impact * impact for impact in impacts])
            variances[key] = len(impacts) * squares - sum(impacts) ** 2
    return tuple(sorted(variances, key=lambda key: -variances[key]))
