"""Dispute: the value on which a project's scores differ most, and how far."""

from dataclasses import dataclass

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.ranking import rank


@dataclass(frozen=True)
class Dispute:
    """A disputed value, with the lowest and the highest impact that people gave in the form."""

    value: str
    lowest_impact: int
    highest_impact: int


def find_dispute(project: Candidate, charter: Charter) -> Dispute | None:
    """Return the most disputed value, or None if there is none or the quorum is missing.

    Costs a few passes over the project's scores.
    """
    [ranked] = rank([project], charter).projects
    if not ranked.scores_visible or not ranked.disputed:
        return None
    value = ranked.disputed[0]
    lowest, highest = ranked.spread(value)
    return Dispute(value, lowest_impact=lowest, highest_impact=highest)
