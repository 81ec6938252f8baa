"""A database whose files are moved, deleted or replaced while it is open."""

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage.backup import back_up
from storage.boards import boards
from storage.database import Database, DatabaseUnavailable, Session, open_database
from storage.locks import STORE
from tests.support.channel import PROPOSAL, Channel


@pytest.fixture
def channel(sqlite_database: Database) -> Channel:
    """A channel whose newest facts are in the write-ahead log."""
    return Channel(sqlite_database)


def restore_copy(file: Path) -> None:
    """Replace the file as a backup tool does: with a rename."""
    copy = file.with_name("copy.db")
    back_up(f"sqlite:///{file}", copy)
    copy.rename(file)


def replace_log(file: Path) -> None:
    log = file.with_name("needle.db-wal")
    Path(shutil.copy(log, "copy-wal")).replace(log)


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "file deleted": (Path.unlink, "needle.db was moved or deleted. Put it back, or stop"),
    "file moved": (lambda file: file.rename("aside.db"), "needle.db was moved or deleted. Put it"),
    "file replaced": (restore_copy, "needle.db was replaced. Put the old file back, or stop"),
    "log deleted": (
        lambda file: file.with_name("needle.db-wal").unlink(),
        "needle.db-wal was moved or deleted. Stop all Needle processes",
    ),
    "log replaced": (replace_log, "needle.db-wal was replaced. Stop all Needle processes"),
    "index deleted": (
        lambda file: file.with_name("needle.db-shm").unlink(),
        "needle.db-shm was moved or deleted. Stop all Needle processes",
    ),
}


@pytest.mark.parametrize(("change", "message"), CHANGES.values(), ids=CHANGES)
def test_file_changes_while_open__refuses_writes(
    store_file: Path,
    channel: Channel,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    change: Callable[[Path], object],
    message: str,
) -> None:
    monkeypatch.chdir(store_file.parent)
    channel.proposes("before")
    assert channel.database.is_writable()
    change(store_file)
    assert not channel.database.is_writable(), "before anyone tries to write"
    for origin in ("V1", "V2"):
        with pytest.raises(DatabaseUnavailable, match=message):
            channel.proposes(origin)
    assert [record.message for record in caplog.records] == ["database_unavailable"]


@pytest.mark.parametrize(("change", "message"), CHANGES.values(), ids=CHANGES)
def test_file_changes_before_the_first_write__refuses_it(
    store_file: Path,
    channel: Channel,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], object],
    message: str,
) -> None:
    monkeypatch.chdir(store_file.parent)
    channel.proposes("before")
    channel.database.close()
    with (
        closing(open_database(f"sqlite:///{store_file}")) as database,
        closing(sqlite3.connect(store_file)) as other,
    ):
        other.execute("SELECT * FROM board").fetchall()  # keeps the log
        change(store_file)
        assert not database.is_writable()
        with (
            pytest.raises(DatabaseUnavailable, match=message),
            database.transaction(STORE) as session,
        ):
            boards.list_all(session)


def test_file_changes_during_transaction__refuses_commit(
    store_file: Path, channel: Channel
) -> None:
    def write(session: Session) -> None:
        channel.propose_in(session, "V1", PROPOSAL)
        store_file.unlink()

    with (
        pytest.raises(DatabaseUnavailable, match="moved or deleted"),
        channel.database.transaction(STORE) as session,
    ):
        write(session)


def test_missing_file__is_not_created_by_a_connection(store_file: Path, channel: Channel) -> None:
    database = channel.database
    with database.snapshot() as session:
        boards.list_all(session)  # takes the only connection
        store_file.unlink()
        assert not database.is_readable()
        with pytest.raises(DatabaseUnavailable), database.snapshot() as other:
            boards.list_all(other)
    assert not store_file.exists()


def test_file_comes_back__writes_again(
    store_file: Path, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    aside = store_file.rename(store_file.with_name("aside.db"))
    with pytest.raises(DatabaseUnavailable):
        channel.proposes("V1")
    aside.rename(store_file)
    assert channel.database.is_writable()
    channel.proposes("V2")
    assert [record.message for record in caplog.records] == [
        "database_unavailable",
        "database_available_again",
    ]


def test_log_is_deleted__restart_loses_nothing(store_file: Path, channel: Channel) -> None:
    channel.proposes("V1")
    store_file.with_name("needle.db-wal").unlink()
    with pytest.raises(DatabaseUnavailable):
        channel.proposes("V2")
    channel.database.close()
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        again = Channel(database, "C2")
        again.channel_id = "C1"
        assert again.proposes("V3") == 2


def test_all_connections_close__new_log_is_accepted(store_file: Path, channel: Channel) -> None:
    for number in range(3):
        channel.proposes(f"V{number}")
        channel.database.close()
        assert not store_file.with_name("needle.db-wal").exists(), "SQLite has deleted it"
    assert channel.database.is_writable()


def test_last_connection_of_another_process__changes_nothing(
    store_file: Path, channel: Channel
) -> None:
    with closing(sqlite3.connect(store_file)) as other:
        other.execute("SELECT * FROM board").fetchall()
    channel.proposes("V1")


def test_link_leads_to_another_file__refuses_writes(store_file: Path) -> None:
    folder = store_file.parent
    link = folder / "link.db"
    link.symlink_to(store_file)
    with closing(open_database(f"sqlite:///{link}")) as database:
        channel = Channel(database)
        other = folder / "other.db"
        back_up(f"sqlite:///{link}", other)
        link.unlink()
        link.symlink_to(other)
        with pytest.raises(DatabaseUnavailable, match=r"link\.db was replaced"):
            channel.proposes("V1")


def test_log_beside_the_file_of_a_link__is_watched(store_file: Path, tmp_path: Path) -> None:
    link = tmp_path / "links" / "link.db"
    link.parent.mkdir()
    link.symlink_to(store_file)
    with closing(open_database(f"sqlite:///{link}")) as database:
        channel = Channel(database)
        store_file.with_name("needle.db-wal").unlink()
        with pytest.raises(DatabaseUnavailable, match=r"needle\.db-wal was moved or deleted"):
            channel.proposes("V1")
