"""Needles and close calls against the formulas in exact fractions."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.ranking import RankedProject, Section, rank
from tests.support.strategies import PEOPLE, boards, charters, fires

NUMERIC = (Section.BURNING, Section.RANKED, Section.HELD)


@given(boards, charters, fires)
def test_any_board__matches_the_formulas_in_exact_fractions(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    ranking = rank(board, charter, fires)
    close: dict[int, list[int]] = {candidate.id: [] for candidate in board}
    for upper, lower in pairwise(ranking.projects):
        if upper.section is not lower.section or upper.section not in NUMERIC:
            continue
        if is_close(upper, lower, charter, fires):
            close[upper.candidate.id].append(lower.candidate.id)
            close[lower.candidate.id].append(upper.candidate.id)
    for project in ranking.projects:
        impact = exact_impact(project.candidate, charter)
        exact = exact_needle(impact, exact_weights(charter), charter, fire=bool(fires))
        assert abs(project.needle - float(exact)) < 1e-9
        assert project.too_close_to == tuple(close[project.candidate.id])


Weights = dict[str, Fraction]


def exact_weights(charter: Charter) -> Weights:
    return {value.key: Fraction(value.weight) for value in charter.values}


def exact_impact(project: Candidate, charter: Charter, excluded: str = "") -> Weights:
    impact = {}
    for key in charter.keys:
        impacts = [
            score.get(key, 0) for person, score in project.scores.items() if person != excluded
        ] + [
            charter.quick_impact
            for person, quick in project.quick_scores.items()
            if key in quick and person not in project.scores and person != excluded
        ]
        people = len(impacts) + Fraction(charter.prior_people)
        impact[key] = Fraction(sum(impacts)) / people if impacts else Fraction(0)
    return impact


def exact_needle(impact: Weights, weights: Weights, charter: Charter, *, fire: bool) -> Fraction:
    raw = sum((weights[key] * impact[key] for key in weights), Fraction(0))
    bonus = Fraction(charter.breadth_bonus)
    moved = sum(x >= charter.moves_at for x in impact.values())
    if raw > 0 and not fire:
        raw *= max(1 + bonus * (moved - 1), Fraction(1))
    most = 3 * sum(weights.values()) * (1 + bonus * (len(weights) - 1))
    return 100 * raw / most


def is_close(
    upper: RankedProject, lower: RankedProject, charter: Charter, fires: frozenset[str]
) -> bool:
    weights = exact_weights(charter)

    def order(project: RankedProject, weights: Weights, excluded: str = "") -> tuple[Fraction, ...]:
        impact = exact_impact(project.candidate, charter, excluded)
        relief = sum((weights[key] * impact[key] for key in fires), Fraction(0))
        first = relief if project.section is Section.BURNING else Fraction(0)
        return first, exact_needle(impact, weights, charter, fire=bool(fires))

    if order(upper, weights) == order(lower, weights):
        return False
    perturbed = [(weights, person) for person in PEOPLE] + [
        (weights | {key: weights[key] * Fraction(tenths, 10)}, "")
        for key in weights
        for tenths in (9, 11)
    ]
    return any(order(upper, *change) < order(lower, *change) for change in perturbed)
