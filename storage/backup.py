"""A consistent copy of the store, made while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.database import PRIVATE_FILE_MODE, UnusableDatabase, open_read_only, parse_url


def back_up(url: str, to: Path) -> int:
    """Copy a SQLite store into a new file; its size in bytes. Raises `UnusableDatabase`.

    SQLite's own backup, in one step: between steps, each write of others makes it begin again
    (sqlite.org/backup.html), and in one it only reads, for which no writer waits
    (sqlite.org/wal.html). An older schema is copied as it is: a copy is wanted most
    before an upgrade.
    """
    address = parse_url(url)
    if address.get_backend_name() != "sqlite":
        raise UnusableDatabase("Only SQLite is backed up here: for PostgreSQL use pg_dump.")
    open_read_only(url, allow_older=True).close()  # what can't be read is told in words
    try:
        if to.exists():
            raise UnusableDatabase(f"{to} is there already: name a new file.")
        _copy(Path(address.database or ""), to)
        return to.stat().st_size
    except (sqlite3.Error, OSError) as error:
        raise UnusableDatabase(f"{to} can't be written: {error}") from error


def _copy(store: Path, to: Path) -> None:
    """Under its name there is a copy only when it is whole, and was checked."""
    unfinished = to.with_name(f"{to.name}.unfinished")
    unfinished.touch(mode=PRIVATE_FILE_MODE)
    try:
        with (
            closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy)
            [(verdict,)] = copy.execute("PRAGMA integrity_check(1)").fetchall()
        if verdict != "ok":
            raise UnusableDatabase(f"The copy is damaged ({verdict}): nothing was kept.")
        unfinished.rename(to)
    finally:
        unfinished.unlink(missing_ok=True)
