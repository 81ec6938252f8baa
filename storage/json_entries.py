"""The keys and values of a column's JSON objects, as a table to select from.

A value is NULL where the JSON has null: https://www.sqlite.org/json1.html#jeach and
https://www.postgresql.org/docs/current/functions-json.html, "json_each_text".
"""

from typing import Any

from sqlalchemy import TableValuedAlias
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def json_entries(column: Any) -> TableValuedAlias:
    """Return the entries of the object in a row's column, with the columns `key` and `value`."""
    return _JsonEntries(column).table_valued("key", "value")


class _JsonEntries(FunctionElement[Any]):
    """The function that returns them."""

    inherit_cache = True


@compiles(_JsonEntries, "sqlite")
def _on_sqlite(element: _JsonEntries, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    # A manual change may have left malformed JSON. SQLite would refuse the whole statement, which
    # reads other boards' rows too.
    return f"json_each(CASE WHEN json_valid({column}) THEN {column} END)"


@compiles(_JsonEntries, "postgresql")
def _on_postgresql(element: _JsonEntries, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each_text({compiler.process(element.clauses, **options)})"
