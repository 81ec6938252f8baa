"""Database access: opening, migrations, and transactions."""

import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
)
from sqlmodel import Session, SQLModel, select

from storage import schedule
from storage.batch import Batch, Write, do_nothing
from storage.database_url import display_url
from storage.engine import (
    build_engine,
    disable_sync,
    enable_wal,
    make_read_only,
    migrator,
    reader,
    writer,
)
from storage.exceptions import CommitOutcomeUnknown, DatabaseUnavailable, UnusableDatabase
from storage.locks import STORE, WriterLock, acquire
from storage.outage import OutageLog, Work
from storage.preconditions import (
    require_not_moved,
    require_own_tables,
    require_readable_tables,
    require_suitable_server,
    require_table_rights,
)
from storage.store_files import FileChanged, StoreFiles
from storage.tables import StoreRow
from storage.time_limits import (
    SecondsLeft,
    no_deadline,
    one_wait_for_lock,
    patience,
    sqlite_lock_seconds,
)

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_SECONDS = 600  # for each statement
# Errors in a statement, not in the database.
STATEMENT_ERRORS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
CORRUPTION_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
# Writes without changing anything. BEGIN alone succeeds on a read-only file.
WRITE_PROBE = "UPDATE alembic_version SET version_num = version_num"

__all__ = [
    "CommitOutcomeUnknown",
    "Database",
    "DatabaseInfo",
    "DatabaseUnavailable",
    "Session",
    "UnusableDatabase",
    "create_schema",
    "describe_failure",
    "dialect_insert",
    "insert_into",
    "open_database",
    "open_read_only",
    "require_writable",
    "server_transaction",
]


@dataclass(frozen=True)
class DatabaseInfo:
    """Facts about an opened database: its location (without a password), schema, and id.

    `store_id` is empty if the database has an older schema and was opened only for reading.
    """

    location: str
    schema: str
    store_id: str = ""
    is_new: bool = False


class Database:
    """An engine and its transactions.

    `transaction` and `snapshot` raise DatabaseUnavailable if the database can't be used. Nothing
    was written then, unless it is CommitOutcomeUnknown. `changed` is set after each transaction.
    """

    def __init__(
        self,
        reader: Engine,
        writer: Engine,
        files: StoreFiles,
        info: DatabaseInfo,
    ) -> None:
        self.info = info
        self._files = files
        self._outage = OutageLog()
        self._engine = reader
        self._writer = writer
        self.changed = threading.Event()
        self._cannot_write = threading.Event()
        self._watching = threading.Lock()
        self._watcher: Connection | None = None
        self._of_thread = threading.local()
        self._sqlite_writer = threading.Lock()

    @contextmanager
    def transaction(self, lock: WriterLock, *, reschedules: bool = True) -> Iterator[Session]:
        """Yield a session that writes. Commit everything at the end, or nothing.

        Wait for the transactions that hold the same lock. `lock` says what the session writes. The
        scheduler then checks the lock's boards, unless `reschedules` is False: use that only for
        writes that can't change when anything is due.
        """
        at_commit = False
        try:
            with (
                self._available(Work.WRITE),
                self._turn_to_write(),
                Session(self._writer) as session,
                session.begin(),
            ):
                acquire(session, lock)
                yield session
                session.flush()
                if reschedules:
                    schedule.void(session)
                self._files.require_unchanged()
                at_commit = True
        except DatabaseUnavailable as error:
            self._cannot_write.set()
            if at_commit and _is_disconnect(error):
                raise CommitOutcomeUnknown(str(error)) from error
            raise
        self._cannot_write.clear()
        self.changed.set()

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Yield a session that reads one consistent state and never writes."""
        with self._available(Work.READ), Session(self._engine) as session:
            yield session

    def version(self) -> object:
        """Return a value that differs from an earlier one if anything was committed in between.

        It says so of every process's commits. It may differ although nothing changed.
        """
        with self._available(Work.READ):
            if self._engine.dialect.name == "sqlite":
                return self._sqlite_version()
            with self._engine.connect() as connection:
                # The transactions whose effects are visible now, as text.
                return connection.exec_driver_sql("SELECT txid_current_snapshot()::text").scalar()

    def _sqlite_version(self) -> object:
        """Return what a connection that never writes knows of others' commits.

        The value means something only to the connection that it comes from:
        https://www.sqlite.org/pragma.html#pragma_data_version
        """
        with self._watching:
            if self._watcher is None or self._watcher.invalidated:
                self._watcher = self._engine.connect()
            try:
                version = self._watcher.exec_driver_sql("PRAGMA data_version").scalar()
                return id(self._watcher), version
            finally:
                self._watcher.rollback()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write what this thread passes to `write_together` at the end of the block.

        Raise an error as `transaction` does. What was written before it stays.
        """
        batch = self._of_thread.batch = Batch()
        try:
            yield
        finally:
            self._of_thread.batch = None
        self._write(batch)

    def write_together(
        self,
        lock: WriterLock,
        write: Write,
        row: Hashable,
        when_stored: Callable[[], None] = do_nothing,
    ) -> None:
        """Write a row in a transaction: now, or at the end of a batch with others.

        `write` takes rows that share the lock, and returns those that changed something. After the
        commit, `when_stored` runs if the row is one of them.
        """
        current: Batch | None = getattr(self._of_thread, "batch", None)
        batch = Batch() if current is None else current
        batch.add(lock, write, row, when_stored)
        if current is None:
            self._write(batch)

    def _write(self, batch: Batch) -> None:
        """Write a batch. Votes make nothing due, and must not pay for another statement.

        A first reaction makes someone a person to remind. But while reminders are due, the
        scheduler checks the board each minute.
        """
        batch.write(partial(self.transaction, reschedules=False))

    def is_readable(self) -> bool:
        """Return whether the database can be read now.

        Read the stored schema revision: a constant would not touch the file.
        """
        try:
            with self._engine.connect() as connection:
                revisions = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
                return revisions.first() is not None
        except (DBAPIError, FileChanged):
            return False

    def is_writable(self) -> bool:
        """Return whether the last transaction could write. If it couldn't, try again."""
        if self._cannot_write.is_set() or not self._files.are_unchanged():
            with suppress(DatabaseUnavailable), self.transaction(STORE) as session:
                session.connection().exec_driver_sql(WRITE_PROBE)
        return not self._cannot_write.is_set()

    def close(self) -> None:
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
        self._engine.dispose()

    @contextmanager
    def _turn_to_write(self) -> Iterator[None]:
        """Wait for this process's other writers of a SQLite file.

        SQLite would ask for the lock again after up to 100 ms, in no order. So votes waited as long
        as other threads wrote often: https://www.sqlite.org/c3ref/busy_timeout.html
        """
        if self._engine.dialect.name != "sqlite":
            yield
            return
        with one_wait_for_lock():
            if not self._sqlite_writer.acquire(timeout=sqlite_lock_seconds()):
                raise OperationalError(None, None, sqlite3.OperationalError("database is locked"))
            try:
                yield
            finally:
                self._sqlite_writer.release()

    @contextmanager
    def _available(self, work: Work) -> Iterator[None]:
        try:
            yield
        except STATEMENT_ERRORS:
            raise
        except (DBAPIError, FileChanged) as error:
            reason = f"{display_url(self._engine.url)} can't be used now: {describe_failure(error)}"
            self._outage.failed(work, reason)
            raise DatabaseUnavailable(reason) from error
        self._outage.worked(work)


