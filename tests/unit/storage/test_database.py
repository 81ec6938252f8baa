"""Migrations, SQLite's settings, error messages, and concurrent writers."""

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from threading import Barrier

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    event,
    insert,
    update,
)
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import Session, col, select, text

from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment, CommittedProject
from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER
from storage import stores
from storage.boards import boards, charter_drafts, charters
from storage.boards.charter_drafts import Draft
from storage.boards.charters import Version
from storage.database import (
    MIGRATIONS,
    CommitOutcomeUnknown,
    Database,
    DatabaseInfo,
    DatabaseUnavailable,
    UnusableDatabase,
    open_database,
    open_read_only,
    require_writable,
)
from storage.engine import BUSY_TIMEOUT_MS
from storage.locks import STORE
from storage.migrations.charter_parameters import add_parameters
from storage.planning import roadmaps
from storage.posts import named_projects, outbox
from storage.posts.subjects import ProjectSubject, QuarterSubject, WeekSubject
from storage.projects import projects, scores
from storage.tables import (
    BoardRow,
    CharterRow,
    DraftRow,
    FireRow,
    PostKind,
    PostRow,
    PostState,
    ProjectRow,
    RoadmapRow,
    ScoreRow,
)
from tests.support.channel import NOW, Channel
from tests.support.postgres import Postgres

