"""Conditions on lists of any length, each with one bound parameter.

`column.in_(values)` binds a parameter for each value. SQLite allows 32,766 of them
(https://www.sqlite.org/limits.html), and PostgreSQL 65,535
(https://www.postgresql.org/docs/current/protocol-message-formats.html, "Bind"). Use `in_` only for
lists that the code writes down, and for statements.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


def is_listed(column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """Return the condition that a column's value is one of these."""
    return _IsListed(column, bindparam(None, [*values], type_=_List(column.type)))


def is_listed_in(column: Any, parameter: str) -> ColumnElement[bool]:
    """Return the condition that a column's value is in the list that the parameter holds."""
    return _IsListed(column, bindparam(parameter, type_=_List(column.type)))


class _List(TypeDecorator[list[Any]]):
    """A list in one parameter: an array on PostgreSQL, and JSON on SQLite."""

    impl = String
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(self.item))

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        return json.dumps(value) if dialect.name == "sqlite" else value


class _IsListed(FunctionElement[bool]):
    """A column and the parameter that holds a list."""

    type = Boolean()
    inherit_cache = True
    # Otherwise SQLAlchemy compares it with 1, and SQLite then uses no index.
    _is_implicitly_boolean = True


@compiles(_IsListed, "sqlite")
def _on_sqlite(element: _IsListed, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 — both are compiled


@compiles(_IsListed, "postgresql")
def _on_postgresql(element: _IsListed, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY ({values})"
