"""The files of an open SQLite database, and a check that nobody moved or replaced them.

If a file is moved, deleted or replaced, an open connection reads and commits as before, but its
commits are lost when the process ends. With a write-ahead log, SQLite doesn't notice that:
https://www.sqlite.org/rescode.html#readonly_dbmoved. A connection that creates a second log can
even damage the database: https://www.sqlite.org/howtocorrupt.html#unlink.
"""

import os
import sqlite3
import threading
from pathlib import Path
from typing import Any
from weakref import WeakSet

LOG_SUFFIXES = ("-wal", "-shm")

# Device and inode. SQLite itself relies on both to identify files, so they are stable.
Identity = tuple[int, int]


class FileChanged(Exception):
    """A missing or replaced file of an open database. The message says what to do."""


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
            # SQLite resolves symbolic links before it names the log.
            self._logs = tuple(Path(f"{os.path.realpath(file)}{suffix}") for suffix in LOG_SUFFIXES)
        # Reentrant: garbage collection can close a connection in a thread that holds the lock.
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
        """Forget a closed connection. After the last one is closed, SQLite may create a new log."""
        with self._lock:
            self._connections.discard(connection)

    def require_unchanged(self) -> None:
        """Raise FileChanged if a file was moved, deleted or replaced since it was first seen."""
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
        """Record files that are new, because SQLite creates the log only when it's needed."""
        for path in (self._file, *self._logs):
            if path is None or path in self._opened:
                continue
            if (found := _identity(path)) is not None:
                self._opened[path] = found

    def are_unchanged(self) -> bool:
        """Return whether no file was moved, deleted or replaced."""
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
