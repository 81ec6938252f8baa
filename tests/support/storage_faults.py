"""Faults of the database: locked by another process, or on a full disk."""

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
    """Lock the database with a write transaction that doesn't end."""
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full_disk(store: Path) -> Iterator[None]:
    """Limit the file to its current size, so that SQLite reports a full disk.

    The limit applies to a connection, so each connection from the pool gets it and later loses it:
    https://www.sqlite.org/pragma.html#pragma_max_page_count.
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
        limit[0] = PLENTY  # restores the limit of pooled connections when they are used again
