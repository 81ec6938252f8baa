"""Copy of a SQLite store into an empty PostgreSQL database.

One transaction on PostgreSQL creates the schema, copies every row, and compares every row. So the
database has the whole store, or nothing: an interrupted copy leaves it empty. No other connection
can use the file meanwhile. After the commit, the file is marked, so that no bot uses it by
accident. If the process ends between the two, the command can be repeated: it finds the copy,
compares it again, and marks the file.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    Text,
    bindparam,
    cast,
    collate,
    column,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import NullPool

from storage.database import (
    WRITE_PROBE,
    UnusableDatabase,
    create_schema,
    describe_failure,
    open_read_only,
    server_transaction,
)
from storage.database_url import display_url, parse_url, sqlite_file
from storage.engine import BUSY_TIMEOUT_MS
from storage.preconditions import VERSION_TABLE, require_empty, require_not_moved
from storage.stored_values import UnstorableValue, converter, decode_text
from storage.tables import StoreRow

CHUNK_ROWS = 1_000  # in memory at once
REPORT_ROWS = 50_000

TABLES: tuple[Table, ...] = tuple(StoreRow.metadata.sorted_tables)  # what they refer to comes first
STORE: Table = StoreRow.metadata.tables["store"]
WRONG_COPY = (
    "The copy differs from the original in the table {table}, so nothing was copied. This is a bug"
    " in Needle: report it."
)
CHANGED_COPY = (
    "{location} has a copy of this database that was used since: the table {table} differs. To"
    " continue with that copy, start the bot with it. To copy again, create an empty database."
)
SET_SEQUENCE = text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)")

SCHEMA_REVISION: Select[Any] = select(column("version_num")).select_from(table(VERSION_TABLE))
STORE_ID: Select[Any] = select(STORE.c.store_id)

Row = tuple[Any, ...]
Report = Callable[[str], None]


@dataclass(frozen=True)
class StoreCopy:
    """A complete copy: where it is, how many rows it has, and which tables aren't Needle's."""

    location: str
    rows: int
    foreign_tables: tuple[str, ...]
    was_complete: bool  # An earlier run copied everything, but could not say so.


def copy_to_server(url: str, server_url: str, report: Report) -> StoreCopy:
    """Copy the SQLite store into the empty PostgreSQL database, and mark the file as moved.

    `report` gets a line after each table. Raise UnusableDatabase with the reason: the database is
    empty then, unless the reason says that the copy is complete.
    """
    file = sqlite_file(url)
    if file is None:
        raise UnusableDatabase(
            "`needle migrate-store` copies only SQLite databases, and DATABASE_URL names another."
            " Set DATABASE_URL to the SQLite database."
        )
    location = _server_location(server_url)
    open_read_only(url).close()  # Raises UnusableDatabase with a readable reason.
    with _only_user_of(url, file) as source:
        with _naming_the_argument(), server_transaction(server_url) as server:
            was_complete = _is_copy_of(server, source)
            if not was_complete:
                require_empty(server)
                create_schema(server)
                _copy_tables(source, server, report)
            report("comparing every row")
            difference = CHANGED_COPY if was_complete else WRONG_COPY
            rows = _compare_tables(source, server, location, difference)
        _mark_as_moved(source, location)
        return StoreCopy(location, rows, source.foreign_tables, was_complete)


def _server_location(server_url: str) -> str:
    """Return the URL for people. Raise UnusableDatabase unless it names a server."""
    with _naming_the_argument():
        address = parse_url(server_url)
        if address.get_backend_name() == "sqlite":
            raise UnusableDatabase("DATABASE_URL must start with postgresql+psycopg://")
        return display_url(address)


@contextmanager
def _naming_the_argument() -> Iterator[None]:
    """Say URL in errors about the server, which others know as DATABASE_URL."""
    try:
        yield
    except UnusableDatabase as error:
        raise type(error)(str(error).replace("DATABASE_URL", "URL")) from error


class _Source:
    """The SQLite file, on a connection that no other one can disturb."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.location = display_url(connection.engine.url)
        names = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
        self.foreign_tables = tuple(sorted(names - set(StoreRow.metadata.tables)))

    def rows(
        self, source: Table, columns: Sequence[Column[Any]], *, only_with: str = ""
    ) -> Iterator[Row]:
        """Yield the rows in the order of their primary key, as PostgreSQL would return them."""
        converters = [converter(column_.type) for column_ in columns]
        key: list[Any] = [column(column_.name) for column_ in source.primary_key.columns]
        stored_columns: list[Any] = [column(column_.name) for column_ in columns]
        statement: Select[Any] = select(*key, *stored_columns).select_from(table(source.name))
        if only_with:
            statement = statement.where(column(only_with).is_not(None))
        for stored in self._read(statement.order_by(*key)):
            identity, values = stored[: len(key)], stored[len(key) :]
            yield tuple(
                None if value is None else self._convert(source, identity, column_, convert, value)
                for column_, convert, value in zip(columns, converters, values, strict=True)
            )

    def highest(self, source: Table, name: str) -> int:
        """Return the highest number in a column, or 0."""
        statement: Select[Any] = select(func.max(column(name))).select_from(table(source.name))
        [(found,)] = self._read(statement)
        return int(found or 0)

    def has_same(self, server: Connection, statement: Select[Any]) -> bool:
        """Return whether a statement returns the same rows from the server as from the file."""
        return list(self._read(statement)) == list(map(tuple, server.execute(statement)))

    def _read(self, statement: Select[Any]) -> Iterator[Row]:
        try:
            for chunk in self.connection.execute(statement).partitions(CHUNK_ROWS):
                yield from map(tuple, chunk)
        except DBAPIError as error:
            raise UnusableDatabase(
                f"{self.location} can't be read: {describe_failure(error)}"
            ) from error

    def _convert(
        self,
        source: Table,
        identity: Row,
        column_: Column[Any],
        convert: Callable[[Any], Any],
        value: Any,
    ) -> Any:
        try:
            return convert(value)
        except UnstorableValue as error:
            raise UnusableDatabase(
                f"{self.location}: PostgreSQL can't store {column_.name} of {source.name}"
                f" {', '.join(map(str, identity))}: it {error}. Change the value in the file, and"
                " run the command again."
            ) from error


