"""Disputes: the two people who disagree most, and the value they disagree on."""

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.dispute import Dispute, find_dispute


def a_project(**cost: int) -> Candidate:
    """Return a project with each person's impact on cost. They agree on the rest."""
    scores = {person: {"cost": impact, "security": 2} for person, impact in cost.items()}
    return Candidate(id=1, title="Move the backups", scores=scores)


def test_disputed_value__names_the_two_extremes() -> None:
    dispute = find_dispute(a_project(ana=-1, ben=3, mia=0, eli=1), DEFAULT_CHARTER)
    assert dispute == Dispute(
        "cost", lowest_impact=-1, lowest_scorer="ana", highest_impact=3, highest_scorer="ben"
    )


def test_equal_extremes__chooses_the_first_by_id() -> None:
    dispute = find_dispute(a_project(mia=3, ben=3, eli=0, ana=0), DEFAULT_CHARTER)
    assert dispute == Dispute(
        "cost", lowest_impact=0, lowest_scorer="ana", highest_impact=3, highest_scorer="ben"
    )


def test_no_quorum__has_no_dispute() -> None:
    assert find_dispute(a_project(ana=-3, ben=3), DEFAULT_CHARTER) is None


def test_impacts_less_than_three_apart__has_no_dispute() -> None:
    assert find_dispute(a_project(ana=1, ben=3, mia=2), DEFAULT_CHARTER) is None


def test_value_missing_in_score__counts_as_no_effect() -> None:
    scores = {"ana": {"cost": 3}, "ben": {}, "mia": {"cost": 2}}
    dispute = find_dispute(Candidate(id=1, title="Move it", scores=scores), DEFAULT_CHARTER)
    assert dispute == Dispute(
        "cost", lowest_impact=0, lowest_scorer="ben", highest_impact=3, highest_scorer="ana"
    )
