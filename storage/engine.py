"""Database engines: how connections are set up, and how their transactions begin."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from storage.database_url import INVALID_URL, display_url, parse_url
from storage.exceptions import UnusableDatabase
from storage.store_files import StoreFiles
from storage.time_limits import (
    LOCK_SECONDS,
    SecondsLeft,
    idle_seconds,
    lock_seconds,
    no_deadline,
    sqlite_lock_seconds,
)

BUSY_TIMEOUT_MS = round(1000 * LOCK_SECONDS)
# The advisory lock that all writers share, and that a migration has alone. Earlier versions'
# writers have it alone too. Any number that no other program on the server uses.
WRITERS_LOCK = 0x6E6565646C65
# The file holds scores of colleagues' projects. SQLite's log beside it gets the same mode.
PRIVATE_FILE_MODE = 0o600
PRIVATE_FOLDER_MODE = 0o700
CHOOSE_A_FOLDER = "Set DATABASE_URL to a file in a folder that Needle can write to."


def build_engine(
    url: str,
    *,
    create: bool,
    create_folder: bool = False,
    seconds_left: SecondsLeft = no_deadline,
) -> tuple[Engine, StoreFiles]:
    """Return an engine for a URL, and the files that it must find unchanged.

    Create a missing file or folder only if told so. Raise UnusableDatabase with the reason.
    """
    address = parse_url(url)
    try:
        # Keep parameters out of errors: what people wrote must not get into logs. Threads are few,
        # so none has to wait for another's connection.
        engine = create_engine(
            address,
            hide_parameters=True,
            json_deserializer=from_json,  # a third of the time that `json.loads` takes
            poolclass=QueuePool,
            pool_pre_ping=address.get_backend_name() != "sqlite",  # a file doesn't hang up
            max_overflow=-1,
        )
    except ArgumentError as error:  # The message quotes the option, such as a port.
        raise UnusableDatabase(INVALID_URL) from error
    except ModuleNotFoundError as error:
        raise UnusableDatabase(
            f"DATABASE_URL needs the Python module {error.name!r}, which is not installed. Install"
            " requirements/postgresql.txt."
        ) from error
    files = StoreFiles(None)
    if engine.dialect.name == "sqlite":
        _check_file(engine, create=create, create_folder=create_folder)
        files = StoreFiles(Path(engine.url.database or "").absolute())
        _watch_files(engine, files)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgres)
    if engine.driver == "psycopg":
        # psycopg is an optional dependency.
        from storage.postgresql import limit_waits, require_known_options

        require_known_options(engine.url.query)
        limit_waits(engine, seconds_left)
    return engine, files


def _check_file(engine: Engine, *, create: bool, create_folder: bool) -> None:
    """Raise UnusableDatabase if the file can't be opened, and create it if needed.

    For a missing folder, SQLite would say only "unable to open database file".
    """
    path = engine.url.database or ""
    try:
        if Path(path).is_dir():
            raise UnusableDatabase(f"{display_url(engine.url)} can't be opened: it is a directory")
    except OSError as error:  # The name is too long, or its folder is closed to this user.
        raise UnusableDatabase(
            f"{display_url(engine.url)} can't be opened: {error.strerror}. {CHOOSE_A_FOLDER}"
        ) from error
    if Path(path).is_symlink() and not Path(path).exists():
        # Create nothing: the target may be on a disk that isn't mounted now.
        target = Path(os.path.realpath(path))
        missing = f"file {target}" if target.parent.is_dir() else f"directory {target.parent}"
        raise UnusableDatabase(
            f"{display_url(engine.url)} can't be opened: the {missing} doesn't exist"
        )
    if not create and not Path(path).exists():
        raise UnusableDatabase(
            f"{display_url(engine.url)} doesn't exist. Run `needle run` once to create it."
        )
    folder = Path(path).absolute().parent
    if create_folder:
        _create(engine, lambda: folder.mkdir(PRIVATE_FOLDER_MODE, parents=True, exist_ok=True))
    if not folder.is_dir():
        raise UnusableDatabase(
            f"{display_url(engine.url)} can't be opened: the directory {folder} doesn't exist"
        )
    if create and not Path(path).exists():
        _create(engine, lambda: Path(path).touch(PRIVATE_FILE_MODE))


def _create(engine: Engine, create: Callable[[], None]) -> None:
    """Create a file or folder. Raise UnusableDatabase with the reason if that isn't possible.

    SQLite would say "unable to open database file", whatever the reason.
    """
    try:
        create()
    except OSError as error:
        raise UnusableDatabase(
            f"{display_url(engine.url)} can't be created: {error.strerror}. {CHOOSE_A_FOLDER}"
        ) from error


def _watch_files(engine: Engine, files: StoreFiles) -> None:
    """Make the engine open connections only to the files that its first connection opened."""

    def connect(_dialect: object, _record: object, args: Any, parameters: Any) -> Any:
        # `rw`: a missing file is an error. By default, SQLite creates an empty one.
        return files.connect(uri=f"{Path(args[0]).as_uri()}?mode=rw", **parameters)

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "close", lambda connection, _record: files.forget(connection))


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # None: the driver leaves BEGIN to us (SQLAlchemy, "Serializable isolation / Savepoints").
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    # Each commit waits for the disk. SQLite may be built with another default:
    # https://www.sqlite.org/compile.html#default_wal_synchronous
    connection.execute("PRAGMA synchronous = FULL")
    # A host may have no folder for temporary files: https://www.sqlite.org/tempfiles.html
    connection.execute("PRAGMA temp_store = MEMORY")


def disable_sync(connection: Any, _record: object) -> None:
    """Let no commit wait for the disk."""
    connection.execute("PRAGMA synchronous = OFF")


def make_read_only(connection: Any, _record: object) -> None:
    """Refuse all writes of a connection."""
    connection.execute("PRAGMA query_only = ON")


def enable_wal(connection: Any, _record: object) -> None:
    """Turn on write-ahead logging: readers and the writer don't wait for each other.

    If two processes do this to a new file, SQLite refuses one at once, whatever the busy time-out,
    because each would wait for the other's lock. So wait here.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def reader(engine: Engine) -> Engine:
    """Return an engine whose transactions read one snapshot. PostgreSQL must be asked for that."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def writer(engine: Engine) -> Engine:
    """Return an engine whose transactions write.

    In SQLite they run one at a time. In PostgreSQL those with the same lock do.
    """
    return engine.execution_options(writes=True)


def migrator(engine: Engine) -> Engine:
    """Return an engine whose transactions run while no other transaction writes."""
    return engine.execution_options(writes=True, migrates=True)


def _is_writer(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes"))


def _begin_sqlite(connection: Connection) -> None:
    # By default SQLite locks at the first write. A transaction that has read before then fails if
    # another one has written since. So writers take the lock at BEGIN.
    wait_ms = round(1000 * sqlite_lock_seconds())
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA busy_timeout = {wait_ms}")  # the writer may have waited for its turn
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writer(connection) else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if _is_writer(connection):
        idle_ms, lock_ms = round(1000 * idle_seconds()), round(1000 * lock_seconds())
        connection.exec_driver_sql(
            f"SELECT set_config('lock_timeout', '{lock_ms}', true),"
            f" set_config('idle_in_transaction_session_timeout', '{idle_ms}', true)"
        )
        shared = "" if connection.get_execution_options().get("migrates") else "_shared"
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock{shared}({WRITERS_LOCK})")
