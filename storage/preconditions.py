"""What must be true of a database before Needle uses it. Each violation is one line."""

import re
from collections.abc import Collection

from sqlalchemy import Connection, inspect, text
from sqlmodel import select

from storage.database_url import display_url
from storage.exceptions import UnusableDatabase
from storage.tables import BoardRow, StoreRow

VERSION_TABLE = "alembic_version"
NEEDLE_TABLES = frozenset(BoardRow.metadata.tables)
# Every version of Needle has these tables. Another program is unlikely to have all of them.
FIRST_TABLES = frozenset({"board", "charter", "fire", "project", "score"})
NEEDLE_REVISION = re.compile(r"\d{4}")

# Tables that a statement finds without naming their schema.
VISIBLE_TABLES = text(
    "SELECT relname FROM pg_catalog.pg_class"
    " WHERE relkind = 'r' AND relname = ANY(:names) AND pg_table_is_visible(oid)"
)
OTHER_SCHEMAS = text(
    "SELECT schemaname, has_schema_privilege(schemaname, 'USAGE') FROM pg_catalog.pg_tables"
    " WHERE tablename = ANY(:names)"
    " GROUP BY schemaname HAVING count(*) = :count ORDER BY schemaname"
)
UNREADABLE_TABLES = text(
    "SELECT relname FROM pg_catalog.pg_class"
    " WHERE relkind = 'r' AND relname = ANY(:names) AND pg_table_is_visible(oid)"
    " AND NOT has_table_privilege(oid, 'SELECT') ORDER BY relname"
)
# A list of privileges means any of them. Either one allows nextval():
# https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-ACCESS
# https://www.postgresql.org/docs/current/functions-sequence.html
UNWRITABLE_TABLES = text(
    "SELECT relname FROM pg_catalog.pg_class"
    " WHERE relname = ANY(:names) AND pg_table_is_visible(oid)"
    " AND CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege(oid, 'USAGE, UPDATE')"
    " ELSE NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')"
    " AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')) END"
    " ORDER BY relname"
)
# Anything in the database with columns that isn't the server's or an extension's. 'e' marks what
# belongs to an extension: https://www.postgresql.org/docs/current/catalog-pg-depend.html
FOREIGN_RELATION = text(
    "SELECT c.oid::regclass::text FROM pg_catalog.pg_class AS c"
    " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
    " AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"
    " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d"
    " WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"
    " ORDER BY c.relkind = 'S', 1 LIMIT 1"
)
GRANT_RIGHTS = (
    "Grant the role SELECT, INSERT, UPDATE and DELETE on all of Needle's tables, and USAGE on their"
    " sequences."
)


def require_readable_tables(connection: Connection) -> None:
    """Raise UnusableDatabase if PostgreSQL's role can't read a table that Needle reads."""
    names = [VERSION_TABLE, *NEEDLE_TABLES]
    found = connection.execute(UNREADABLE_TABLES, {"names": names}).scalars().first()
    if found is None:
        return
    if not _tables(connection) >= FIRST_TABLES:
        raise _belongs_to_another_program(connection, f"a table {found}")
    raise UnusableDatabase(
        f"{display_url(connection.engine.url)}: Needle's role can't read {found}. {GRANT_RIGHTS}"
    )


def require_own_tables(
    connection: Connection, revisions: Collection[str], known: Collection[str]
) -> None:
    """Raise UnusableDatabase if the database belongs to another program or a newer Needle.

    `revisions` is what Alembic's table holds, and `known` are the revisions of this program.
    """
    tables = _tables(connection)
    if tables >= FIRST_TABLES and all(NEEDLE_REVISION.fullmatch(name) for name in revisions):
        if newer := set(revisions) - set(known):
            url = display_url(connection.engine.url)
            raise UnusableDatabase(
                f"{url} was written by a newer Needle (schema {max(newer)}). Upgrade Needle."
            )
        if revisions:
            return
    if revisions:
        evidence = f"the schema {', '.join(sorted(revisions))} in {VERSION_TABLE}"
    elif tables:
        evidence = f"a table {min(tables)}"
    else:
        return
    raise _belongs_to_another_program(connection, evidence)


