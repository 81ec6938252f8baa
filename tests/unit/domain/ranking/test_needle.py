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
        backers = len(project.candidate.backers)
        exact = exact_needle(impact, backers, exact_weights(charter), charter, fire=bool(fires))
        assert abs(project.needle - float(exact)) < 1e-9
        assert project.too_close_to == tuple(sorted(close[project.candidate.id]))


Weights = dict[str, Fraction]


def exact_weights(charter: Charter) -> Weights:
    return {value.key: Fraction(value.weight) for value in charter.values}


def exact_impact(project: Candidate, charter: Charter, excluded: str = "") -> Weights:
    impact = {}
    scorers = {
        person: score
        for person, score in project.scores.items()
        if [key for key in charter.keys if score.get(key, 0) is not None]
    }
    for key in charter.keys:
        forms = [
            x
            for person, score in scorers.items()
            if person != excluded and (x := score.get(key, 0)) is not None
        ]
        quick = len(
            [
                person
                for person, chosen in project.quick_scores.items()
                if key in chosen and person not in scorers and person != excluded
            ]
        )
        least = Fraction(charter.quick_impact)
        worth = max(least, Fraction(sum(forms), len(forms))) if forms else least
        people = len(forms) + quick + Fraction(charter.prior_people)
        impact[key] = (sum(forms) + quick * worth) / people if forms or quick else Fraction(0)
    return impact


def exact_needle(
    impact: Weights, backers: int, weights: Weights, charter: Charter, *, fire: bool
) -> Fraction:
    raw = sum((weights[key] * impact[key] for key in weights), Fraction(0))
    per_value, most_backing = Fraction(charter.breadth_bonus), Fraction(charter.backing_bonus)
    moved = sum(x >= charter.moves_at for x in impact.values())
    breadth = Fraction(0) if fire else max(per_value * (moved - 1), Fraction(0))
    backing = (
        most_backing * backers / (backers + Fraction(charter.prior_people))
        if backers
        else Fraction(0)
    )
    if raw > 0:
        raw *= 1 + breadth + backing
    most = 3 * sum(weights.values()) * (1 + per_value * (len(weights) - 1) + most_backing)
    return 100 * raw / most


def is_close(
    upper: RankedProject, lower: RankedProject, charter: Charter, fires: frozenset[str]
) -> bool:
    weights = exact_weights(charter)

    def order(project: RankedProject, weights: Weights, excluded: str = "") -> tuple[Fraction, ...]:
        impact = exact_impact(project.candidate, charter, excluded)
        backers = len(project.candidate.backers - {excluded})
        relief = sum((weights[key] * impact[key] for key in fires), Fraction(0))
        first = relief if project.section is Section.BURNING else Fraction(0)
        return first, exact_needle(impact, backers, weights, charter, fire=bool(fires))

    if order(upper, weights) == order(lower, weights):
        return False
    perturbed = [(weights, person) for person in PEOPLE] + [
        (weights | {key: weights[key] * Fraction(tenths, 10)}, "")
        for key in weights
        for tenths in (9, 11)
    ]
    return any(order(upper, *change) < order(lower, *change) for change in perturbed)