@contextmanager
def _only_user_of(url: str, file: Path) -> Iterator[_Source]:
    """Yield the file, in a transaction. Nobody else can even open it.

    Raise UnusableDatabase if anyone has it open: a bot that goes on would write to the old file. In
    the exclusive mode, the first access locks the file, and each connection with a write-ahead log
    keeps a shared lock: https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
        )
        connection.text_factory = decode_text
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}").fetchall()
        return connection

    engine = create_engine(
        parse_url(url), creator=connect, poolclass=NullPool, hide_parameters=True
    )
    location = display_url(engine.url)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
            connection.exec_driver_sql(WRITE_PROBE)
            require_not_moved(connection)
            source = _Source(connection)
            _require_known_columns(source)
            yield source
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            raise UnusableDatabase(
                f"{location} is in use. Stop the bot, and every other program that has the file"
                " open. Then run the command again."
            ) from error
        raise UnusableDatabase(f"{location} can't be written: {describe_failure(error)}") from error
    finally:
        engine.dispose()


def _require_known_columns(source: _Source) -> None:
    inspector = inspect(source.connection)
    for table_ in TABLES:
        found = {str(column_["name"]) for column_ in inspector.get_columns(table_.name)}
        if difference := found ^ set(table_.columns.keys()):
            raise UnusableDatabase(
                f"{source.location} has other columns than this version of Needle: {table_.name}."
                f"{min(difference)}. Restore a copy made with `needle backup`."
            )


def _is_copy_of(server: Connection, source: _Source) -> bool:
    """Return whether the database has a store with the file's schema and ID."""
    tables = inspect(server)
    return (
        tables.has_table(VERSION_TABLE)
        and tables.has_table(STORE.name)
        and source.has_same(server, SCHEMA_REVISION)
        and source.has_same(server, STORE_ID)
    )


def _copy_tables(source: _Source, server: Connection, report: Report) -> None:
    server.execute(delete(STORE))  # the migrations create a new store
    for table_ in TABLES:
        try:
            copied = _copy_rows(source, server, table_, report)
            _copy_self_references(source, server, table_)
        except IntegrityError as error:
            raise UnusableDatabase(
                f"{source.location} has rows that contradict each other: {describe_failure(error)}."
                " Restore a copy made with `needle backup`."
            ) from error
        _set_sequence(source, server, table_)
        if copied:
            report(f"{table_.name}: {copied:,}")


