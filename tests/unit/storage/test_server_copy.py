"""The move of a SQLite store to PostgreSQL: everything is copied, or nothing."""

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, insert

from storage import server_copy, time_limits
from storage.backup import back_up
from storage.boards import boards
from storage.database import (
    UnusableDatabase,
    open_database,
    open_read_only,
)
from storage.database_url import display_url, parse_url
from storage.locks import STORE
from storage.server_copy import StoreCopy, copy_to_server
from storage.stored_values import converter
from tests.support.channel import NOW, Channel
from tests.support.filled_store import TABLES, contents, fill, run_sql
from tests.support.postgres import Postgres
from tests.support.process_runner import FORKSERVER

LAST_TABLE = TABLES[-1].name


@pytest.fixture(scope="session")
def filled(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with rows in every table."""
    file = Path(shutil.copy(empty, tmp_path_factory.mktemp("filled")))
    fill(file)
    return file


@pytest.fixture
def file(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled store for one test."""
    return Path(shutil.copy(filled, tmp_path))


@pytest.fixture
def server_url(postgres: Postgres) -> str:
    return postgres.new_database()


@pytest.fixture(scope="session")
def empty_server(postgres: Postgres) -> str:
    """A database that stays empty."""
    return postgres.new_database()


def ignore(_step: str) -> None:
    """Ignore a report."""


def copy(file: Path, server_url: str, report: Callable[[str], None] = ignore) -> StoreCopy:
    return copy_to_server(f"sqlite:///{file}", server_url, report)


def refusal(file: Path, server_url: str, report: Callable[[str], None] = ignore) -> str:
    """Return why the copy is refused, on one line. The store must stay usable."""
    with pytest.raises(UnusableDatabase) as refused:
        copy(file, server_url, report)
    assert "\n" not in str(refused.value)
    open_database(f"sqlite:///{file}").close()
    return str(refused.value)


def rows_of(url: str) -> dict[str, set[str]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = contents(connection)
    engine.dispose()
    return found


def relations(server_url: str) -> list[str]:
    """Return the tables, views and sequences in a PostgreSQL database."""
    with psycopg.connect(server_url.replace("+psycopg", "")) as connection:
        return [
            name
            for (name,) in connection.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            )
        ]


def test_every_column__has_a_conversion() -> None:
    for table in TABLES:
        for column in table.columns:
            converter(column.type)


@pytest.mark.parametrize("chunk_rows", [server_copy.CHUNK_ROWS, 3])
def test_filled_store__every_row_is_copied(
    file: Path, server_url: str, monkeypatch: pytest.MonkeyPatch, chunk_rows: int
) -> None:
    monkeypatch.setattr(server_copy, "CHUNK_ROWS", chunk_rows)
    before = rows_of(f"sqlite:///{file}")
    assert all(before.values())
    steps: list[str] = []
    copied = copy(file, server_url, steps.append)
    assert rows_of(server_url) == before
    assert copied.rows == sum(map(len, before.values()))
    assert steps == [*(f"{each.name}: {len(before[each.name])}" for each in TABLES), steps[-1]]
    with closing(open_database(server_url)) as database:
        assert not database.info.is_new
        with closing(open_read_only(f"sqlite:///{file}", allow_older=True)) as original:
            assert database.info.store_id == original.info.store_id


def test_next_ids__are_above_the_highest(file: Path, server_url: str) -> None:
    highest = max(len(rows) for rows in rows_of(f"sqlite:///{file}").values())
    copy(file, server_url)
    engine = create_engine(server_url)
    with engine.begin() as connection:
        for name in ("history", "roadmap_change", "fire"):
            [table] = [each for each in TABLES if each.name == name]
            values = dict(connection.execute(table.select()).mappings().first() or {})
            del values["id"]
            result = connection.execute(insert(table).values(values))
            assert result.inserted_primary_key == (highest + 1,)
    engine.dispose()


def test_new_store__is_copied(store_file: Path, server_url: str) -> None:
    assert copy(store_file, server_url).rows == 1
    with closing(open_database(server_url)) as database:
        assert Channel(database).board.id == 1


def test_copied_store__is_refused_from_then_on(file: Path, server_url: str, tmp_path: Path) -> None:
    location = copy(file, server_url).location
    line = f"sqlite:///{file} was moved to {location}. Set DATABASE_URL to that database."
    for open_store in (open_database, open_read_only):
        with pytest.raises(UnusableDatabase) as refused:
            open_store(f"sqlite:///{file}")
        assert str(refused.value) == line
    with pytest.raises(UnusableDatabase, match="was moved to"):
        copy(file, server_url)
    back_up(f"sqlite:///{file}", tmp_path / "copy.db")
    run_sql(file, "UPDATE store SET moved_to = NULL")
    open_database(f"sqlite:///{file}").close()


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("CREATE TABLE recipe (title TEXT)", "recipe"),
        ("CREATE VIEW recipe AS SELECT 1", "recipe"),
        ("CREATE SEQUENCE recipe", "recipe"),
        ("CREATE SCHEMA kitchen CREATE TABLE recipe (title TEXT)", "kitchen.recipe"),
        ("CREATE TABLE store (title TEXT)", "store"),
    ],
)
def test_database_with_anything_in_it__is_refused(
    file: Path, server_url: str, postgres: Postgres, command: str, found: str
) -> None:
    postgres.run(server_url, command)
    before = relations(server_url)
    assert refusal(file, server_url) == (
        f"{display_url(parse_url(server_url))} isn't empty: it has {found}. Create an empty"
        " database for the copy."
    )
    assert relations(server_url) == before