ROOT = Path(__file__).parents[3]
NOBODY = 65534
LATEST_SCHEMA = max(
    file.name[:4] for file in (ROOT / "storage/migrations/versions").glob("[0-9]*.py")
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "needle.db"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.snapshot() as session:
        yield session


def schema_of(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [line for (line,) in connection.execute("SELECT sql FROM sqlite_schema ORDER BY 1")]


def test_migrations__create_the_tables_of_the_models(session: Session) -> None:
    context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, BoardRow.metadata) == []


def test_second_opening__changes_nothing(file: Path, sqlite_database: Database) -> None:
    channel = Channel(sqlite_database)
    board = channel.board
    channel.database.close()
    before = schema_of(file)
    with closing(open_database(f"sqlite:///{file}")) as again, again.snapshot() as session:
        assert boards.list_all(session) == [board]
    assert schema_of(file) == before


MEMORY = 2  # https://www.sqlite.org/pragma.html#pragma_temp_store


@pytest.mark.parametrize(
    ("pragma", "setting"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("busy_timeout", BUSY_TIMEOUT_MS),
        ("temp_store", MEMORY),
    ],
)
def test_every_connection__has_the_pragmas(
    sqlite_database: Database, pragma: str, setting: str | int
) -> None:
    with sqlite_database.snapshot() as session:
        assert session.connection().execute(text(f"PRAGMA {pragma}")).scalar() == setting


FULL, OFF = 2, 0  # https://www.sqlite.org/pragma.html#pragma_synchronous


@pytest.mark.parametrize(("throwaway", "synchronous"), [(False, FULL), (True, OFF)])
def test_throwaway_store__waits_for_no_disk(
    file: Path, *, throwaway: bool, synchronous: int
) -> None:
    with (
        closing(open_database(f"sqlite:///{file}", throwaway=throwaway)) as database,
        database.transaction(STORE) as session,
    ):
        assert session.connection().execute(text("PRAGMA synchronous")).scalar() == synchronous


def test_row_without_its_board__is_refused(database: Database) -> None:
    stray = FireRow(board_id=7, value="cost", what="", declared_by="U1", declared_at=NOW)
    with (
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
        database.transaction(STORE) as session,
    ):
        session.add(stray)


def test_open_database__is_readable(database: Database) -> None:
    assert database.is_readable()


@pytest.mark.parametrize("fiscal_start", [1, 4, 12])
def test_old_quarter_names__become_first_days(new_database: str, fiscal_start: int) -> None:
    # Schema 0010 stored quarters by name.
    quarter = Quarter(2027, 2, fiscal_start)
    commitment = Commitment(
        Capacity(4, 13), charter_version=1, committed_by="U1", committed_at=NOW, projects=()
    )
    with closing(open_database(new_database)) as database:
        board = Channel(database).board
        with database.transaction(STORE) as session:
            session.execute(update(BoardRow).values(fiscal_start=fiscal_start))
            for kind in roadmaps.QUARTER_KINDS:
                outbox.enqueue(session, board.id, kind, QuarterSubject(str(quarter)))
            outbox.enqueue(session, board.id, PostKind.DIGEST, WeekSubject("2027-W02"))
            roadmaps.commit(session, board, quarter, commitment)
            session.execute(update(RoadmapRow).values(quarter=str(quarter)))
            # Run this migration alone: the tables have the columns of all later ones.
            context = MigrationContext.configure(session.connection())
            with Operations.context(context):
                import_module(
                    "storage.migrations.versions.0011_store_quarters_by_first_day"
                ).upgrade()
    with closing(open_database(new_database)) as database, database.snapshot() as session:
        for kind in roadmaps.QUARTER_KINDS:
            assert outbox.list_subjects(session, board.id, kind) == {QuarterSubject(quarter.key)}
        assert outbox.list_subjects(session, board.id, PostKind.DIGEST) == {WeekSubject("2027-W02")}
        assert roadmaps.find(session, board.id, quarter) == commitment


def test_numbers_without_rank__are_removed_from_roadmaps(database: Database) -> None:
    """Earlier versions stored them for carried-over projects whose results were hidden."""
    channel, quarter = Channel(database), Quarter(2027, 2, 1)
    for origin in ("V1", "V2"):
        channel.proposes(origin)
    hidden = CommittedProject(1, None, 4.2, 3.0, {"cost": 1.5}, carried_over=True)
    visible = CommittedProject(2, 1, 4.2, 3.0, {"cost": 1.5})
    commitment = Commitment(
        Capacity(4, 13), 1, committed_by="U1", committed_at=NOW, projects=(visible, hidden)
    )
    with database.transaction(STORE) as session:
        roadmaps.commit(session, channel.board, quarter, commitment)
        with Operations.context(MigrationContext.configure(session.connection())):
            import_module("storage.migrations.versions.0022_clean_hidden_roadmap_numbers").upgrade()
    with database.snapshot() as session:
        stored = roadmaps.find(session, channel.board.id, quarter)
    assert stored is not None
    assert stored.projects == (visible, replace(hidden, needle=0.0, impact={}))


def test_old_disputes__are_tied_to_projects_and_redrawn(database: Database) -> None:
    channel = Channel(database)
    channel.proposes("V1")
    with database.transaction(STORE) as session:
        subject = ProjectSubject(1)
        outbox.enqueue(session, channel.board.id, PostKind.DISPUTE, subject)
        post = outbox.latest(session, channel.board.id, PostKind.DISPUTE, subject)
        assert post is not None
        session.execute(update(PostRow).where(col(PostRow.id) == post.id).values(state="posted"))
        with Operations.context(MigrationContext.configure(session.connection())):
            import_module("storage.migrations.versions.0023_redraw_posted_disputes").upgrade()
    with database.snapshot() as session:
        assert [stale.id for stale in outbox.stale(session)] == [post.id]


def test_derived_ids__depend_on_the_row_and_are_no_numbers() -> None:
    """A backup from before the ids gets those of the store that it was copied from."""
    derive_id = import_module("storage.migrations.versions.0027_add_permanent_ids").derive_id
    ids = [derive_id(f"T1/C1/{number}") for number in range(100)]
    assert ids == [derive_id(f"T1/C1/{number}") for number in range(100)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z][a-z2-7]{15}", each) for each in ids)


def test_copies_of_store_without_ids__get_the_same_ids(database: Database) -> None:
    channel = Channel(database)
    channel.proposes("V1")
    channel.proposes("V2")
    started_at = NOW + timedelta(days=3)
    channel.changes_status(2, Status.STARTED, at=started_at)

    def migrated() -> tuple[str, bool, list[str], list[datetime]]:
        with database.transaction(STORE) as session:
            with Operations.context(MigrationContext.configure(session.connection())):
                op.drop_table("store")
                op.drop_index("uq_project_permanent_id", "project")
                op.drop_column("project", "permanent_id")
                op.drop_column("project", "changed_at")
                for name in ("0027_add_permanent_ids", "0029_add_moved_to"):
                    import_module(f"storage.migrations.versions.{name}").upgrade()
            found = projects.list_for_board(session, channel.board.id)
            return (
                stores.store_id(session),
                stores.has_unnamed_posts(session),
                [project.permanent_id for project in found],
                [project.changed_at for project in found],
            )

    store_id, has_unnamed_posts, permanent_ids, changed_at = first = migrated()
    assert first == migrated()
    assert has_unnamed_posts
    assert len(set(permanent_ids)) == 2
    assert {each.partition(stores.SEPARATOR)[0] for each in permanent_ids} == {store_id}
    assert changed_at == [NOW, started_at]


# The table of scores in schema 0032.
SCORE_OF_VALUE = Table(
    "score",
    MetaData(),
    Column("project_id", Integer, ForeignKey(col(ProjectRow.id)), primary_key=True),
    Column("person", String, primary_key=True),
    Column("value", String, primary_key=True),
    Column("impact", Integer),
    Column("given_at", DateTime(timezone=True), nullable=False),
)


def test_scores_of_values__become_one_row_for_each_person(database: Database) -> None:
    channel = Channel(database)
    channel.adds_people("U1", "U2", "U3")
    channel.proposes("V1")
    channel.proposes("V2")
    later = NOW + timedelta(days=1)
    stored = [
        (1, "U1", "cost", -1, NOW),
        (1, "U1", "a_removed_value", 3, NOW),
        (1, "U1", "security", None, later),
        (1, "U2", "cost", None, NOW),
        (1, "U2", "security", None, NOW),
        (2, "U2", "security", 2, later),
        (2, "U3", "a_removed_value", 2, NOW),
    ]
    with (
        database.transaction(STORE) as session,
        Operations.context(MigrationContext.configure(session.connection())),
    ):
        op.drop_table("score")
        SCORE_OF_VALUE.create(session.connection())
        session.execute(insert(SCORE_OF_VALUE).values(stored))
        import_module("storage.migrations.versions.0033_store_each_score_in_one_row").upgrade()
    with database.snapshot() as session:
        rows = session.exec(select(ScoreRow)).all()
        assert {(row.project_id, row.person): (row.impacts, row.given_at) for row in rows} == {
            (1, "U1"): ({"cost": -1, "a_removed_value": 3, "security": None}, later),
            (1, "U2"): ({"cost": None, "security": None}, NOW),
            (2, "U2"): ({"security": 2}, later),
            (2, "U3"): ({"a_removed_value": 2}, NOW),
        }
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, BoardRow.metadata) == []
        assert [scores.projects_to_score(session, channel.board, f"U{n}") for n in (1, 2, 3)] == [
            [2],
            [],
            [1, 2],
        ]
    assert channel.candidate(1).scores == {"U1": {"security": None, "cost": -1}}
    assert channel.candidate(2).scores == {"U2": {"security": 2}}