def _belongs_to_another_program(connection: Connection, evidence: str) -> UnusableDatabase:
    return UnusableDatabase(
        f"{display_url(connection.engine.url)} belongs to another program (it has {evidence})."
        " Set DATABASE_URL to a database of Needle's own."
    )


def _tables(connection: Connection) -> set[str]:
    """Return the tables in the database. On a server, leave out names that Needle doesn't use.

    Tables with other names may belong to an extension.
    """
    if connection.dialect.name == "sqlite":
        return set(inspect(connection).get_table_names()) - {VERSION_TABLE}
    return set(connection.execute(VISIBLE_TABLES, {"names": [*NEEDLE_TABLES]}).scalars())


def require_suitable_server(connection: Connection, *, is_new: bool) -> None:
    """Raise UnusableDatabase unless PostgreSQL can hold Needle's texts and tables.

    `is_new` is True if the connection finds none of Needle's tables.
    """
    url = display_url(connection.engine.url)
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise UnusableDatabase(
            f"{url} has the encoding {encoding}. Create a database with ENCODING 'UTF8'."
        )
    if not is_new:
        return
    search_path = connection.exec_driver_sql("SHOW search_path").scalar_one()
    names = [VERSION_TABLE, *FIRST_TABLES]
    others = connection.execute(OTHER_SCHEMAS, {"names": names, "count": len(names)})
    if (other := others.first()) is not None:
        place, may_use = other
        advice = (
            f"but search_path is {search_path}. Add the schema to search_path, for example with"
            f" ?options=-csearch_path%3D{place} in DATABASE_URL."
            if may_use
            else "which Needle's role can't use. Grant the role USAGE on the schema."
        )
        raise UnusableDatabase(f"{url} has Needle's tables in the schema {place}, {advice}")
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    if schema is None:
        raise UnusableDatabase(
            f"{url} has no schema for Needle's tables: search_path is {search_path}. Create the"
            " schema, and grant USAGE and CREATE on it to Needle's role."
        )
    may_create = text("SELECT has_schema_privilege(:schema, 'CREATE')")
    if not connection.execute(may_create, {"schema": schema}).scalar_one():
        raise UnusableDatabase(
            f"{url}: Needle's role can't create tables in the schema {schema}. Grant the role"
            " CREATE on the schema."
        )


def require_empty(connection: Connection) -> None:
    """Raise UnusableDatabase if a PostgreSQL database has any table, view or sequence."""
    if (found := connection.execute(FOREIGN_RELATION).scalar()) is not None:
        raise UnusableDatabase(
            f"{display_url(connection.engine.url)} isn't empty: it has {found}. Create an empty"
            " database for the copy."
        )


def require_not_moved(connection: Connection) -> None:
    """Raise UnusableDatabase if the store was moved to another database."""
    moved_to = connection.scalar(select(StoreRow.moved_to))
    if moved_to is not None:
        raise UnusableDatabase(
            f"{display_url(connection.engine.url)} was moved to {moved_to}. Set DATABASE_URL to"
            " that database."
        )


def require_table_rights(connection: Connection) -> None:
    """Raise UnusableDatabase if PostgreSQL's role can't write to all of Needle's tables."""
    sequences = [f"{table}_id_seq" for table in NEEDLE_TABLES]
    names = [*NEEDLE_TABLES, VERSION_TABLE, *sequences]
    if found := connection.execute(UNWRITABLE_TABLES, {"names": names}).scalars().all():
        raise UnusableDatabase(
            f"{display_url(connection.engine.url)}: Needle's role can't write to {found[0]}."
            f" {GRANT_RIGHTS}"
        )