def test_another_store__is_refused(file: Path, server_url: str) -> None:
    open_database(server_url).close()
    before = rows_of(server_url)
    assert "isn't empty: it has act." in refusal(file, server_url)
    assert rows_of(server_url) == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            "UPDATE comment SET text = char(65, 0, 66)",
            "can't store text of comment 1, Aperson1",
        ),
        ("UPDATE comment SET text = char(65, 0, 66)", "it has the character NUL"),
        ("UPDATE comment SET text = CAST(x'41eda080' AS TEXT)", "it has a byte that isn't UTF-8"),
        ("UPDATE comment SET text = x'41'", "it isn't a text"),
        ("UPDATE toil SET minutes = 2147483648", "minutes of toil 1: it doesn't fit into 32 bits"),
        ("UPDATE toil SET minutes = 'many'", "minutes of toil 1: it isn't a whole number"),
        ("UPDATE toil SET out_of_hours = 2", "out_of_hours of toil 1: it isn't 0 or 1"),
        ("UPDATE toil SET at = 'noon'", "at of toil 1: it isn't a time"),
        ("UPDATE toil SET at = '2026-01-01 00:00+01:00'", "at of toil 1: it is a time with a time"),
        ("UPDATE board SET digests_paused_until = 'May'", "it isn't a date"),
        ("UPDATE board SET weeks_away = 'two'", "weeks_away of board 1: it isn't a number"),
        ("UPDATE charter SET content = '{'", "content of charter 1,"),
        ("UPDATE charter SET content = '[NaN]'", "it isn't valid JSON"),
    ],
)
def test_value_that_postgresql_lacks__is_named(
    file: Path, empty_server: str, change: str, reason: str
) -> None:
    run_sql(file, change)
    assert reason in refusal(file, empty_server)
    assert relations(empty_server) == []


def test_reference_to_a_missing_row__is_refused(file: Path, server_url: str) -> None:
    run_sql(file, "UPDATE project SET merged_into = 99 WHERE id = 2")
    assert "has rows that contradict each other" in refusal(file, server_url)
    assert relations(server_url) == []


def test_tables_of_other_programs__are_named(file: Path, server_url: str) -> None:
    run_sql(file, "CREATE TABLE _litestream_seq (id INT)", "CREATE TABLE _litestream_lock (id INT)")
    assert copy(file, server_url).foreign_tables == ("_litestream_lock", "_litestream_seq")


def test_changed_table__is_refused(file: Path, server_url: str) -> None:
    run_sql(file, "ALTER TABLE toil ADD COLUMN cost INT")
    assert "has other columns than this version of Needle: toil.cost." in refusal(file, server_url)


def test_older_schema__is_refused(file: Path, server_url: str) -> None:
    run_sql(file, "UPDATE alembic_version SET version_num = '0028'")
    with pytest.raises(UnusableDatabase, match="has an older schema"):
        copy(file, server_url)
    assert relations(server_url) == []


def test_idle_bot__is_noticed(file: Path, server_url: str) -> None:
    with closing(open_database(f"sqlite:///{file}")):
        with pytest.raises(UnusableDatabase, match="is in use"):
            copy(file, server_url)
        assert relations(server_url) == []
    copy(file, server_url)


def test_bot_starts_meanwhile__it_is_refused(file: Path, server_url: str) -> None:
    def start(step: str) -> None:
        if step.startswith(f"{LAST_TABLE}:"):
            with pytest.raises(UnusableDatabase, match="database is locked"):
                open_database(f"sqlite:///{file}")

    copy(file, server_url, start)


def test_bot_starts_on_the_copy_meanwhile__it_is_refused(
    file: Path, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_limits, "START_LOCK_SECONDS", 1)

    def start(step: str) -> None:
        if step.startswith(f"{LAST_TABLE}:"):
            with pytest.raises(UnusableDatabase, match="lock timeout"):
                open_database(server_url)

    copy(file, server_url, start)


