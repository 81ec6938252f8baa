"""Rows that can't be read: malformed JSON, or values that fail validation.

A damaged file or a manual change may leave one. It must not stop what reads the rows of other
boards, so it is left out and recorded in the session.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

# What reading a stored value raises. Errors of the database itself are others.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NoResultFound,
    TypeError,
    ValueError,
)
CUSTOM_ERRORS = ("value_error", "assertion_error")  # Their messages may quote what people typed.
SESSION_KEY = "unreadable_rows"

Row = TypeVar("Row", bound=SQLModel)
Value = TypeVar("Value")


@dataclass(frozen=True)
class UnreadableRow:
    """A row that can't be read: its name for people, its board, and the reason."""

    name: str
    board_id: int
    reason: str


def unreadable_rows(session: Session) -> list[UnreadableRow]:
    """Return the rows that were left out of what this session has read."""
    return list(dict.fromkeys(session.info.get(SESSION_KEY, [])))


@contextmanager
def skip_unreadable(session: Session, name: str, board_id: int) -> Iterator[None]:
    """Leave out a row if the block can't read it."""
    try:
        yield
    except UNREADABLE as error:
        row = UnreadableRow(name, board_id, describe(error))
        session.info.setdefault(SESSION_KEY, []).append(row)


def read_rows(
    session: Session,
    statement: SelectOfScalar[Row],
    table: Any,
    convert: Callable[[Row], Value],
) -> list[Value]:
    """Return what `convert` makes of each row, without the rows that can't be read.

    The statement selects rows of `table`, which has the columns `id` and `board_id`. If all rows
    can be read, it is the only statement.
    """
    try:
        return [convert(row) for row in session.exec(statement).all()]
    except UNREADABLE:
        return list(_read_each(session, statement, table, convert))


def _read_each(
    session: Session,
    statement: SelectOfScalar[Row],
    table: Any,
    convert: Callable[[Row], Value],
) -> Iterator[Value]:
    keys = session.execute(statement.with_only_columns(table.id, table.board_id)).all()
    for row_id, board_id in keys:
        with skip_unreadable(session, f"{table.__tablename__} {row_id}", board_id):
            yield convert(session.get_one(table, row_id))


def describe(error: Exception) -> str:
    """Return the reason on one line, without the values that people typed."""
    if not isinstance(error, ValidationError):
        return " ".join(f"{type(error).__name__}: {error}".split())
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {'Invalid value' if first['type'] in CUSTOM_ERRORS else first['msg']}"
