"""SQL statements that a block of code runs."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event


@contextmanager
def recorded_statements() -> Iterator[list[str]]:
    """Record the statements that any database runs until the block ends."""
    statements: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", record)


@contextmanager
def counted_steps() -> Iterator[Counter[str]]:
    """Count the steps of SQLite's virtual machine, by hundreds, until the block ends.

    Unlike times, they don't depend on the machine: https://www.sqlite.org/c3ref/progress_handler.html
    """
    steps: Counter[str] = Counter()

    def count() -> int:
        steps["hundreds"] += 1
        return 0

    def watch(connection: Connection, *_: Any) -> None:
        raw: Any = connection.connection.dbapi_connection
        raw.set_progress_handler(count, 100)

    event.listen(Engine, "before_cursor_execute", watch)
    try:
        yield steps
    finally:
        event.remove(Engine, "before_cursor_execute", watch)
