from typing import Any

import pytest

from domain.planning.retrospective import End, Retrospective, Work, weeks
from domain.projects.proposal import Proposal
from domain.projects.software import Balance, balance


def proposal(**fields: Any) -> Proposal:
    return Proposal(title="Rotate the keys", summary="Nobody rotates them.", **fields)


def work(number: int, end: End, **fields: Any) -> Work:
    return Work(number, fields.pop("proposal", proposal()), end, **fields)


KEPT = work(1, End.SHIPPED, promised=True, planned=True, effort_weeks=3, needle=10)
LEFT = work(2, End.OPEN, promised=True, planned=True, effort_weeks=2)
CAME_IN = work(3, End.SHIPPED, planned=True, needle=4.5)
WENT_OUT = work(4, End.OPEN, promised=True)
UNPLANNED = work(5, End.SHIPPED, needle=-1)
DROPPED = work(6, End.CLOSED, promised=True, planned=True)
TAKEN_OUT_BUT_SHIPPED = work(7, End.SHIPPED, promised=True)

QUARTER = Retrospective((KEPT, LEFT, CAME_IN, WENT_OUT, UNPLANNED, DROPPED, TAKEN_OUT_BUT_SHIPPED))


@pytest.mark.parametrize(
    ("part", "works"),
    [
        ("promised", (KEPT, LEFT, WENT_OUT, DROPPED, TAKEN_OUT_BUT_SHIPPED)),
        ("shipped", (KEPT, CAME_IN, UNPLANNED, TAKEN_OUT_BUT_SHIPPED)),
        ("kept", (KEPT, TAKEN_OUT_BUT_SHIPPED)),
        ("as_planned", (KEPT, CAME_IN)),
        ("unplanned", (UNPLANNED, TAKEN_OUT_BUT_SHIPPED)),
        ("carried_over", (LEFT,)),
        ("closed", (DROPPED,)),
    ],
)
def test_each_project_is_told_where_it_belongs(part: str, works: tuple[Work, ...]) -> None:
    assert getattr(QUARTER, part) == works


def test_effort_is_summed() -> None:
    assert weeks([KEPT, LEFT]) == 5
    assert weeks([]) == 0


def test_the_needle_moved_by_what_shipped_planned_or_not() -> None:
    assert QUARTER.needle == 13.5


def test_values_moved_are_summed_over_what_shipped_and_can_be_hurt() -> None:
    seen = Retrospective(
        (
            work(1, End.SHIPPED, impact={"cost": 1.5, "security": -0.5}),
            work(2, End.SHIPPED, impact={"cost": 0.25, "security": -0.25}),
            work(3, End.OPEN, impact={"cost": 3.0}),
        )
    )
    assert seen.moved == {"cost": 1.75, "security": -0.75}
    assert Retrospective(()).moved == {}


def test_toil_and_software_are_counted_over_what_shipped() -> None:
    adds = proposal(software_added="a proxy", toil_per_month=6)
    swaps = proposal(software_added="a queue", software_removed="three hosts")
    removes = proposal(software_removed="a cron host", toil_per_month=2)
    seen = Retrospective(
        (
            work(1, End.SHIPPED, proposal=adds),
            work(2, End.SHIPPED, proposal=swaps),
            work(3, End.SHIPPED, proposal=removes),
            work(4, End.OPEN, proposal=adds),
        )
    )
    assert seen.toil_per_month == 8
    assert seen.software == Balance(added=2, removed=2)
    assert seen.software.said == "2 in, 2 out"


def test_a_balance_of_nothing_is_nothing_to_tell() -> None:
    assert not balance([proposal()])
    assert balance([proposal(software_removed="a host")])