def _copy_rows(source: _Source, server: Connection, table_: Table, report: Report) -> int:
    """Copy a table, without what refers to the table itself: that row may not exist yet."""
    later = {column_.name for column_ in _self_references(table_)}
    statement = insert(table_).values(
        {column_.name: _parameter(column_) for column_ in table_.columns}
    )
    columns = list(table_.columns)
    rows = source.rows(table_, columns)
    copied = 0
    while chunk := list(islice(rows, CHUNK_ROWS)):
        server.execute(
            statement,
            [
                {
                    column_.name: None if column_.name in later else value
                    for column_, value in zip(columns, row, strict=True)
                }
                for row in chunk
            ],
        )
        copied += len(chunk)
        if copied % REPORT_ROWS == 0:
            report(f"{table_.name}: {copied:,} so far")
    return copied


def _parameter(column_: Column[Any]) -> ColumnElement[Any]:
    """Return the parameter for a column. JSON is sent as the text that it is."""
    if isinstance(column_.type, JSON):
        return cast(bindparam(column_.name, type_=Text()), column_.type)
    return bindparam(column_.name, type_=column_.type)


def _self_references(table_: Table) -> list[Column[Any]]:
    return [
        column_
        for column_ in table_.columns
        if any(key.column.table is table_ for key in column_.foreign_keys)
    ]


def _copy_self_references(source: _Source, server: Connection, table_: Table) -> None:
    key = list(table_.primary_key.columns)
    for reference in _self_references(table_):
        statement = (
            update(table_)
            .where(*(column_ == bindparam(f"key_{column_.name}") for column_ in key))
            .values({reference.name: bindparam("target")})
        )
        names = [*(f"key_{column_.name}" for column_ in key), "target"]
        rows = source.rows(table_, [*key, reference], only_with=reference.name)
        while chunk := list(islice(rows, CHUNK_ROWS)):
            server.execute(statement, [dict(zip(names, row, strict=True)) for row in chunk])


def _set_sequence(source: _Source, server: Connection, table_: Table) -> None:
    """Make the next ID the one that SQLite would give: one above the highest."""
    if (numbered := table_.autoincrement_column) is None:
        return
    highest = source.highest(table_, numbered.name)
    parameters = {"table": table_.name, "column": numbered.name, "next": highest + 1}
    server.execute(SET_SEQUENCE, parameters)


def _compare_tables(source: _Source, server: Connection, location: str, difference: str) -> int:
    """Return the number of rows. Raise UnusableDatabase if any row differs.

    `difference` is the reason to give, with names for the database and the table.
    """
    rows = 0
    for table_ in TABLES:
        originals = source.rows(table_, list(table_.columns))
        with _copied(server, table_) as copies:
            for original, copied in zip_longest(originals, copies):
                if original != copied:
                    raise UnusableDatabase(difference.format(location=location, table=table_.name))
                rows += 1
    return rows


@contextmanager
def _copied(server: Connection, table_: Table) -> Iterator[Iterator[Row]]:
    """Yield the rows of the copy in the order of SQLite: by the bytes of the primary key."""
    order = [
        collate(key, "C") if isinstance(key.type, String) else key
        for key in table_.primary_key.columns
    ]
    columns = [
        cast(column_, Text()) if isinstance(column_.type, JSON) else column_
        for column_ in table_.columns
    ]
    # From a cursor of the server: the driver would read the whole table into memory.
    with server.execute(
        select(*columns).order_by(*order), execution_options={"yield_per": CHUNK_ROWS}
    ) as result:
        yield (tuple(row) for chunk in result.partitions() for row in chunk)


def _mark_as_moved(source: _Source, location: str) -> None:
    try:
        source.connection.execute(update(STORE).values(moved_to=location))
        source.connection.exec_driver_sql("COMMIT")
    except DBAPIError as error:
        raise UnusableDatabase(
            f"The copy is complete, but {source.location} can't be marked as moved:"
            f" {describe_failure(error)}. Move the file away, and set DATABASE_URL to {location}."
        ) from error
