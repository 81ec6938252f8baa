import pytest

from domain.projects.lifecycle import LEADS_TO, RANKED, Move, Status, for_stewards, moves_from


@pytest.mark.parametrize("status", [each for each in Status if each not in RANKED])
def test_what_is_no_longer_ranked_can_only_be_opened_again(status: Status) -> None:
    assert moves_from(status) == (Move.REOPEN,)


def test_what_is_ranked_can_become_anything_that_it_is_not() -> None:
    assert set(Move) - set(moves_from(Status.OPEN)) == {Move.REOPEN}
    assert set(Move) - set(moves_from(Status.STARTED)) == {Move.START}


def test_every_status_is_reached_by_one_move() -> None:
    assert sorted(LEADS_TO.values()) == sorted(Status)


def test_stewards_alone_decide_what_the_team_will_not_do_and_take_it_back() -> None:
    theirs = {move for move in Move if for_stewards(move, Status.OPEN)}
    assert theirs == {Move.DECLINE, Move.HAND_OFF}
    back = {status for status in Status if for_stewards(Move.REOPEN, status)}
    assert back == {Status.DECLINED, Status.HANDED_OFF}