def _is_disconnect(error: DatabaseUnavailable) -> bool:
    cause = error.__cause__
    return isinstance(cause, DBAPIError) and cause.connection_invalidated


def open_database(
    url: str,
    *,
    create: bool = True,
    create_folder: bool = False,
    throwaway: bool = False,
    seconds_left: SecondsLeft = no_deadline,
) -> Database:
    """Connect, and migrate to the newest schema. Raise UnusableDatabase with the reason.

    Unless `create` is set, a missing SQLite file and a database without tables are errors. Unless
    `create_folder` is set, a missing folder is an error. A `throwaway` SQLite file may be lost if
    the machine fails: no commit waits for the disk. A thread waits for PostgreSQL only as long as
    `seconds_left` says.
    """
    engine, files = build_engine(
        url, create=create, create_folder=create_folder, seconds_left=seconds_left
    )
    if throwaway and engine.dialect.name == "sqlite":
        event.listen(engine, "connect", disable_sync)
    return _connect(engine, files, partial(_migrate, create=create))


def open_read_only(url: str, *, allow_older: bool = False) -> Database:
    """Connect to an existing database, and change nothing. Raise UnusableDatabase with the reason.

    Refuse a schema other than this program's, because nothing is migrated. With `allow_older`,
    refuse only a missing or newer schema.
    """
    engine, files = build_engine(url, create=False)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", make_read_only)
    else:
        engine = engine.execution_options(postgresql_readonly=True)
    return _connect(engine, files, _require_schema if allow_older else _require_current_schema)


def require_writable(url: str) -> None:
    """Raise UnusableDatabase unless the existing database can be written now. Change nothing."""
    engine, _ = build_engine(url, create=False)
    try:
        with writer(engine).connect() as connection:
            if engine.dialect.name != "sqlite":
                require_table_rights(connection)
            connection.exec_driver_sql(WRITE_PROBE)
            connection.rollback()
    except (DBAPIError, FileChanged) as error:
        raise UnusableDatabase(
            f"{display_url(engine.url)} can't be written: {describe_failure(error)}"
        ) from error
    finally:
        engine.dispose()


