"""A database that can't be written or read: errors name the reason, and nothing is half written."""

import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import (
    Database,
    DatabaseUnavailable,
    UnusableDatabase,
    open_database,
)
from storage.engine import BUSY_TIMEOUT_MS
from storage.locks import STORE
from tests.support.channel import PROPOSAL, Channel
from tests.support.storage_faults import full_disk, locked

WRITERS = 20  # The number of listener threads.
PAGE = 4096  # bytes in a page of a SQLite file
LONG = PROPOSAL.model_copy(update={"summary": "x" * 2000})


@pytest.fixture
def file(sqlite_database: Database, tmp_path: Path) -> Path:
    """The file of the channel's database."""
    del sqlite_database  # it is there
    return tmp_path / "needle.db"


@pytest.fixture
def channel(sqlite_database: Database) -> Channel:
    return Channel(sqlite_database)


def dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as reading:
        return list(reading.iterdump())


def fill(channel: Channel, origin: str = "long") -> None:
    """Write far more than the free pages hold, in several transactions."""
    for number in range(50):
        channel.proposes(f"{origin} {number}", LONG)


def test_full_disk__refuses_writes_but_not_reads(file: Path, channel: Channel) -> None:
    with full_disk(file):
        with pytest.raises(
            DatabaseUnavailable, match="can't be used now: database or disk is full"
        ):
            fill(channel)
        before = dump(file)
        with pytest.raises(DatabaseUnavailable):
            fill(channel, "more")
        assert dump(file) == before
        assert channel.board.channel_id == "C1"  # Reads still work.
    channel.proposes("when there is room again", LONG)


def test_disk_full_during_transaction__writes_nothing(file: Path, channel: Channel) -> None:
    def fill_in_one_transaction() -> None:
        with channel.database.transaction(STORE) as session:
            for number in range(50):
                channel.propose_in(session, f"long {number}", LONG)

    before = dump(file)
    with full_disk(file), pytest.raises(DatabaseUnavailable):
        fill_in_one_transaction()
    assert dump(file) == before


@pytest.mark.long
def test_locked_file__is_not_writable_until_released(file: Path, channel: Channel) -> None:
    database = channel.database
    with locked(file):
        with pytest.raises(DatabaseUnavailable), database.transaction(STORE) as session:
            session.connection()
        assert not database.is_writable()
    assert database.is_writable()


def test_lock_held_too_long__refuses_the_write(file: Path, channel: Channel) -> None:
    before = dump(file)
    with locked(file), pytest.raises(DatabaseUnavailable, match="database is locked"):
        channel.proposes("in vain")
    assert dump(file) == before
    channel.proposes("when it is free again")


@pytest.mark.long
def test_many_waiting_writers__block_no_reader_and_fail_in_time(
    file: Path, channel: Channel
) -> None:
    def write(number: int) -> float:
        started = time.monotonic()
        with pytest.raises(DatabaseUnavailable):
            channel.proposes(f"in vain {number}")
        return time.monotonic() - started

    with locked(file), ThreadPoolExecutor(WRITERS) as writing:
        waits = [writing.submit(write, number) for number in range(WRITERS)]
        assert channel.database.is_readable()
        assert not any(wait.done() for wait in waits)
    assert max(wait.result() for wait in waits) < 2 * BUSY_TIMEOUT_MS / 1000


def test_file_locked_at_opening__is_refused(file: Path) -> None:
    with locked(file), pytest.raises(UnusableDatabase, match=r"can't be opened: .*locked"):
        open_database(f"sqlite:///{file}")


def test_disk_full_at_first_opening__is_refused(tmp_path: Path) -> None:
    # The migrations are one transaction: either all tables exist or none.
    new = tmp_path / "new.db"
    sqlite3.connect(new).close()
    with full_disk(new), pytest.raises(UnusableDatabase, match="disk is full"):
        open_database(f"sqlite:///{new}")
    assert dump(new) == ["BEGIN TRANSACTION;", "COMMIT;"]
    open_database(f"sqlite:///{new}").close()


def damage(file: Path) -> None:
    """Overwrite all pages except the first, which identifies the file as a database."""
    with file.open("r+b") as damaged:
        for page in range(1, file.stat().st_size // PAGE):
            damaged.seek(page * PAGE)
            damaged.write(b"\xff" * PAGE)


def test_file_damaged_in_use__raises_unavailable(file: Path, channel: Channel) -> None:
    fill(channel)
    channel.database.close()
    damage(file)
    with pytest.raises(DatabaseUnavailable, match="malformed"):
        channel.proposes("in vain")


DESTROY: dict[str, Callable[[Path], None]] = {
    "deleted": Path.unlink,
    "emptied": lambda file: os.truncate(file, 0),
}


@pytest.mark.parametrize("destroy", DESTROY.values(), ids=DESTROY)
def test_deleted_or_empty_file__is_not_readable(
    file: Path, channel: Channel, destroy: Callable[[Path], None]
) -> None:
    fill(channel)
    assert channel.database.is_readable()
    channel.database.close()  # The page cache is gone then.
    destroy(file)
    assert not channel.database.is_readable()


def test_file_damaged_under_open_connection__is_not_readable(file: Path, channel: Channel) -> None:
    fill(channel)
    assert channel.database.is_readable()
    with closing(sqlite3.connect(file)) as other, other:
        # After a change, the open connection drops its page cache.
        other.execute("UPDATE board SET name = 'changed'")
        other.commit()
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(file)
    assert not channel.database.is_readable()
