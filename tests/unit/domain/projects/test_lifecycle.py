import pytest

from domain.projects.lifecycle import (
    RANKED_STATUSES,
    RESULTING_STATUS,
    Status,
    Transition,
    requires_steward,
    transitions_from,
)


@pytest.mark.parametrize("status", [each for each in Status if each not in RANKED_STATUSES])
def test_unranked_status__allows_only_reopen(status: Status) -> None:
    assert transitions_from(status) == (Transition.REOPEN,)


def test_ranked_status__allows_every_change_to_another() -> None:
    assert set(Transition) - set(transitions_from(Status.OPEN)) == {Transition.REOPEN}
    assert set(Transition) - set(transitions_from(Status.STARTED)) == {Transition.START}


def test_each_status__results_from_one_transition() -> None:
    assert sorted(RESULTING_STATUS.values()) == sorted(Status)


def test_decline_and_hand_off__require_a_steward_both_ways() -> None:
    theirs = {move for move in Transition if requires_steward(move, Status.OPEN)}
    assert theirs == {Transition.DECLINE, Transition.HAND_OFF}
    back = {status for status in Status if requires_steward(Transition.REOPEN, status)}
    assert back == {Status.DECLINED, Status.HANDED_OFF}