def test_digests_of_earlier_schema__are_stored_with_projects(database: Database) -> None:
    channel, later = Channel(database), NOW + timedelta(days=1)
    for number in range(1, 7):
        channel.proposes(f"V{number}")
        channel.changes_status(number, Status.SHIPPED)
    channel.changes_status(5, Status.STARTED)
    shipping = channel.project(1).shipping
    digests: list[tuple[str, PostState, datetime, list[int], dict[str, str] | None]] = [
        ("2026-W30", PostState.GONE, later, [4], {"4": shipping}),
        ("2026-W31", PostState.POSTED, NOW - timedelta(days=1), [2], None),
        ("2026-W32", PostState.POSTED, later, [2], None),
        ("2026-W33", PostState.POSTED, later, [1, 5], {"1": shipping, "5": shipping}),
        ("2026-W34", PostState.POSTED, later, [1, 3], {"1": shipping, "3": later.isoformat()}),
    ]
    with (
        database.transaction(STORE) as session,
        Operations.context(MigrationContext.configure(session.connection())),
    ):
        for week, state, at, shipped, shippings in digests:
            session.add(
                PostRow(
                    board_id=channel.board.id,
                    kind=PostKind.DIGEST,
                    subject=week,
                    state=state,
                    taken_at=at,
                    shipped=shipped,
                    shippings=shippings,
                )
            )
        session.flush()
        op.drop_index("ix_project_digest_week", "project")
        op.drop_column("project", "digest_week")
        import_module("storage.migrations.versions.0034_add_digest_week").upgrade()
    with database.snapshot() as session:
        rows = session.exec(select(ProjectRow).order_by(col(ProjectRow.number))).all()
        weeks = {row.number: row.digest_week for row in rows}
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, BoardRow.metadata) == []
    migrated = {1: "2026-W33", 2: "2026-W32", 3: None, 4: None, 5: None, 6: None}
    assert weeks == migrated
    with database.transaction(STORE) as session:
        named_projects.refresh_digest_weeks(session, channel.board.id, migrated)
        rows = session.exec(select(ProjectRow).order_by(col(ProjectRow.number))).all()
        assert {row.number: row.digest_week for row in rows} == migrated


