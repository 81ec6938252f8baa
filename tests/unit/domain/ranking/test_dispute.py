"""Disputes: the value that scores differ most on, and the spread without names."""

import pytest

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.dispute import Dispute, find_dispute


def a_project(quorum_needed: int | None = None, **cost: int | None) -> Candidate:
    """Return a project with each person's impact on cost. They agree on the rest."""
    scores = {person: {"cost": impact, "security": 2} for person, impact in cost.items()}
    return Candidate(
        id=1, title="Move the backups", quorum_needed=quorum_needed, revealed=True, scores=scores
    )


def test_disputed_value__has_the_two_extremes() -> None:
    dispute = find_dispute(a_project(ana=-1, ben=3, mia=0, eli=1), DEFAULT_CHARTER)
    assert dispute == Dispute("cost", lowest_impact=-1, highest_impact=3)


def test_no_quorum__has_no_dispute_even_if_revealed() -> None:
    assert find_dispute(a_project(ana=-3, ben=3), DEFAULT_CHARTER) is None


def test_quorum_of_a_small_channel__has_a_dispute() -> None:
    assert find_dispute(a_project(2, ana=-3, ben=3), DEFAULT_CHARTER) is not None


def test_impacts_less_than_three_apart__has_no_dispute() -> None:
    assert find_dispute(a_project(ana=1, ben=3, mia=2), DEFAULT_CHARTER) is None


@pytest.mark.parametrize("lowest", [None, 1])
def test_no_opinion__is_left_out(lowest: int | None) -> None:
    assert find_dispute(a_project(ana=lowest, ben=3, mia=2), DEFAULT_CHARTER) is None


def test_value_missing_in_score__counts_as_no_effect() -> None:
    scores = {"ana": {"cost": 3}, "ben": {}, "mia": {"cost": 2}}
    dispute = find_dispute(Candidate(id=1, title="Move it", scores=scores), DEFAULT_CHARTER)
    assert dispute == Dispute("cost", lowest_impact=0, highest_impact=3)


def test_quorum_of_the_charter__decides() -> None:
    pair = a_project(ana=-3, ben=3)
    assert find_dispute(pair, DEFAULT_CHARTER.with_settings(quorum=2)) is not None
