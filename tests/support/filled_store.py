"""Rows for every table of a store, made from the tables themselves: no new table is forgotten."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    String,
    Table,
    create_engine,
    insert,
    select,
    update,
)

from storage.tables import StoreRow

TABLES: tuple[Table, ...] = tuple(StoreRow.metadata.sorted_tables)
STORE: Table = StoreRow.metadata.tables["store"]
FIRST = datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC)
# They sort differently in a dictionary than by their bytes.
TEXTS = ("b", "A", "é", "_", "a' \\N \t\n\r", "🎉", "")
# PostgreSQL refuses this in jsonb, but not in json.
JSON_VALUES: tuple[Any, ...] = ({"text": "\0 \ud83d é"}, [1, 1.0, None], "", {})


def fill(file: Path, rows: int = 8) -> None:
    """Add rows to every table of a new SQLite store. The last row lacks all that it may lack."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        changes = {"team_id": "T1", "has_unnamed_posts": True}
        connection.execute(update(STORE).values(changes))
        for table in TABLES:
            if table is not STORE:
                connection.execute(
                    insert(table), [_row(table, number, rows) for number in range(1, rows + 1)]
                )
    engine.dispose()


def contents(connection: Connection) -> dict[str, set[str]]:
    """Return all rows of each table as the program reads them, whatever their order."""
    return {
        table.name: {repr(tuple(row)) for row in connection.execute(select(table))}
        for table in TABLES
    }


def run_sql(file: Path, *statements: str) -> None:
    """Change a SQLite file as an operator does, without checks."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def _row(table: Table, number: int, rows: int) -> dict[str, Any]:
    return {
        column.name: None if column.nullable and number == rows else _value(column, number, rows)
        for column in table.columns
    }


def _value(column: Column[Any], number: int, rows: int) -> Any:
    """Return a value that no other row has in this column, if the type has enough values."""
    if any(key.column.table is column.table for key in column.foreign_keys):
        return number % rows + 1  # a row that comes later, and at the end the first
    if column.foreign_keys or (column.primary_key and isinstance(column.type, Integer)):
        return number
    kind = getattr(column.type, "impl_instance", column.type)
    values: dict[type[Any], Any] = {
        BigInteger: 2**63 - number,
        Integer: number - 2**31,
        Boolean: number % 2 == 0,
        Float: number / 3,
        DateTime: FIRST + timedelta(days=number),
        Date: date(2026, 1, 1) + timedelta(days=number),
        JSON: JSON_VALUES[number % len(JSON_VALUES)],
        String: f"{TEXTS[number % len(TEXTS)]}{column.name}{number}",
    }
    return next(value for of_type, value in values.items() if isinstance(kind, of_type))
