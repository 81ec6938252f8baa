"""Backup of a SQLite database while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.database import UnusableDatabase, open_read_only
from storage.database_url import sqlite_file
from storage.engine import PRIVATE_FILE_MODE


def back_up(url: str, to: Path) -> int:
    """Copy a SQLite database into a new file. Return the copy's size in bytes.

    Raise UnusableDatabase if the database can't be read or the copy can't be written.

    This is SQLite's own backup, in one step. With several steps, each write by another process
    would start it again (sqlite.org/backup.html). In one step it only reads, and no writer waits
    for that (sqlite.org/wal.html). An older schema is copied as it is: a backup matters most before
    an upgrade.
    """
    store = sqlite_file(url)
    if store is None:
        raise UnusableDatabase(
            "`needle backup` copies only SQLite databases. For PostgreSQL, use pg_dump."
        )
    open_read_only(url, allow_older=True).close()  # Raises UnusableDatabase with a readable reason.
    try:
        if to.exists():
            raise UnusableDatabase(f"{to} exists. Name a new file.")
        _copy(store, to)
        return to.stat().st_size
    except (sqlite3.Error, OSError) as error:
        raise UnusableDatabase(f"{to} can't be written: {error}") from error


def _copy(store: Path, to: Path) -> None:
    """Write the copy under another name, check it, and rename it."""
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
            raise UnusableDatabase(f"The copy is damaged ({verdict}) and was deleted.")
        unfinished.rename(to)
    finally:
        unfinished.unlink(missing_ok=True)
