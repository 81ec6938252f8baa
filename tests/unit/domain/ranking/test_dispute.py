"""Disputes: who disagrees most, and on which value."""

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.dispute import Dispute, find_dispute


def a_project(**cost: int) -> Candidate:
    """Return a project with these scores for cost. There is no dispute about other values."""
    given = {person: {"cost": impact, "security": 2} for person, impact in cost.items()}
    return Candidate(id=1, title="Move the backups", scores=given)


def test_it_names_the_two_who_are_furthest_apart() -> None:
    found = find_dispute(a_project(ana=-1, ben=3, mia=0, eli=1), DEFAULT_CHARTER)
    assert found == Dispute(
        "cost", lowest_impact=-1, lowest_scorer="ana", highest_impact=3, highest_scorer="ben"
    )


def test_of_several_equally_far_out_it_is_the_first_by_id() -> None:
    found = find_dispute(a_project(mia=3, ben=3, eli=0, ana=0), DEFAULT_CHARTER)
    assert found == Dispute(
        "cost", lowest_impact=0, lowest_scorer="ana", highest_impact=3, highest_scorer="ben"
    )


def test_there_is_none_before_the_quorum_has_scored() -> None:
    assert find_dispute(a_project(ana=-3, ben=3), DEFAULT_CHARTER) is None


def test_there_is_none_where_people_are_less_than_three_apart() -> None:
    assert find_dispute(a_project(ana=1, ben=3, mia=2), DEFAULT_CHARTER) is None


def test_a_value_that_someone_left_out_has_no_effect_to_them() -> None:
    scores = {"ana": {"cost": 3}, "ben": {}, "mia": {"cost": 2}}
    found = find_dispute(Candidate(id=1, title="Move it", scores=scores), DEFAULT_CHARTER)
    assert found == Dispute(
        "cost", lowest_impact=0, lowest_scorer="ben", highest_impact=3, highest_scorer="ana"
    )
