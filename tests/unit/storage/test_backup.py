"""Backup of a database while others use it."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest

from storage.backup import back_up
from storage.database import Database, UnusableDatabase, open_database
from tests.support.channel import Channel

TIMEOUT = 20  # seconds
LARGE = 40_000_000  # bytes; copying them takes longer than writing a row


@pytest.fixture
def file(sqlite_database: Database, tmp_path: Path) -> Path:
    """The file of a database with a project."""
    Channel(sqlite_database).proposes("one")
    return tmp_path / "needle.db"


@contextmanager
def constant_writes(file: Path) -> Iterator[None]:
    """Write two rows in each of many transactions, in another thread."""
    stop, started = Event(), Event()

    def write() -> None:
        with closing(sqlite3.connect(file)) as writing:
            # Without waits for the disk, more writes fit into the time of the copy.
            writing.execute("PRAGMA synchronous = OFF")
            while not stop.is_set():
                with writing:
                    for _ in range(2):
                        writing.execute("INSERT INTO filling VALUES ('')")
                started.set()

    with closing(sqlite3.connect(file)) as filling, filling:
        filling.execute("CREATE TABLE filling (x)")
        filling.execute("INSERT INTO filling VALUES (zeroblob(?)), ('')", (LARGE,))
    with ThreadPoolExecutor() as pool:
        writer = pool.submit(write)
        try:
            assert started.wait(TIMEOUT)
            yield
        finally:
            stop.set()
            writer.result()


def count_rows(copy: Path, table: str) -> int:
    with closing(sqlite3.connect(copy)) as store:
        # Tests pass constants only.
        [(row_count,)] = store.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
    return int(row_count)


def test_backup_during_writes__holds_whole_transactions(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with ThreadPoolExecutor() as pool, constant_writes(file):
        size = pool.submit(back_up, f"sqlite:///{file}", copy).result(timeout=TIMEOUT)
    assert size == copy.stat().st_size > LARGE
    assert copy.stat().st_mode & 0o777 == 0o600, "only the owner may read it"
    assert count_rows(copy, "filling") % 2 == 0


def test_backup_during_a_transaction__holds_nothing_of_it(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("DELETE FROM project")
        back_up(f"sqlite:///{file}", tmp_path / "copy.db")
        writing.execute("COMMIT")
    assert (count_rows(tmp_path / "copy.db", "project"), count_rows(file, "project")) == (1, 0)


@pytest.mark.parametrize("name", ["50%23 done", "#1", "why? & über"])
def test_any_directory_name__can_be_backed_up(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    address = f"sqlite:///{quote(str(folder))}/needle.db"
    with closing(open_database(address)) as database:
        Channel(database).proposes("one")
        back_up(address, folder / "copy.db")
    assert count_rows(folder / "copy.db", "project") == 1


def test_older_schema__is_copied_as_it_is(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("UPDATE alembic_version SET version_num = '0001'")
    copy = tmp_path / "copy.db"
    back_up(f"sqlite:///{file}", copy)
    with closing(sqlite3.connect(copy)) as copied, closing(sqlite3.connect(file)) as store:
        assert list(copied.iterdump()) == list(store.iterdump())
        assert copied.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_empty_file__is_refused_and_leaves_no_copy(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.touch()
    with pytest.raises(UnusableDatabase, match="has no schema"):
        back_up(f"sqlite:///{other}", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == [other]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("garbage", "is not a valid database URL"),
        ("postgresql+psycopg://needle:secret@host:port/needle", "is not a valid database URL"),
        ("postgresql+psycopg://needle:secret@host/needle", "use pg_dump"),
    ],
)
def test_other_database_url__is_refused_with_a_reason(
    tmp_path: Path, url: str, message: str
) -> None:
    with pytest.raises(UnusableDatabase, match=message) as refusal:
        back_up(url, tmp_path / "copy.db")
    assert "secret" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "target",
    [
        "no/copy.db",
        "needle.db/copy.db",
        "round/copy.db",  # A loop of links fails where a forbidden folder would.
        "n" * 300,
        "n" * 250,  # The unfinished copy's name is longer.
    ],
)
def test_unwritable_target__is_refused_and_left_as_it_is(
    file: Path, tmp_path: Path, target: str
) -> None:
    (tmp_path / "round").symlink_to("round")
    before = set(tmp_path.iterdir())
    with pytest.raises(UnusableDatabase, match="can't be written"):
        back_up(f"sqlite:///{file}", tmp_path / target)
    assert set(tmp_path.iterdir()) == before


def test_tables_of_a_replication_tool__are_no_hindrance(file: Path, tmp_path: Path) -> None:
    # Litestream adds these to the database: https://github.com/benbjohnson/litestream
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")
        store.execute("CREATE TABLE _litestream_lock (id INTEGER)")
    url = f"sqlite:///{file}"
    with closing(open_database(url)) as database:
        assert database.is_writable()
    assert back_up(url, tmp_path / "copy.db") > 0