def charter_and_draft(channel: Channel) -> tuple[list[Version], Draft]:
    """Return the charter's versions, newest first, and the open draft."""
    with channel.database.snapshot() as session:
        draft = charter_drafts.find_open(session, channel.board.id)
        assert draft is not None
        return charters.versions(session, channel.board.id), draft


def test_upgrade_adds_parameters__charter_gets_a_version(database: Database) -> None:
    channel, other = Channel(database), Channel(database, "C2")
    channel.proposes("V1")
    channel.shows_card()
    old = DEFAULT_CHARTER.model_dump(mode="json", exclude={"backing_bonus", "reveal_after_days"})
    with database.transaction(STORE) as session:
        for board, base_version in ((channel.board, 1), (other.board, 0)):
            charter = DEFAULT_CHARTER.with_settings(quorum=2)
            charter_drafts.save(session, board.id, base_version, charter, by="U1", now=NOW)
        session.execute(update(CharterRow).values(content=old, agreed_by=["U1"]))
        session.execute(update(DraftRow).values(content={**old, "quorum": 2}))
        add_parameters(session.connection(), {"backing_bonus": 0.2, "reveal_after_days": 7})
    [added, adopted], draft = charter_and_draft(channel)
    assert (added.version, added.by_upgrade, added.agreed_by) == (2, True, ())
    assert added.charter == DEFAULT_CHARTER.with_settings(backing_bonus=0.2, reveal_after_days=7)
    assert added.missing_parameters == frozenset()
    assert (adopted.version, adopted.by_upgrade, adopted.agreed_by) == (1, False, ("U1",))
    assert adopted.missing_parameters == {"backing_bonus", "reveal_after_days"}
    assert draft.content == added.charter.with_settings(quorum=2)
    assert (draft.base_version, draft.revision) == (2, 2)
    assert channel.board.charter == added.charter
    assert channel.stale_cards() == ["1"]
    _, outdated = charter_and_draft(other)
    assert (outdated.base_version, outdated.revision) == (0, 1)


def test_newer_schema__is_refused_and_left_as_it_is(file: Path) -> None:
    open_database(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = schema_of(file)
    with pytest.raises(UnusableDatabase) as refusal:
        open_database(f"sqlite:///{file}")
    assert str(refusal.value) == (
        f"sqlite:///{file} was written by a newer Needle (schema 9999). Upgrade Needle."
    )
    assert schema_of(file) == before


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite:////nowhere/at/all/needle.db", "the directory /nowhere/at/all doesn't exist"),
        ("sqlite:////", "it is a directory"),
        (f"sqlite:///{'x' * 300}.db", "can't be opened: File name too long"),
    ],
)
def test_unusable_path__is_refused_with_a_reason(url: str, message: str) -> None:
    with pytest.raises(UnusableDatabase, match=message):
        open_database(url)


