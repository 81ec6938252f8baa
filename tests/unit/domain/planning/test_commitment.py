from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.planning.capacity import Capacity
from domain.planning.commitment import (
    Commitment,
    CommittedProject,
    RoadmapChange,
    effort_in_roadmap,
    group_changes,
)

MAY = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)


def change(number: int, *, added: bool, reason: str = "fire", hours: int = 0) -> RoadmapChange:
    at = MAY + timedelta(hours=hours)
    return RoadmapChange(number, added=added, reason=reason, changed_by="U1", changed_at=at)


def committed(*numbers: int, changes: tuple[RoadmapChange, ...] = ()) -> Commitment:
    items = tuple(
        CommittedProject(number, rank, 10.0, 2.0) for rank, number in enumerate(numbers, 1)
    )
    return Commitment(Capacity(4, 13), 1, "U1", MAY, items, changes)


def test_projects_added_and_removed__current_numbers_follow() -> None:
    assert committed(4, 2).current_numbers == (4, 2)
    changes = (change(7, added=True), change(4, added=False))
    assert committed(4, 2, changes=changes).current_numbers == (2, 7)


def test_removed_and_added_again__comes_last() -> None:
    changes = (change(4, added=False), change(7, added=True), change(4, added=True, hours=1))
    assert committed(4, 2, changes=changes).current_numbers == (2, 7, 4)
    assert committed(4, 2, changes=changes).all_numbers == (4, 2, 7)


def test_project_added_later__is_found_as_it_was_then() -> None:
    added = CommittedProject(7, 3, 8.0, 1.0)
    changes = (
        change(6, added=True),
        replace(change(7, added=True), project=replace(added, rank=5)),
        change(7, added=False, hours=1),
        replace(change(7, added=True, hours=2), project=added),
        replace(change(4, added=True, hours=2), project=replace(added, number=4)),
    )
    commitment = committed(4, changes=changes)
    assert commitment.find(4) == commitment.projects[0]
    assert commitment.find(7) == added
    assert commitment.find(6) is None


@pytest.mark.parametrize(
    ("stored", "carried_over", "estimate", "counted"),
    [
        (2.0, False, 5.0, 2.0),
        (0.0, False, 5.0, 5.0),
        (0.0, False, None, None),
        (0.0, True, 5.0, 0.0),
        (None, False, 5.0, 5.0),
    ],
)
def test_effort_in_roadmap__keeps_what_was_known_then(
    stored: float | None, *, carried_over: bool, estimate: float | None, counted: float | None
) -> None:
    item = None if stored is None else CommittedProject(1, 1, 9.0, stored, {}, carried_over)
    assert effort_in_roadmap(item, estimate) == counted


def test_changes_from_one_form__are_grouped() -> None:
    first = [change(7, added=True), change(4, added=False)]
    later = [change(5, added=True, hours=1)]
    other_reason = [change(6, added=True, hours=1, reason="no time")]
    assert group_changes([*first, *later, *other_reason]) == [first, later, other_reason]
    assert group_changes([]) == []
