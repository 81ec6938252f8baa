import pytest

from domain.projects.lifecycle import (
    RANKED_STATUSES,
    RESULTING_STATUS,
    Role,
    Status,
    Transition,
    roles_for,
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


def moves_of(role: Role) -> set[Transition]:
    return {move for move in Transition if role in roles_for(move, Status.OPEN)}


def reopens(role: Role) -> set[Status]:
    closed = set(Status) - {Status.OPEN}
    return {status for status in closed if role in roles_for(Transition.REOPEN, status)}


def test_steward__may_make_every_transition() -> None:
    assert moves_of(Role.STEWARD) == set(Transition)
    assert reopens(Role.STEWARD) == set(Status) - {Status.OPEN}


def test_proposer__may_neither_decline_nor_hand_off() -> None:
    stewards = {Transition.DECLINE, Transition.HAND_OFF}
    assert set(Transition) - moves_of(Role.PROPOSER) == stewards
    assert set(Status) - reopens(Role.PROPOSER) == {Status.OPEN, Status.DECLINED, Status.HANDED_OFF}


def test_owner__may_start_and_ship_both_ways() -> None:
    assert moves_of(Role.OWNER) == {Transition.START, Transition.SHIP, Transition.REOPEN}
    assert reopens(Role.OWNER) == {Status.STARTED, Status.SHIPPED}
    assert Role.OWNER not in roles_for(Transition.DROP, Status.STARTED)
