from datetime import UTC, datetime, timedelta

from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment, CommittedProject, RoadmapChange, group_changes

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


def test_project_added_later__has_no_committed_item() -> None:
    commitment = committed(4, changes=(change(7, added=True),))
    assert commitment.find(4) == commitment.projects[0]
    assert commitment.find(7) is None


def test_changes_from_one_form__are_grouped() -> None:
    first = [change(7, added=True), change(4, added=False)]
    later = [change(5, added=True, hours=1)]
    other_reason = [change(6, added=True, hours=1, reason="no time")]
    assert group_changes([*first, *later, *other_reason]) == [first, later, other_reason]
    assert group_changes([]) == []