def run_and_die(file: Path, server_url: str, moment: str) -> None:
    """Copy the store, and get killed after a step, or after the commit on PostgreSQL."""

    def die(step: str) -> None:
        if step.startswith(moment):
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(server_copy, "_mark_as_moved", lambda *_: die("committed"))  # noqa: B010 — private
    copy(file, server_url, die)


def kill_copy(file: Path, server_url: str, moment: str) -> None:
    process = FORKSERVER.Process(target=run_and_die, args=(file, server_url, moment))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize(
    "moment",
    [
        f"{LAST_TABLE}:",
        pytest.param(f"{TABLES[0].name}:", marks=pytest.mark.long),
        pytest.param("comparing", marks=pytest.mark.long),
    ],
)
def test_killed_before_the_commit__nothing_is_copied(
    file: Path, server_url: str, moment: str
) -> None:
    before = rows_of(f"sqlite:///{file}")
    kill_copy(file, server_url, moment)
    assert relations(server_url) == []
    with (
        closing(open_database(f"sqlite:///{file}")) as database,
        database.transaction(STORE) as session,
    ):
        boards.create(session, "T2", "C2", None, NOW)
    assert not copy(file, server_url).was_complete
    assert len(rows_of(server_url)["board"]) == len(before["board"]) + 1


def test_killed_after_the_commit__is_completed(file: Path, server_url: str) -> None:
    before = rows_of(f"sqlite:///{file}")
    kill_copy(file, server_url, "committed")
    assert rows_of(f"sqlite:///{file}") == rows_of(server_url) == before
    assert copy(file, server_url).was_complete
    assert rows_of(server_url) == before
    with pytest.raises(UnusableDatabase, match="was moved to"):
        open_database(f"sqlite:///{file}")


def test_copy_was_used_since__is_refused(file: Path, server_url: str, postgres: Postgres) -> None:
    kill_copy(file, server_url, "committed")
    postgres.run(server_url, "UPDATE comment SET text = 'x' WHERE project_id = 2")
    line = refusal(file, server_url)
    assert "has a copy of this database that was used since: the table comment differs" in line
    with closing(open_database(server_url)) as database, database.transaction(STORE) as session:
        boards.create(session, "T2", "C2", None, NOW)
    assert "the table board differs" in refusal(file, server_url)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE comment SET text = 'x' WHERE project_id = 2",
        "DELETE FROM comment WHERE project_id = 8",
        "INSERT INTO comment SELECT project_id, 'new', text FROM comment WHERE project_id = 2",
    ],
)
def test_wrong_copy__is_not_committed(
    file: Path, server_url: str, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    def copy_and_damage(*arguments: Any) -> None:
        copy_tables(*arguments)
        server: Connection = arguments[1]
        server.exec_driver_sql(damage)

    copy_tables = vars(server_copy)["_copy_tables"]
    monkeypatch.setattr(server_copy, "_copy_tables", copy_and_damage)
    assert "differs from the original in the table comment, so nothing" in refusal(file, server_url)
    assert relations(server_url) == []


def test_connection_breaks__nothing_is_copied(
    file: Path, server_url: str, postgres: Postgres
) -> None:
    def hang_up(step: str) -> None:
        if step.startswith(f"{TABLES[0].name}:"):
            name = parse_url(server_url).database
            pids = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE"
            postgres.run(server_url, f"{pids} datname = '{name}' AND pid <> pg_backend_pid()")

    assert "can't be written: " in refusal(file, server_url, hang_up)
    assert relations(server_url) == []
    copy(file, server_url)


@pytest.mark.parametrize(
    ("server_url", "line"),
    [
        ("sqlite:///other.db", "URL must start with postgresql+psycopg://"),
        ("nonsense", "URL is not a valid database URL. Example: sqlite:///needle.db"),
        (
            "postgresql://needle:secret@db/needle",
            "URL must start with postgresql+psycopg://, not postgresql://",
        ),
    ],
)
def test_malformed_url__is_called_url(file: Path, server_url: str, line: str) -> None:
    assert refusal(file, server_url) == line


def test_store_on_a_server__is_refused(server_url: str) -> None:
    with pytest.raises(UnusableDatabase, match="copies only SQLite databases"):
        copy_to_server(server_url, server_url, ignore)


def test_file_that_cannot_be_marked__is_refused(file: Path, server_url: str) -> None:
    refuse = "BEGIN SELECT RAISE(FAIL, 'no'); END"
    run_sql(file, f"CREATE TRIGGER no BEFORE UPDATE ON alembic_version {refuse}")
    with pytest.raises(UnusableDatabase, match="can't be written: no"):
        copy(file, server_url)
    assert relations(server_url) == []
