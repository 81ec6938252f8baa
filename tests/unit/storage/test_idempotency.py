"""Requests from Slack: each writes at most once, and in time."""

import time
from datetime import datetime, timedelta

import pytest

from storage.boards import boards
from storage.database import Database
from storage.idempotency import (
    RETENTION,
    DeadlineExceeded,
    DuplicateAction,
    Request,
    delete_expired,
)
from storage.locks import STORE
from tests.support import wait
from tests.support.channel import NOW


def create_board(request: Request, channel: str, now: datetime = NOW) -> None:
    with request.transaction(STORE) as session:
        boards.create(session, "T1", channel, None, now)


def send(database: Database, key: str | None, channel: str, now: datetime = NOW) -> Request:
    """Create a board in a request of its own. Return the request."""
    request = Request(database, key, now)
    create_board(request, channel, now)
    return request


def channels(database: Database) -> list[str]:
    with database.snapshot() as session:
        return sorted(board.channel_id for board in boards.list_all(session))


def test_same_key_again__writes_nothing(database: Database) -> None:
    send(database, "1.2.a", "C1")
    with pytest.raises(DuplicateAction):
        send(database, "1.2.a", "C2")
    send(database, "1.2.b", "C3")
    assert channels(database) == ["C1", "C3"]


def test_failed_transaction__key_stays_unused(database: Database) -> None:
    request = Request(database, "1.2.a", NOW)
    with pytest.raises(ZeroDivisionError), request.transaction(STORE):
        raise ZeroDivisionError
    assert not request.has_written
    assert send(database, "1.2.a", "C1").has_written


def test_second_transaction_of_a_request__also_writes(database: Database) -> None:
    request = send(database, "1.2.a", "C1")
    create_board(request, "C2")
    assert channels(database) == ["C1", "C2"]


def test_write_past_the_request__leaves_key_unused(database: Database) -> None:
    request = Request(database, "1.2.a", NOW)
    with request.database.transaction(STORE) as session:
        boards.create(session, "T1", "C1", None, NOW)
    assert not request.has_written
    send(database, "1.2.a", "C2")
    assert channels(database) == ["C1", "C2"]


def test_requests_without_a_key__all_write(database: Database) -> None:
    expired = time.monotonic() - 0.001
    for channel in ("C1", "C2"):
        request = Request(database, None, NOW, expired)
        create_board(request, channel)
        assert request.has_written
    assert channels(database) == ["C1", "C2"]


def test_snapshot__reads_without_using_the_key(database: Database) -> None:
    request = Request(database, "1.2.a", NOW)
    with request.snapshot() as session:
        assert boards.list_all(session) == []
    assert not request.has_written
    send(database, "1.2.a", "C1")


def test_write__sets_changed_of_the_database(database: Database) -> None:
    database.changed.clear()
    send(database, "1.2.a", "C1")
    assert database.changed.is_set()


def test_start_after_deadline__writes_nothing(database: Database) -> None:
    request = Request(database, "1.2.a", NOW, time.monotonic() - 0.001)
    with pytest.raises(DeadlineExceeded):
        create_board(request, "C1")
    assert not request.has_written
    assert channels(database) == []
    send(database, "1.2.a", "C1")


def test_commit_after_deadline__writes_nothing(database: Database) -> None:
    deadline = time.monotonic() + 0.05
    request = Request(database, "1.2.a", NOW, deadline)
    with pytest.raises(DeadlineExceeded), request.transaction(STORE):
        wait.wait_until(lambda: time.monotonic() > deadline, within=5)
    assert not request.has_written


def test_key_older_than_retention__is_deleted(database: Database) -> None:
    later = NOW + RETENTION + timedelta(seconds=1)
    send(database, "1.2.a", "C1")
    send(database, "1.2.b", "C2", later)
    delete_expired(database, later)
    send(database, "1.2.a", "C3", later)
    with pytest.raises(DuplicateAction):
        send(database, "1.2.b", "C4", later)
    assert channels(database) == ["C1", "C2", "C3"]


def test_no_key_is_expired__nothing_is_written(database: Database) -> None:
    send(database, "1.2.a", "C1")
    database.changed.clear()
    delete_expired(database, NOW + RETENTION)
    assert not database.changed.is_set()
