"""Schedules that say when a board must be checked: every change of the board's rows voids them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import locks, schedule
from storage.boards import boards, removal
from storage.database import Database, Session
from storage.locks import STORE, OfBoard, OfChannel, StoreWide, WriterLock
from storage.projects import votes
from storage.schedule import MAX_AHEAD, NextCheck
from tests.support.channel import Channel
from tests.support.statements import recorded_statements

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)


@pytest.fixture
def other(channel: Channel) -> Channel:
    return Channel(channel.database, "C2")


def schedules(database: Database) -> list[NextCheck]:
    with database.snapshot() as session:
        return schedule.list_all(session)


def save(database: Database, checks: list[NextCheck], due_at: datetime = LATER) -> None:
    with database.transaction(STORE) as session:
        schedule.save(session, [replace(check, due_at=due_at) for check in checks])


def due(database: Database, now: datetime = NOW) -> list[int]:
    """Return the ids of the boards that must be checked."""
    with database.snapshot() as session:
        return sorted(check.board_id for check in schedule.list_due(session, now))


def test_new_board__is_due(channel: Channel) -> None:
    assert due(channel.database) == [channel.board.id]


@pytest.mark.parametrize(
    ("after", "count"),
    [(-timedelta(seconds=1), 0), (timedelta(), 1), (-MAX_AHEAD - timedelta(1), 1)],
)
def test_stored_time__board_is_due_from_then_on(
    channel: Channel, after: timedelta, count: int
) -> None:
    save(channel.database, schedules(channel.database))
    assert len(due(channel.database, LATER + after)) == count


@pytest.mark.parametrize(
    "lock_of",
    [
        lambda channel: OfBoard(channel.board.id),
        lambda channel: OfChannel(channel.team_id, channel.channel_id),
        lambda channel: StoreWide((channel.board.id,)),
    ],
)
def test_transaction_with_a_lock__voids_its_board_only(
    channel: Channel, other: Channel, lock_of: Callable[[Channel], WriterLock]
) -> None:
    database = channel.database
    save(database, schedules(database))
    with database.transaction(lock_of(other)):
        pass
    assert due(database) == [other.board.id]


def test_lock_acquired_later__voids_its_board_too(channel: Channel, other: Channel) -> None:
    database = channel.database
    save(database, schedules(database))
    with database.transaction(STORE) as session:
        locks.acquire(session, StoreWide((other.board.id,)))
    assert due(database) == [other.board.id]


def test_failed_transaction__voids_nothing(channel: Channel) -> None:
    save(channel.database, schedules(channel.database))
    with pytest.raises(ZeroDivisionError), channel.database.transaction(channel.lock):
        raise ZeroDivisionError
    assert due(channel.database) == []


def test_changed_since_it_was_read__stays_due(channel: Channel, other: Channel) -> None:
    read = schedules(channel.database)
    with channel.database.transaction(channel.lock):
        pass
    save(channel.database, read)
    assert due(channel.database) == [channel.board.id]
    assert other.board.id != channel.board.id


def test_vote__runs_no_statement_for_the_schedule(channel: Channel) -> None:
    channel.proposes("V1")
    channel.shows_card()
    with recorded_statements() as statements:
        reaction = channel.reaction("U1", at="1.0")
        channel.database.write_together(channel.lock, votes.save_reactions, reaction)
    assert statements
    assert not [each for each in statements if "board_schedule" in each]


def test_board_without_schedule__gets_one(channel: Channel) -> None:
    database = channel.database
    with database.transaction(STORE) as session:
        _delete_schedules(session)
    assert due(database) == []
    save(database, schedules(database))
    assert due(database) == [channel.board.id]


def test_write_to_board_without_schedule__makes_it_due(channel: Channel) -> None:
    with channel.database.transaction(STORE) as session:
        _delete_schedules(session)
    with channel.database.transaction(channel.lock):
        pass
    assert due(channel.database) == [channel.board.id]


def test_removed_board__has_no_schedule(channel: Channel, other: Channel) -> None:
    removed, kept = channel.board.id, other.board.id
    with channel.database.transaction(StoreWide((removed,))) as session:
        removal.remove(session, removed)
    assert [check.board_id for check in schedules(channel.database)] == [kept]


def test_some_boards__are_listed_without_the_others(channel: Channel, other: Channel) -> None:
    with channel.database.snapshot() as session:
        assert boards.list_these(session, [other.board.id]) == [other.board]
        assert boards.list_these(session, []) == []
        assert boards.list_these(session, [channel.board.id, other.board.id]) == boards.list_all(
            session
        )


def _delete_schedules(session: Session) -> None:
    session.connection().exec_driver_sql("DELETE FROM board_schedule")
