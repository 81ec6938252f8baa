"""A store in straits: locked by another process, or on a disk that is full."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

PLENTY = 1_000_000  # pages


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Somebody else writes, and does not end."""
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full_disk(store: Path) -> Iterator[None]:
    """The file can grow no more: SQLite says what it says when the disk is full.

    https://www.sqlite.org/pragma.html#pragma_max_page_count holds for a connection, so each that is
    taken from a pool is told, and told otherwise in the end.
    """
    with closing(sqlite3.connect(store)) as reading:
        [(pages,)] = reading.execute("PRAGMA page_count").fetchall()
    limit = [max(pages, 1)]

    def limited(connection: Any, _record: object, _proxy: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute(f"PRAGMA max_page_count = {limit[0]}")

    event.listen(Pool, "checkout", limited)
    try:
        yield
    finally:
        limit[0] = PLENTY  # connections that were told otherwise are told this when taken again