@contextmanager
def server_transaction(url: str) -> Iterator[Connection]:
    """Yield a connection to a server, and commit all that it wrote at the end, or nothing.

    No other process writes or migrates meanwhile. Each statement may take long. Raise
    UnusableDatabase with the reason if the server can't be used.
    """
    engine, _ = build_engine(url, create=True)
    try:
        with patience(MIGRATION_SECONDS), migrator(engine).begin() as connection:
            yield connection
    except DBAPIError as error:
        raise UnusableDatabase(
            f"{display_url(engine.url)} can't be written: {describe_failure(error)}"
        ) from error
    finally:
        engine.dispose()


def create_schema(connection: Connection) -> None:
    """Create the newest schema in an empty database. Raise UnusableDatabase with the reason."""
    config, scripts = _alembic()
    _current_schema(connection, scripts)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    require_table_rights(connection)


def _connect(
    engine: Engine, files: StoreFiles, check: Callable[[Engine], DatabaseInfo]
) -> Database:
    try:
        info = check(engine)
    except (DBAPIError, FileChanged) as error:
        engine.dispose()
        raise UnusableDatabase(
            f"{display_url(engine.url)} can't be opened: {describe_failure(error)}"
        ) from error
    except UnusableDatabase:
        engine.dispose()
        raise
    return Database(reader(engine), writer(engine), files, info)


def describe_failure(error: DBAPIError | FileChanged) -> str:
    """Return the driver's message on one line (PostgreSQL's have several), with what to do."""
    if isinstance(error, FileChanged):
        return str(error)
    # psycopg's: without the statement's line and a position in it.
    primary = getattr(getattr(error.orig, "diag", None), "message_primary", None)
    message = " ".join((primary or str(error.orig)).split())
    is_damaged = getattr(error.orig, "sqlite_errorcode", None) in CORRUPTION_CODES
    return (
        f"{message}. Stop the bot and restore a copy made with `needle backup`."
        if is_damaged
        else message
    )


def insert_into(session: Session, table: type[SQLModel]) -> Any:
    """Return an INSERT that ON CONFLICT can extend, in the session's dialect."""
    return dialect_insert(session)(table)


def dialect_insert(session: Session) -> Callable[..., Any]:
    """Return the function that makes such an INSERT for this session's database."""
    return sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert


def _migrate(engine: Engine, *, create: bool) -> DatabaseInfo:
    config, scripts = _alembic()
    is_server = engine.dialect.name != "sqlite"
    if not is_server:
        # Don't change another program's file, not even its journal mode.
        with engine.connect() as connection:
            _current_schema(connection, scripts)
        engine.dispose()
        event.listen(engine, "connect", enable_wal)
    with patience(MIGRATION_SECONDS), migrator(engine).begin() as connection:
        previous = _current_schema(connection, scripts)
        if previous is None and not create:
            raise _no_schema(engine)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if is_server:
            require_table_rights(connection)
        connection.exec_driver_sql(WRITE_PROBE)
        require_not_moved(connection)
        store_id = connection.scalar(select(StoreRow.store_id))
    return DatabaseInfo(
        _location(engine),
        scripts.get_current_head() or "",
        store_id or "",
        is_new=previous is None,
    )


def _require_current_schema(engine: Engine) -> DatabaseInfo:
    info = _require_schema(engine)
    if info.schema != _alembic()[1].get_current_head():
        raise UnusableDatabase(
            f"{display_url(engine.url)} has an older schema. Run `needle run` once to update it."
        )
    with engine.connect() as connection:
        require_not_moved(connection)
    return info


def _require_schema(engine: Engine) -> DatabaseInfo:
    _, scripts = _alembic()
    with engine.connect() as connection:
        current = _current_schema(connection, scripts)
        has_id = inspect(connection).has_table("store")
        store_id = connection.scalar(select(StoreRow.store_id)) if has_id else None
    if current is None:
        raise _no_schema(engine)
    return DatabaseInfo(_location(engine), current, store_id or "")


def _no_schema(engine: Engine) -> UnusableDatabase:
    return UnusableDatabase(
        f"{display_url(engine.url)} has no schema. Run `needle run` once to create it."
    )


def _alembic() -> tuple[Config, ScriptDirectory]:
    config = Config()
    # A % would start a reference to another option:
    # https://alembic.sqlalchemy.org/en/latest/api/config.html
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config, ScriptDirectory.from_config(config)


def _current_schema(connection: Connection, scripts: ScriptDirectory) -> str | None:
    """Return the schema revision, or None if there is no schema.

    Raise UnusableDatabase if the database is another program's or a newer Needle's, or on a server
    that is set up otherwise. Every command opens its database through this function, so a mistake
    gets the same line from all of them.
    """
    is_server = connection.dialect.name != "sqlite"
    if is_server:
        require_readable_tables(connection)
    revisions = MigrationContext.configure(connection).get_current_heads()
    known = [script.revision for script in scripts.walk_revisions()]
    require_own_tables(connection, revisions, known)
    if is_server:
        require_suitable_server(connection, is_new=not revisions)
    return revisions[0] if revisions else None


def _location(engine: Engine) -> str:
    if engine.dialect.name == "sqlite":
        return str(Path(engine.url.database or "").absolute())
    return display_url(engine.url)
