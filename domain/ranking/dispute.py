"""Dispute: the two people who disagree most about a project, and the value in question."""

from dataclasses import dataclass

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.scoring import disputed_values, form_impacts


@dataclass(frozen=True)
class Dispute:
    """A disputed value, with its lowest and highest impact and who gave them."""

    value: str
    lowest_impact: int
    lowest_scorer: str
    highest_impact: int
    highest_scorer: str


def find_dispute(project: Candidate, charter: Charter) -> Dispute | None:
    """Return the two most distant scorers of the most disputed value.

    Return None if no value is disputed or the project has no quorum. Of several people who are
    equally far out, choose the first by id. Costs one pass over the scores.
    """
    scores = project.scorers(charter.keys)
    values = disputed_values(form_impacts(scores, charter), charter)
    if not values or len(scores) < (project.quorum_needed or charter.quorum):
        return None
    value = values[0]
    impacts = {
        person: impact
        for person, score in scores.items()
        if (impact := score.get(value, 0)) is not None
    }
    low = min(impacts, key=lambda person: (impacts[person], person))
    high = min(impacts, key=lambda person: (-impacts[person], person))
    return Dispute(
        value=value,
        lowest_impact=impacts[low],
        lowest_scorer=low,
        highest_impact=impacts[high],
        highest_scorer=high,
    )
