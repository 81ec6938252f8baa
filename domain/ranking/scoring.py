"""Impact of a project on each value, from people's scores and quick scores.

Sums are whole numbers, so the order of people can't change the result. If the charter has lost a
value, stored scores for it are ignored.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter, sub
from typing import NamedTuple, cast

from domain.ranking.candidate import Candidate, Score
from domain.ranking.charter import Charter

DISPUTED_SPREAD = 3


class Tally(NamedTuple):
    """Votes by value, in charter order, of one person or of all people.

    `sums` and `counts` are of the impacts given in forms, and `quick` counts the quick scores.
    """

    sums: tuple[int, ...]
    counts: tuple[int, ...]
    quick: tuple[int, ...]

    def impact(self, charter: Charter) -> tuple[float, ...]:
        """Compute the impact on each value.

        A quick score counts as much as the mean of the forms, and at least `quick_impact`. The
        prior acts as more people who give 0.

        Each impact is one quotient, whose terms are exact: with the mean as a number of its own,
        a quick score could lower an impact by a rounding error.
        """
        prior, least = charter.prior_people, charter.quick_impact
        return tuple(
            [
                total * (count + quick) / (count * (count + quick + prior))
                if total > count * least
                else (total + quick * least) / (count + quick + prior)
                if count or quick
                else 0.0
                for total, count, quick in zip(self.sums, self.counts, self.quick, strict=True)
            ]
        )

    def without(self, person: "Tally") -> "Tally":
        """Return the votes without one person's."""
        return Tally(
            tuple(map(sub, self.sums, person.sums)),
            tuple(map(sub, self.counts, person.counts)),
            tuple(map(sub, self.quick, person.quick)),
        )


def person_tally(person: str, project: Candidate, charter: Charter) -> Tally | None:
    """Tally one person's votes on values, or return None if there are none.

    A score replaces quick scores.
    """
    keys = charter.keys
    none = (0,) * len(keys)
    score = project.scores.get(person)
    if score is not None:
        impacts = [score.get(key, 0) for key in keys]
        counts = tuple([int(impact is not None) for impact in impacts])
        if any(counts):
            return Tally(tuple([impact or 0 for impact in impacts]), counts, none)
    quick = project.quick_scores.get(person)
    if quick is None:
        return None
    return Tally(none, none, tuple([int(key in quick) for key in keys]))


def counting_scores(
    project: Candidate, charter: Charter
) -> tuple[Mapping[str, Score], list[Sequence[int]], tuple[int, ...]]:
    """Return the scores by person, and each value's impacts in them with their sum, in order.

    Only a form with *No opinion* may be no score, and most boards have few of them.
    """
    columns = cast("list[Sequence[int]]", _columns(project.scores, charter))
    try:
        return project.scores, columns, tuple(map(sum, columns))
    except TypeError:  # a sum with None
        scores = project.scorers(charter.keys)
        impacts = form_impacts(scores, charter)
        return scores, impacts, tuple(map(sum, impacts))


def form_impacts(scores: Mapping[str, Score], charter: Charter) -> list[Sequence[int]]:
    """Collect each value's impacts from the forms, in charter order, without missing opinions."""
    return [
        [impact for impact in column if impact is not None] for column in _columns(scores, charter)
    ]


def _columns(scores: Mapping[str, Score], charter: Charter) -> list[Sequence[int | None]]:
    """Return each value's impacts, in charter order. A value that a form lacks counts as 0."""
    forms = scores.values()
    if not forms:
        return [() for _ in charter.keys]
    try:
        return list(zip(*map(itemgetter(*charter.keys), forms), strict=True))
    except KeyError:
        return [[form.get(key, 0) for form in forms] for key in charter.keys]


def total_tally(
    project: Candidate,
    charter: Charter,
    scores: Mapping[str, Score],
    impacts_by_value: Sequence[Sequence[int]],
    sums: tuple[int, ...],
) -> Tally:
    """Tally all votes on values. A quick score counts only while its person has no score."""
    quick = [0] * len(charter.keys)
    for person, chosen in project.quick_scores.items():
        if person not in scores:
            for index, key in enumerate(charter.keys):
                quick[index] += key in chosen
    return Tally(sums, tuple(map(len, impacts_by_value)), tuple(quick))


def disputed_values(impacts_by_value: Sequence[Sequence[int]], charter: Charter) -> tuple[str, ...]:
    """Return the values on which forms are far apart, widest standard deviation first."""
    variances: dict[str, float] = {}
    for key, impacts in charter.by_key(impacts_by_value):
        different = frozenset(impacts)
        if different and max(different) - min(different) >= DISPUTED_SPREAD:
            # The numerator is people² × variance, a whole number. `statistics.pvariance` gives the
            # same quotient, but makes placing 2,000 projects × 50 people who disagree about every
            # value take three times as long: ranking ÷ `json.loads` needs this.
            count = len(impacts)
            squares = sum([impact * impact for impact in impacts])
            variances[key] = (count * squares - sum(impacts) ** 2) / count**2
    return tuple(sorted(variances, key=lambda key: -variances[key]))
