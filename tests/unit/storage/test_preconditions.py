"""Databases that Needle refuses: another program's, and servers that are set up otherwise."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.boards import boards
from storage.database import (
    UnusableDatabase,
    open_database,
    open_read_only,
    require_writable,
)
from storage.database_url import display_url, parse_url
from storage.preconditions import FIRST_TABLES
from tests.support.channel import Channel
from tests.support.postgres import Postgres

OTHERS_VERSIONS = [
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
    "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
]
OTHERS_TABLES = {
    "revision": ([*OTHERS_VERSIONS, "CREATE TABLE recipe (title TEXT)"], "schema ae1027a6acf"),
    "revision only": (OTHERS_VERSIONS, "schema ae1027a6acf"),
    "two revisions": (
        [*OTHERS_VERSIONS, "INSERT INTO alembic_version VALUES ('0009')"],
        "schema 0009, ae1027a6acf",
    ),
    "number as revision": (
        [OTHERS_VERSIONS[0], "INSERT INTO alembic_version VALUES ('0009')"],
        "schema 0009 in alembic_version",
    ),
    "same tables": (
        [*OTHERS_VERSIONS, *(f"CREATE TABLE {name} (id INT)" for name in sorted(FIRST_TABLES))],
        "schema ae1027a6acf",
    ),
    "no revision": (
        [OTHERS_VERSIONS[0], "CREATE TABLE project (id INT)"],
        "a table project",
    ),
}


def refusal(url: str) -> str:
    """Return the line that `needle run` prints."""
    with pytest.raises(UnusableDatabase) as refused:
        open_database(url)
    line = str(refused.value)
    assert "\n" not in line
    return line.removeprefix(display_url(parse_url(url))).lstrip(": ")


@pytest.mark.parametrize(("commands", "evidence"), OTHERS_TABLES.values(), ids=OTHERS_TABLES)
def test_another_programs_file__is_left_as_it_is(
    tmp_path: Path, commands: list[str], evidence: str
) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other, other:
        for command in commands:
            other.execute(command)
    before = file.read_bytes()
    line = refusal(f"sqlite:///{file}")
    assert line.startswith("belongs to another program")
    assert evidence in line
    with pytest.raises(UnusableDatabase, match="belongs to another program"):
        open_read_only(f"sqlite:///{file}")
    assert file.read_bytes() == before


@pytest.mark.parametrize(("commands", "evidence"), OTHERS_TABLES.values(), ids=OTHERS_TABLES)
def test_another_programs_server_database__is_refused(
    postgres: Postgres, commands: list[str], evidence: str
) -> None:
    address = postgres.new_database()
    postgres.run(address, *commands)
    line = refusal(address)
    assert line.startswith("belongs to another program")
    assert evidence in line


def test_tables_of_an_extension__are_accepted(postgres: Postgres) -> None:
    address = postgres.new_database()
    postgres.run(address, "CREATE TABLE spatial_ref_sys (id INT)")
    open_database(address).close()


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_other_encoding__is_refused(postgres: Postgres, encoding: str) -> None:
    address = postgres.new_database(f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
    assert refusal(address) == (
        f"has the encoding {encoding}. Create a database with ENCODING 'UTF8'."
    )


def test_other_encoding_of_the_client__is_ignored(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with closing(open_database(postgres.new_database())) as database:
        channel = Channel(database, "C👍")
        assert channel.board.channel_id == "C👍"


def test_tables_in_another_schema__are_not_created_again(postgres: Postgres) -> None:
    address = postgres.new_database()
    postgres.run(address, "CREATE SCHEMA team")
    in_schema = f"{address}&options=-csearch_path%3Dteam"
    open_database(in_schema).close()
    stranger = postgres.as_role(in_schema)
    assert refusal(stranger) == (
        "has Needle's tables in the schema team, which Needle's role can't use. Grant the role"
        " USAGE on the schema."
    )
    assert refusal(address) == (
        'has Needle\'s tables in the schema team, but search_path is "$user", public. Add the'
        " schema to search_path, for example with ?options=-csearch_path%3Dteam in DATABASE_URL."
    )
    open_database(in_schema).close()


def test_tables_in_a_later_schema_of_the_path__are_used(postgres: Postgres) -> None:
    address = postgres.new_database()
    with closing(open_database(address)) as database:
        Channel(database)
    postgres.run(address, "CREATE SCHEMA team")
    later = f"{address}&options=-csearch_path%3Dteam,public"
    with closing(open_database(later)) as database, database.snapshot() as session:
        assert not database.info.is_new
        assert len(boards.list_all(session)) == 1
    reader = postgres.as_role(later, "pg_read_all_data")
    assert refusal(reader).startswith("Needle's role can't write to act.")


def test_no_schema__is_refused(postgres: Postgres) -> None:
    address = f"{postgres.new_database()}&options=-csearch_path%3Dteam"
    assert refusal(address) == (
        "has no schema for Needle's tables: search_path is team. Create the schema, and grant USAGE"
        " and CREATE on it to Needle's role."
    )


def test_role_without_create__is_refused(postgres: Postgres) -> None:
    address = postgres.as_role(postgres.new_database())
    assert refusal(address) == (
        "Needle's role can't create tables in the schema public. Grant the role CREATE on the"
        " schema."
    )


def test_role_without_rights__is_refused(postgres: Postgres) -> None:
    address = postgres.new_database()
    open_database(address).close()
    assert refusal(postgres.as_role(address)) == (
        "Needle's role can't read act. Grant the role SELECT, INSERT, UPDATE and DELETE on all of"
        " Needle's tables, and USAGE on their sequences."
    )


def test_role_that_may_only_read__is_refused(postgres: Postgres) -> None:
    address = postgres.new_database()
    open_database(address).close()
    require_writable(address)
    reader = postgres.as_role(address, "pg_read_all_data")
    line = (
        "Needle's role can't write to act. Grant the role SELECT, INSERT, UPDATE and DELETE on"
        " all of Needle's tables, and USAGE on their sequences."
    )
    assert refusal(reader) == line
    with pytest.raises(UnusableDatabase, match=line):
        require_writable(reader)


def test_role_without_sequences__is_refused(postgres: Postgres) -> None:
    address = postgres.new_database()
    open_database(address).close()
    role = postgres.as_role(address)
    name = role.partition("//")[2].partition(":")[0]
    postgres.run(
        address, f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
    )
    assert refusal(role).startswith(
        "Needle's role can't write to board_id_seq. Grant the role SELECT"
    )


def test_role_that_may_write__is_enough(postgres: Postgres) -> None:
    address = postgres.new_database()
    open_database(address).close()
    writer = postgres.as_role(address, "pg_read_all_data", "pg_write_all_data")
    with closing(open_database(writer)) as database:
        Channel(database)
