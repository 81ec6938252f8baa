"""The files of an open SQLite database, and whether they are still the ones that were opened.

If a file is moved, deleted or replaced, an open connection reads and commits as before, but its
commits are lost with the process. SQLite checks that only for rollback journals, not for a
write-ahead log: https://www.sqlite.org/rescode.html#readonly_dbmoved. A connection that creates a
second log can even damage the database: https://www.sqlite.org/howtocorrupt.html#unlink.
"""

import os
import sqlite3
import threading
from pathlib import Path
from typing import Any
from weakref import WeakSet

LOG_SUFFIXES = ("-wal", "-shm")

# Device and inode. SQLite tells files apart by them too, so file systems keep them stable.
Identity = tuple[int, int]


class FileChanged(Exception):
    """A missing or replaced file of an open database. The text says what to do."""


class Connection(sqlite3.Connection):
    """A connection that can be in a WeakSet."""


class StoreFiles:
    """The database file, its write-ahead log, and the log's index.

    The file must stay the same while this process runs. SQLite creates the log and its index with
    the first connection, and deletes them with the last one.
    """

    def __init__(self, file: Path | None) -> None:
        """Start without a connection. `file` is None for a database on a server."""
        self._file = file
        self._logs: tuple[Path, ...] = ()
        if file is not None:
            # SQLite resolves links first.
            self._logs = tuple(Path(f"{os.path.realpath(file)}{suffix}") for suffix in LOG_SUFFIXES)
        # Reentrant: garbage collection can close a forgotten connection in a thread that has it.
        self._lock = threading.RLock()
        self._connections: WeakSet[Connection] = WeakSet()
        self._opened: dict[Path, Identity] = {}

    def connect(self, *, uri: str, **parameters: Any) -> Connection:
        """Return a new connection to an existing file. Raise FileChanged if a file has changed."""
        self.require_unchanged()
        connection = sqlite3.connect(uri, uri=True, factory=Connection, **parameters)
        try:
            connection.execute("PRAGMA schema_version")  # SQLite opens the log at the first read.
        except sqlite3.Error:
            connection.close()
            raise
        with self._lock:
            self._connections.add(connection)
            self._record_new_files()
        return connection

    def forget(self, connection: Any) -> None:
        """Forget a closed connection. After the last one, SQLite may create another log."""
        with self._lock:
            self._connections.discard(connection)

    def require_unchanged(self) -> None:
        """Raise FileChanged unless each file is the one that was there when it was first seen."""
        if self._file is None:
            return
        with self._lock:
            if self._connections:
                self._record_new_files()
            else:
                for log in self._logs:
                    self._opened.pop(log, None)
            for path, opened in self._opened.items():
                found = _identity(path)
                if found != opened:
                    raise FileChanged(_describe(path, found, is_log=path in self._logs))

    def _record_new_files(self) -> None:
        """Record the files that weren't there before: SQLite creates the log when it needs it."""
        for path in (self._file, *self._logs):
            if path is not None and (found := _identity(path)) is not None:
                self._opened.setdefault(path, found)

    def are_unchanged(self) -> bool:
        """Return whether each file is the one that was opened."""
        try:
            self.require_unchanged()
        except FileChanged:
            return False
        return True


def _identity(path: Path) -> Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _describe(path: Path, found: Identity | None, *, is_log: bool) -> str:
    change = "moved or deleted" if found is None else "replaced"
    if is_log:
        return (
            f"{path.name} was {change}. Stop all Needle processes on this host, then start Needle."
        )
    advice = "Put it back" if found is None else "Put the old file back"
    return f"{path.name} was {change}. {advice}, or stop Needle and restore a backup."
