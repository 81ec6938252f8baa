"""PostgreSQL that doesn't answer: nothing waits for long, and nothing is half saved."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection, Engine, event, text

from storage import time_limits
from storage.boards import boards
from storage.database import (
    CommitOutcomeUnknown,
    Database,
    DatabaseUnavailable,
    Session,
    UnusableDatabase,
    open_database,
    open_read_only,
)
from storage.locks import STORE
from storage.time_limits import CONNECT_SECONDS, answer_seconds, connect_seconds, patience
from tests.support.channel import NOW
from tests.support.postgres import Postgres, silent_postgres

DEADLINE_SECONDS = 1.2
SLOW_MACHINE = 1.5  # seconds


@pytest.fixture
def hurried(postgres: Postgres) -> Iterator[Database]:
    """A database whose threads always have the same seconds left."""
    address = postgres.new_database()
    open_database(address).close()
    with closing(open_database(address, seconds_left=lambda: DEADLINE_SECONDS)) as database:
        yield database


def board_count(database: Database) -> int:
    with database.snapshot() as session:
        return len(boards.list_all(session))


def test_silent_address__is_refused_in_time() -> None:
    started = time.monotonic()
    with silent_postgres() as address, pytest.raises(UnusableDatabase, match="timeout"):
        open_read_only(address)
    assert time.monotonic() - started < CONNECT_SECONDS + SLOW_MACHINE


def test_frozen_before_a_write__is_refused_in_time(hurried: Database, postgres: Postgres) -> None:
    board_count(hurried)  # so that there is a connection
    started = time.monotonic()
    with (
        postgres.frozen(),
        pytest.raises(DatabaseUnavailable, match=r"no answer within 1\.2 s"),
        hurried.transaction(STORE) as session,
    ):
        boards.create(session, "T1", "C1", None, NOW)
    assert time.monotonic() - started < DEADLINE_SECONDS + SLOW_MACHINE
    assert board_count(hurried) == 0
    with hurried.transaction(STORE) as session:
        boards.create(session, "T1", "C1", None, NOW)
    assert board_count(hurried) == 1


def test_frozen_in_a_transaction__writes_nothing(hurried: Database, postgres: Postgres) -> None:
    def write(session: Session) -> None:
        boards.create(session, "T1", "C1", None, NOW)
        with postgres.frozen():
            boards.create(session, "T1", "C2", None, NOW)

    with pytest.raises(DatabaseUnavailable) as failure, hurried.transaction(STORE) as session:
        write(session)
    assert not isinstance(failure.value, CommitOutcomeUnknown)
    assert board_count(hurried) == 0
    assert hurried.is_writable(), "no abandoned connection keeps the writers' lock"


def test_frozen_at_commit__outcome_is_unknown(hurried: Database, postgres: Postgres) -> None:
    freezing = postgres.frozen()

    def freeze(_: Connection) -> None:
        freezing.__enter__()

    event.listen(Engine, "commit", freeze)
    try:
        with pytest.raises(CommitOutcomeUnknown), hurried.transaction(STORE) as session:
            boards.create(session, "T1", "C1", None, NOW)
    finally:
        event.remove(Engine, "commit", freeze)
        freezing.__exit__(None, None, None)


def test_process_hangs_in_a_transaction__others_write(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that dies without a word must not keep the writers' lock until TCP notices."""
    address = postgres.new_database()
    holds, ends = threading.Event(), threading.Event()

    with closing(open_database(address)) as first, closing(open_database(address)) as second:

        def write(session: Session) -> None:
            try:
                boards.create(session, "T1", "C1", None, NOW)
            finally:
                holds.set()
            ends.wait()

        def hang() -> None:
            with pytest.raises(DatabaseUnavailable), first.transaction(STORE) as session:
                write(session)

        thread = threading.Thread(target=hang)
        with monkeypatch.context() as only_first:
            only_first.setattr(time_limits, "MAX_IDLE_SECONDS", 1)
            thread.start()
            holds.wait()
        with second.transaction(STORE) as session:
            boards.create(session, "T1", "C2", None, NOW)
        ends.set()
        thread.join()
        assert board_count(second) == 1


def test_another_process_starts__start_waits_for_it(postgres: Postgres) -> None:
    address = postgres.new_database()
    opened = threading.Event()

    def start() -> None:
        open_database(address).close()
        opened.set()

    with closing(open_database(address)) as first:
        thread = threading.Thread(target=start)
        with first.transaction(STORE) as session:
            boards.create(session, "T1", "C1", None, NOW)  # this takes the lock
            thread.start()
            assert not opened.wait(time_limits.LOCK_SECONDS + 1)
        thread.join()
    assert opened.is_set()


def test_slow_statement_of_a_migration__is_waited_for(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_limits, "ANSWER_SECONDS", 0.2)
    sleep = text("SELECT pg_sleep(0.4)")
    with closing(open_database(postgres.new_database())) as database:
        with patience(60), database.snapshot() as session:
            session.execute(sleep)
        with pytest.raises(DatabaseUnavailable), database.snapshot() as session:
            session.execute(sleep)


@pytest.mark.parametrize(
    ("seconds_left", "connect", "answer"),
    [(None, 5, 10), (60.0, 5, 10), (2.4, 2, 2.4), (0.3, 2, 1), (-7.0, 2, 1)],
)
def test_time_limits__end_with_the_deadline(
    seconds_left: float | None, connect: int, answer: float
) -> None:
    assert connect_seconds(seconds_left) == connect
    assert answer_seconds(seconds_left) == answer
