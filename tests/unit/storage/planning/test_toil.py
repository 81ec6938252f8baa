"""Storage of the toil ledger."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar.quarter import Quarter
from domain.toil.ledger import ToilEntry, ToilType
from storage.locks import STORE
from storage.planning import toil
from storage.tables import ToilRow
from tests.support.channel import Channel

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
AT = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)  # After the end of Q3.


def log(channel: Channel, origin: str, at: datetime = AT, minutes: int = 45) -> int | None:
    entry = ToilEntry(ToilType.PAGE, "db-primary", minutes, at, note="replica lag")
    with channel.database.transaction(STORE) as session:
        return toil.log(session, channel.board, entry, origin=origin, by="U1")


def entries(channel: Channel) -> list[ToilEntry]:
    with channel.database.snapshot() as session:
        return toil.between(session, channel.board.id, AT - timedelta(days=1), AT + timedelta(200))


def measured_share(channel: Channel, quarter: Quarter, now: datetime = LATER) -> float | None:
    """Return the share for a team of 4."""
    with channel.database.snapshot() as session:
        return toil.measured_share(session, channel.board, quarter, now, people=4)


def test_duplicate_entry__is_stored_once(channel: Channel) -> None:
    assert log(channel, "C1/1.000001") is not None
    assert log(channel, "C1/1.000001", minutes=50) is None
    assert [entry.minutes for entry in entries(channel)] == [45]


def test_entry_of_the_year_1__is_ignored(channel: Channel) -> None:
    # Older versions imported such times.
    log(channel, "real")
    row = ToilRow(
        board_id=channel.board.id,
        origin="file:1",
        by="import",
        kind=ToilType.PAGE,
        source="db",
        minutes=5,
        at=datetime(1, 1, 1, tzinfo=UTC),
        out_of_hours=True,
    )
    with channel.database.transaction(STORE) as session:
        session.add(row)
    with channel.database.snapshot() as session:
        assert toil.first_entry_at(session, channel.board.id) == AT


def test_two_boards__have_separate_ledgers(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    log(channel, "same")
    assert log(other, "same") is not None
    assert len(entries(channel)) == len(entries(other)) == 1


def test_out_of_hours__follows_the_boards_clock(channel: Channel) -> None:
    log(channel, "day", AT)
    log(channel, "night", AT + timedelta(hours=12))
    assert [entry.out_of_hours for entry in entries(channel)] == [False, True]


def test_entry__is_deleted_only_by_its_author(channel: Channel) -> None:
    entry_id = log(channel, "a") or 0
    with channel.database.transaction(STORE) as session:
        assert not toil.delete_entry(session, channel.board.id, entry_id, "U2")
        assert not toil.delete_entry(session, channel.board.id + 1, entry_id, "U1")
        assert toil.delete_entry(session, channel.board.id, entry_id, "U1")
        assert not toil.delete_entry(session, channel.board.id, entry_id, "U1")
    assert entries(channel) == []


def test_measured_share__is_what_last_quarters_toil_left(channel: Channel) -> None:
    assert measured_share(channel, Q4) is None
    for number in range(3):  # Together a fifth of Q3, which has 66 weekdays.
        log(channel, f"{number}", AT, minutes=4 * 66 * 9 * 60 // 15)
    assert measured_share(channel, Q4) == pytest.approx(0.8)
    assert measured_share(channel, Q3) is None


def test_running_quarter__is_measured_up_to_today(channel: Channel) -> None:
    log(channel, "first", AT, minutes=4 * 20 * 9 * 60 // 5)  # A fifth of four weeks.
    assert measured_share(channel, Q4, AT + timedelta(weeks=4)) == pytest.approx(0.8)
    assert measured_share(channel, Q4, AT + timedelta(weeks=3)) is None


def test_ledger_started_late__is_measured_from_first_entry(channel: Channel) -> None:
    log(channel, "late", datetime(2026, 9, 10, 12, 0, tzinfo=UTC))
    assert measured_share(channel, Q4) is None


def test_entry__keeps_all_its_fields(channel: Channel) -> None:
    entry_id = log(channel, "origin")
    with channel.database.snapshot() as session:
        row = session.get_one(ToilRow, entry_id)
        assert (row.origin, row.by, row.note) == ("origin", "U1", "replica lag")