@pytest.mark.parametrize("folder", ["50%", "50%20 done", "%(here)s", "a:b"])
def test_any_install_path__has_its_migrations(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    migrations = tmp_path / folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    monkeypatch.setattr("storage.database.MIGRATIONS", migrations)
    with closing(open_database(f"sqlite:///{file}")) as database:
        assert database.info.schema == LATEST_SCHEMA


def test_file_that_is_no_database__is_refused(file: Path) -> None:
    file.write_text("Dear diary, today I was not a database at all.\n" * 9)
    with pytest.raises(UnusableDatabase, match=r"needle\.db can't be opened: file is not a data"):
        open_database(f"sqlite:///{file}")


def test_damaged_file__is_refused_with_advice(file: Path) -> None:
    open_database(f"sqlite:///{file}").close()
    with file.open("r+b") as damaged:
        damaged.seek(100)  # The page that lists the tables, after the file header.
        damaged.write(b"\xff" * 4096)
    with pytest.raises(UnusableDatabase, match=r"can't be opened: .*malformed\. .*restore a copy"):
        open_database(f"sqlite:///{file}")


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of an unprivileged user. The test runs as that user: modes don't restrict root."""
    with TemporaryDirectory() as folder:
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield Path(folder)
        Path(folder).chmod(0o755)
        if is_root:
            os.seteuid(0)


def test_read_only_file_and_directory__is_refused(nobody: Path) -> None:
    file = nobody / "needle.db"
    open_database(f"sqlite:///{file}").close()
    file.chmod(0o444)
    nobody.chmod(0o555)
    with pytest.raises(UnusableDatabase, match=r"needle\.db can't be opened: "):
        open_database(f"sqlite:///{file}")


def test_read_only_file__is_refused(nobody: Path) -> None:
    file = nobody / "needle.db"
    open_database(f"sqlite:///{file}").close()
    file.chmod(0o444)
    with pytest.raises(UnusableDatabase, match=r"can't be opened: attempt to write a readonly"):
        open_database(f"sqlite:///{file}")


def test_directory_forbids_new_files__says_so(nobody: Path) -> None:
    nobody.chmod(0o555)
    with pytest.raises(
        UnusableDatabase, match=r"needle\.db can't be created: Permission denied\. Set"
    ):
        open_database(f"sqlite:///{nobody / 'needle.db'}")


def test_folder_is_closed_to_the_user__says_so(nobody: Path) -> None:
    file = nobody / "needle.db"
    nobody.chmod(0o000)
    with pytest.raises(
        UnusableDatabase, match=r"needle\.db can't be opened: Permission denied\. Set"
    ):
        open_database(f"sqlite:///{file}", create_folder=True)


def test_read_only_file__is_not_writable(nobody: Path) -> None:
    file = nobody / "needle.db"
    open_database(f"sqlite:///{file}").close()
    require_writable(f"sqlite:///{file}")
    file.chmod(0o444)
    with pytest.raises(UnusableDatabase, match=r"can't be written: attempt to write a readonly"):
        require_writable(f"sqlite:///{file}")


def test_check_of_writes__changes_nothing(file: Path, sqlite_database: Database) -> None:
    sqlite_database.close()
    before = contents(file.parent)
    require_writable(f"sqlite:///{file}")
    assert contents(file.parent) == before


def test_new_file_and_log__are_readable_by_owner_only(file: Path) -> None:
    with closing(open_database(f"sqlite:///{file}")) as database:
        Channel(database)
        modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    assert modes == dict.fromkeys(("needle.db", "needle.db-wal", "needle.db-shm"), 0o600)


def test_another_programs_file__is_refused_and_left_as_it_is(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE recipe (title)")
    before = contents(file.parent)
    with pytest.raises(
        UnusableDatabase, match=r"belongs to another program \(it has a table recipe\)\. "
    ):
        open_database(f"sqlite:///{file}")
    assert contents(file.parent) == before


def test_info__has_location_schema_and_whether_new(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    store_ids = set()
    for is_new in (True, False):
        database = open_database("sqlite:///needle.db")
        store_id = database.info.store_id
        assert database.info == DatabaseInfo(str(file), LATEST_SCHEMA, store_id, is_new=is_new)
        store_ids.add(store_id)
        database.close()
    with closing(open_read_only("sqlite:///needle.db")) as database:
        assert database.info == DatabaseInfo(str(file), LATEST_SCHEMA, store_id)
    assert store_ids == {store_id}
    assert store_id


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_open_read_only__changes_nothing(file: Path, sqlite_database: Database) -> None:
    channel = Channel(sqlite_database)
    board = channel.board
    channel.database.close()
    before = contents(file.parent)
    with closing(open_read_only(f"sqlite:///{file}")) as database:
        with database.snapshot() as session:
            assert boards.list_all(session) == [board]
        with (
            pytest.raises(DatabaseUnavailable, match="readonly"),
            database.transaction(STORE) as session,
        ):
            boards.create(session, "T1", "C2", None, NOW)
    assert contents(file.parent) == before


def test_open_read_only_of_empty_file__creates_no_tables(file: Path) -> None:
    file.touch()
    with pytest.raises(UnusableDatabase, match=r"needle\.db has no schema\. Run `needle run` once"):
        open_read_only(f"sqlite:///{file}")
    assert contents(file.parent) == {"needle.db": b""}


def test_open_read_only_of_older_schema__does_not_migrate(file: Path) -> None:
    open_database(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    before = contents(file.parent)
    with pytest.raises(UnusableDatabase, match=r"has an older schema\. Run `needle run` once"):
        open_read_only(f"sqlite:///{file}")
    assert contents(file.parent) == before


def test_missing_file__is_not_created_unless_wanted(file: Path) -> None:
    with pytest.raises(UnusableDatabase, match="doesn't exist"):
        open_database(f"sqlite:///{file}", create=False)
    with pytest.raises(UnusableDatabase, match="doesn't exist"):
        open_read_only(f"sqlite:///{file}")
    assert not file.exists()


def test_file_without_tables__gets_none_unless_wanted(file: Path) -> None:
    file.touch()
    with pytest.raises(UnusableDatabase, match=r"has no schema\. Run `needle run` once"):
        open_database(f"sqlite:///{file}", create=False)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT * FROM sqlite_master").fetchall() == []
    open_database(f"sqlite:///{file}").close()


def test_error_in_transaction__writes_nothing(database: Database) -> None:
    database.changed.clear()

    def create_board_and_fail() -> None:
        with database.transaction(STORE) as session:
            boards.create(session, "T1", "C1", None, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create_board_and_fail()
    with database.snapshot() as session:
        assert boards.list_all(session) == []
    assert not database.changed.is_set()


def test_database_error__quotes_no_parameters(database: Database) -> None:
    statement = text("INSERT INTO nowhere VALUES (:note)")
    with (
        pytest.raises((ProgrammingError, DatabaseUnavailable)) as error,
        database.transaction(STORE) as session,
    ):
        session.execute(statement, {"note": "said in private"})
    message = f"{error.value} {error.value.__cause__}"
    assert "nowhere" in message
    assert "said in private" not in message


def test_commit__sets_changed(channel: Channel) -> None:
    channel.database.changed.clear()
    channel.proposes("V1")
    assert channel.database.changed.is_set()


def test_snapshot_during_writes__sees_one_state(channel: Channel) -> None:
    with channel.database.snapshot() as session:
        before = len(boards.list_all(session))
        Channel(channel.database, "C2")
        assert len(boards.list_all(session)) == before


def limit_waits(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let writers wait that long for each other, but none for SQLite."""
    monkeypatch.setattr("storage.engine.sqlite_lock_seconds", lambda: 0)
    monkeypatch.setattr("storage.time_limits.LOCK_SECONDS", seconds)


@pytest.fixture
def patient_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    limit_waits(monkeypatch, seconds=60)


@pytest.fixture
def impatient_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    limit_waits(monkeypatch, seconds=0.05)


@pytest.mark.usefixtures("patient_writers")
def test_concurrent_writers__wait_for_each_other(channel: Channel) -> None:
    # Each transaction reads a number, then writes the next. If it began as a reader, it would fail
    # because the database is locked, or two projects would get the same number.
    writers, projects_per_writer = 4, 15
    start = Barrier(writers)

    def write(writer: int) -> None:
        start.wait()
        for turn in range(projects_per_writer):
            channel.proposes(f"V{writer}-{turn}")
            channel.reacts(f"U{writer}", at=f"{turn}.5", ts=f"{turn}.000001")

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    channel.project(writers * projects_per_writer)


@pytest.mark.usefixtures("impatient_writers")
def test_writer_without_a_turn__fails_and_writes_nothing(channel: Channel) -> None:
    with (
        ThreadPoolExecutor(1) as pool,
        channel.database.transaction(channel.lock),
        pytest.raises(DatabaseUnavailable, match="lock"),
    ):
        pool.submit(channel.proposes, "V1").result()
    assert channel.proposes("V1") == 1


def test_open_read_only_on_server__refuses_writes(postgres: Postgres) -> None:
    address = postgres.new_database()
    open_database(address).close()
    with (
        closing(open_read_only(address)) as database,
        pytest.raises(DatabaseUnavailable, match="read-only"),
        database.transaction(STORE) as session,
    ):
        boards.create(session, "T1", "C1", None, NOW)


def test_disconnect_after_commit__outcome_is_unknown(
    postgres: Postgres,
) -> None:
    address = postgres.new_database()

    def hang_up(connection: Connection) -> None:
        driver = connection.connection.dbapi_connection
        assert driver
        driver.commit()
        driver.cursor().execute("SELECT 1")  # Start a transaction that can be committed.
        postgres.hangs_up_on(driver.info.backend_pid)

    with closing(open_database(address)) as database:
        event.listen(Engine, "commit", hang_up)
        try:
            with pytest.raises(CommitOutcomeUnknown), database.transaction(STORE) as session:
                boards.create(session, "T1", "C1", None, NOW)
        finally:
            event.remove(Engine, "commit", hang_up)
        with database.snapshot() as session:
            assert len(boards.list_all(session)) == 1
        assert database.is_writable(), "a new connection is opened"


def test_disconnect_before_commit__writes_nothing(
    postgres: Postgres,
) -> None:
    address = postgres.new_database()

    def write(session: Session) -> None:
        boards.create(session, "T1", "C1", None, NOW)
        driver = session.connection().connection.dbapi_connection
        assert driver
        postgres.hangs_up_on(driver.info.backend_pid)
        boards.create(session, "T1", "C2", None, NOW)

    with closing(open_database(address)) as database:
        with pytest.raises(DatabaseUnavailable) as failure, database.transaction(STORE) as session:
            write(session)
        assert not isinstance(failure.value, CommitOutcomeUnknown)
        with database.snapshot() as session:
            assert boards.list_all(session) == []


OPEN_AFTER_INPUT = """
import sys
from storage.database import open_database
print("ready", flush=True)
sys.stdin.readline()
open_database(sys.argv[1])
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, file: Path) -> str:
    """The URL of a database that hasn't been opened yet."""
    if request.param == "sqlite":
        return f"sqlite:///{file}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.new_database()


def test_two_processes_create_a_database__both_succeed(new_database: str) -> None:
    command = [sys.executable, "-c", OPEN_AFTER_INPUT, new_database]
    with ExitStack() as stack:
        openers = [
            stack.enter_context(Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT))
            for _ in range(2)
        ]
        for opener in openers:
            assert opener.stdout
            assert opener.stdout.readline() == "ready\n"
        for opener in openers:
            assert opener.stdin
            opener.stdin.close()
    assert [opener.returncode for opener in openers] == [0, 0]
