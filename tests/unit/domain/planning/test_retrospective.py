from typing import Any

import pytest

from domain.planning.retrospective import QuarterProject, QuarterResult, Retrospective, total_weeks
from domain.projects.proposal import Proposal
from domain.projects.software import SoftwareBalance


def proposal(**fields: Any) -> Proposal:
    return Proposal(title="Rotate the keys", summary="Nobody rotates them.", **fields)


def work(number: int, end: QuarterResult, **fields: Any) -> QuarterProject:
    return QuarterProject(number, fields.pop("proposal", proposal()), end, **fields)


KEPT = work(1, QuarterResult.SHIPPED, committed=True, planned=True, effort_weeks=3, needle=10)
LEFT = work(2, QuarterResult.OPEN, committed=True, planned=True, effort_weeks=2)
CAME_IN = work(3, QuarterResult.SHIPPED, planned=True, needle=4.5)
WENT_OUT = work(4, QuarterResult.OPEN, committed=True)
UNPLANNED = work(5, QuarterResult.SHIPPED, needle=-1)
DROPPED = work(6, QuarterResult.CLOSED, committed=True, planned=True)
TAKEN_OUT_BUT_SHIPPED = work(7, QuarterResult.SHIPPED, committed=True)

QUARTER = Retrospective((KEPT, LEFT, CAME_IN, WENT_OUT, UNPLANNED, DROPPED, TAKEN_OUT_BUT_SHIPPED))


@pytest.mark.parametrize(
    ("part", "works"),
    [
        ("committed", (KEPT, LEFT, WENT_OUT, DROPPED, TAKEN_OUT_BUT_SHIPPED)),
        ("shipped", (KEPT, CAME_IN, UNPLANNED, TAKEN_OUT_BUT_SHIPPED)),
        ("committed_and_shipped", (KEPT, TAKEN_OUT_BUT_SHIPPED)),
        ("shipped_as_planned", (KEPT, CAME_IN)),
        ("shipped_unplanned", (UNPLANNED, TAKEN_OUT_BUT_SHIPPED)),
        ("carried_over", (LEFT,)),
        ("closed", (DROPPED,)),
    ],
)
def test_quarter__sorts_projects_by_result(part: str, works: tuple[QuarterProject, ...]) -> None:
    assert getattr(QUARTER, part) == works


def test_several_projects__efforts_are_summed() -> None:
    assert total_weeks([KEPT, LEFT]) == 5
    assert total_weeks([work(1, QuarterResult.OPEN, effort_weeks=1.2)] * 2) == 3
    assert total_weeks([]) == 0


def test_needle__sums_all_shipped_projects() -> None:
    assert QUARTER.needle == 13.5


def test_impact__sums_shipped_projects_and_can_be_negative() -> None:
    quarter = Retrospective(
        (
            work(1, QuarterResult.SHIPPED, impact={"cost": 1.5, "security": -0.5}),
            work(2, QuarterResult.SHIPPED, impact={"cost": 0.25, "security": -0.25}),
            work(3, QuarterResult.OPEN, impact={"cost": 3.0}),
        )
    )
    assert quarter.impact == {"cost": 1.75, "security": -0.75}
    assert Retrospective(()).impact == {}


def test_toil_and_software__count_only_shipped_projects() -> None:
    adds = proposal(software_added="a proxy", toil_per_month=6)
    swaps = proposal(software_added="a queue", software_removed="three hosts")
    removes = proposal(software_removed="a cron host", toil_per_month=2)
    quarter = Retrospective(
        (
            work(1, QuarterResult.SHIPPED, proposal=adds),
            work(2, QuarterResult.SHIPPED, proposal=swaps),
            work(3, QuarterResult.SHIPPED, proposal=removes),
            work(4, QuarterResult.OPEN, proposal=adds),
        )
    )
    assert quarter.toil_removed_per_month == 8
    assert quarter.software == SoftwareBalance(added=2, removed=2)
    assert quarter.software.summary == "2 projects add software, 2 projects remove software"


@pytest.mark.parametrize(
    ("days", "median"), [([], None), ([None], None), ([9, None, 3], 6), ([1, 30, 7], 7), ([0], 0)]
)
def test_time_to_ship__is_the_median_of_shipped_projects(
    days: list[int | None], median: float | None
) -> None:
    projects = [work(n, QuarterResult.SHIPPED, days_to_ship=each) for n, each in enumerate(days)]
    unfinished = work(99, QuarterResult.OPEN, days_to_ship=500)
    assert Retrospective((*projects, unfinished)).median_days_to_ship == median
