from datetime import UTC, datetime, timedelta

from domain.planning.commitment import Change, Commitment, Item, acts
from domain.planning.plan import Capacity

MAY = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)


def change(number: int, *, taken_in: bool, reason: str = "fire", hours: int = 0) -> Change:
    at = MAY + timedelta(hours=hours)
    return Change(number, taken_in=taken_in, reason=reason, by="U1", at=at)


def committed(*numbers: int, changes: tuple[Change, ...] = ()) -> Commitment:
    items = tuple(Item(number, rank, 10.0, 2.0) for rank, number in enumerate(numbers, 1))
    return Commitment(Capacity(4, 13), 1, "U1", MAY, items, changes)


def test_it_holds_what_was_committed_to_and_came_in_without_what_went_out() -> None:
    assert committed(4, 2).numbers == (4, 2)
    made = (change(7, taken_in=True), change(4, taken_in=False))
    assert committed(4, 2, changes=made).numbers == (2, 7)


def test_what_went_out_and_came_in_again_stands_where_it_came_in_last() -> None:
    made = (change(4, taken_in=False), change(7, taken_in=True), change(4, taken_in=True, hours=1))
    assert committed(4, 2, changes=made).numbers == (2, 7, 4)
    assert committed(4, 2, changes=made).mentioned == (4, 2, 7)


def test_an_item_is_as_it_was_then_and_what_came_in_has_none() -> None:
    one = committed(4, changes=(change(7, taken_in=True),))
    assert one.item(4) == one.items[0]
    assert one.item(7) is None


def test_changes_made_in_one_go_belong_together() -> None:
    first = [change(7, taken_in=True), change(4, taken_in=False)]
    later = [change(5, taken_in=True, hours=1)]
    otherwise = [change(6, taken_in=True, hours=1, reason="no time")]
    assert acts([*first, *later, *otherwise]) == [first, later, otherwise]
    assert acts([]) == []
