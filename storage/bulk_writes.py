"""Writes of many rows in chunks, so that other writers never wait for long.

Each chunk is a transaction of its own. Only one transaction writes at a time, and a person's
command must be stored before Slack's deadline.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from storage.database import Database, Session
from storage.locks import WriterLock

CHUNK_ROWS = 500  # of a plain table: some 20 ms
# SQLite has no queue of writers: each tries again after at most 100 ms. So wait a bit longer.
# https://sqlite.org/src/file?name=src/main.c, sqliteDefaultBusyCallback
PAUSE_SECONDS = 0.12

Row = TypeVar("Row")
Result = TypeVar("Result")


def write_in_chunks(
    database: Database,
    lock: WriterLock,
    rows: Sequence[Row],
    write: Callable[[Session, Sequence[Row]], Result],
    *,
    chunk_rows: int = CHUNK_ROWS,
) -> Iterator[Result]:
    """Yield what `write` returns for each chunk, after its transaction.

    The rows of earlier chunks stay stored if a later chunk fails, so `write` must skip rows that
    are stored already. Raise DatabaseUnavailable as `Database.transaction` does.
    """
    for start in range(0, len(rows), chunk_rows):
        if start:
            time.sleep(PAUSE_SECONDS)
        with database.transaction(lock) as session:
            result = write(session, rows[start : start + chunk_rows])
        yield result
