from datetime import UTC, datetime, timedelta

from domain.planning.commitment import Commitment, CommittedProject, RoadmapChange, group_changes
from domain.planning.plan import Capacity

MAY = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)


def change(number: int, *, taken_in: bool, reason: str = "fire", hours: int = 0) -> RoadmapChange:
    at = MAY + timedelta(hours=hours)
    return RoadmapChange(number, added=taken_in, reason=reason, changed_by="U1", changed_at=at)


def committed(*numbers: int, changes: tuple[RoadmapChange, ...] = ()) -> Commitment:
    items = tuple(
        CommittedProject(number, rank, 10.0, 2.0) for rank, number in enumerate(numbers, 1)
    )
    return Commitment(Capacity(4, 13), 1, "U1", MAY, items, changes)


def test_it_holds_what_was_committed_to_and_came_in_without_what_went_out() -> None:
    assert committed(4, 2).current_numbers == (4, 2)
    made = (change(7, taken_in=True), change(4, taken_in=False))
    assert committed(4, 2, changes=made).current_numbers == (2, 7)


def test_what_went_out_and_came_in_again_stands_where_it_came_in_last() -> None:
    made = (change(4, taken_in=False), change(7, taken_in=True), change(4, taken_in=True, hours=1))
    assert committed(4, 2, changes=made).current_numbers == (2, 7, 4)
    assert committed(4, 2, changes=made).all_numbers == (4, 2, 7)


def test_an_item_is_as_it_was_then_and_what_came_in_has_none() -> None:
    one = committed(4, changes=(change(7, taken_in=True),))
    assert one.find(4) == one.projects[0]
    assert one.find(7) is None


def test_changes_made_in_one_go_belong_together() -> None:
    first = [change(7, taken_in=True), change(4, taken_in=False)]
    later = [change(5, taken_in=True, hours=1)]
    otherwise = [change(6, taken_in=True, hours=1, reason="no time")]
    assert group_changes([*first, *later, *otherwise]) == [first, later, otherwise]
    assert group_changes([]) == []
