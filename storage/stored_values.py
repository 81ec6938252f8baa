"""Values of a SQLite file as PostgreSQL returns them.

SQLite stores a value of any type in any column (https://www.sqlite.org/datatype3.html), and a
manual change may have left one. PostgreSQL is strict. So each value is checked before it is copied,
and both databases are compared in this form.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Float, Integer, String
from sqlalchemy.types import TypeEngine

# PostgreSQL stores no NUL (https://www.postgresql.org/docs/current/datatype-character.html), and
# UTF-8 can't encode half of a surrogate pair.
UNSTORABLE_CHARACTER = re.compile("[\\x00\\ud800-\\udfff]")
INTEGER_BITS = 32
BIG_INTEGER_BITS = 64


class UnstorableValue(Exception):
    """A value that PostgreSQL can't store. The message says why, without the value."""


def decode_text(stored: bytes) -> str:
    """Return a text of the file. Bytes that aren't UTF-8 become unstorable characters."""
    return stored.decode("utf-8", "surrogateescape")


def converter(column_type: TypeEngine[Any]) -> Callable[[Any], Any]:
    """Return a function that converts a stored value. It raises UnstorableValue."""
    kind = getattr(column_type, "impl_instance", column_type)  # what a decorated type stores
    for types, convert in CONVERTERS:
        if isinstance(kind, types):
            return convert
    raise TypeError(f"No conversion for columns of the type {kind!r}")


def _text(stored: Any) -> str:
    if not isinstance(stored, str):
        raise UnstorableValue("isn't a text")
    if found := UNSTORABLE_CHARACTER.search(stored):
        what = "the character NUL" if found.group() == "\0" else "a byte that isn't UTF-8"
        raise UnstorableValue(f"has {what}")
    return stored


def _json(stored: Any) -> str:
    """Return the JSON text as it is. PostgreSQL keeps it, with its escapes, in the type json."""
    try:
        json.loads(_text(stored), parse_constant=_refuse_constant)
    except ValueError as error:
        raise UnstorableValue("isn't valid JSON") from error
    return str(stored)


def _refuse_constant(name: str) -> None:
    """Refuse NaN and infinities, which Python writes although JSON doesn't have them."""
    raise ValueError(name)


def _integer(bits: int) -> Callable[[Any], int]:
    limit = 1 << (bits - 1)

    def convert(stored: Any) -> int:
        if not isinstance(stored, int):
            raise UnstorableValue("isn't a whole number")
        if not -limit <= stored < limit:
            raise UnstorableValue(f"doesn't fit into {bits} bits")
        return stored

    return convert


def _float(stored: Any) -> float:
    if not isinstance(stored, int | float):
        raise UnstorableValue("isn't a number")
    return float(stored)


def _boolean(stored: Any) -> bool:
    if stored not in (0, 1):
        raise UnstorableValue("isn't 0 or 1")
    return bool(stored)


def _time(stored: Any) -> datetime:
    """Return a time, which the file has in UTC without saying so."""
    try:
        found = datetime.fromisoformat(_text(stored))
    except ValueError as error:
        raise UnstorableValue("isn't a time") from error
    if found.tzinfo is not None:
        raise UnstorableValue("is a time with a time zone")
    return found.replace(tzinfo=UTC)


def _date(stored: Any) -> date:
    try:
        return date.fromisoformat(_text(stored))
    except ValueError as error:
        raise UnstorableValue("isn't a date") from error


# BigInteger is an Integer too, so it comes first.
CONVERTERS: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...] = (
    (BigInteger, _integer(BIG_INTEGER_BITS)),
    (Integer, _integer(INTEGER_BITS)),
    (Boolean, _boolean),
    (Float, _float),
    (DateTime, _time),
    (Date, _date),
    (JSON, _json),
    (String, _text),
)
