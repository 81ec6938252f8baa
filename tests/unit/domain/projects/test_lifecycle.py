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
def test_what_is_no_longer_ranked_can_only_be_opened_again(status: Status) -> None:
    assert transitions_from(status) == (Transition.REOPEN,)


def test_what_is_ranked_can_become_anything_that_it_is_not() -> None:
    assert set(Transition) - set(transitions_from(Status.OPEN)) == {Transition.REOPEN}
    assert set(Transition) - set(transitions_from(Status.STARTED)) == {Transition.START}


def test_every_status_is_reached_by_one_move() -> None:
    assert sorted(RESULTING_STATUS.values()) == sorted(Status)


def test_stewards_alone_decide_what_the_team_will_not_do_and_take_it_back() -> None:
    theirs = {move for move in Transition if requires_steward(move, Status.OPEN)}
    assert theirs == {Transition.DECLINE, Transition.HAND_OFF}
    back = {status for status in Status if requires_steward(Transition.REOPEN, status)}
    assert back == {Status.DECLINED, Status.HANDED_OFF}
