"""Rows that can't be read: they are left out and named, and the others are read."""

import pytest
from sqlalchemy import text

from storage.boards import boards, channel_members
from storage.database import Database, Session
from storage.locks import STORE
from storage.migrations.charter_parameters import add_parameters
from storage.people import people
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.readable_rows import unreadable_rows
from storage.tables import AccountType, PostKind
from tests.support.channel import NOW, Channel

DAMAGE = {
    "charter of another type": "UPDATE charter SET content = '[]' WHERE board_id = 1",
    "charter without values": "UPDATE charter SET content = '{\"values\": []}' WHERE board_id = 1",
    "no charter": "DELETE FROM charter WHERE board_id = 1",
    "stewards missing": "UPDATE board SET stewards = 'null' WHERE id = 1",
    "no time": "UPDATE board SET digest_time = 'soon' WHERE id = 1",
    "no day": "UPDATE board SET digest_weekday = 9 WHERE id = 1",
    "work ends early": "UPDATE board SET work_ends = '03:00' WHERE id = 1",
}
# PostgreSQL's column types refuse these.
SQLITE_DAMAGE = {
    "malformed charter": "UPDATE charter SET content = '{' WHERE board_id = 1",
    "no date": "UPDATE board SET created_at = 'yesterday' WHERE id = 1",
}


def create_two_boards(database: Database) -> tuple[Channel, Channel]:
    """Create the boards #broken, which a test damages, and #fine."""
    broken, fine = Channel(database, "C1"), Channel(database, "C2")
    with database.transaction(STORE) as session:
        for channel, name in ((broken, "broken"), (fine, "fine")):
            boards.save_channel_info(session, channel.board, name, None)
    return broken, fine


@pytest.fixture
def two_boards(database: Database) -> tuple[Channel, Channel]:
    return create_two_boards(database)


@pytest.fixture
def two_boards_in_sqlite(sqlite_database: Database) -> tuple[Channel, Channel]:
    return create_two_boards(sqlite_database)


def damage(database: Database, statement: str) -> None:
    with database.transaction(STORE) as session:
        session.execute(text(statement))


def names(session: Session) -> list[str]:
    return [row.name for row in unreadable_rows(session)]


def listed(session: Session) -> list[str | None]:
    return [board.name for board in boards.list_all(session)]


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE)
def test_unreadable_board__is_left_out_and_named(
    two_boards: tuple[Channel, Channel], statement: str
) -> None:
    assert_first_is_left_out(two_boards[0].database, statement)


@pytest.mark.parametrize("statement", SQLITE_DAMAGE.values(), ids=SQLITE_DAMAGE)
def test_unreadable_board_in_sqlite__is_left_out_and_named(
    two_boards_in_sqlite: tuple[Channel, Channel], statement: str
) -> None:
    assert_first_is_left_out(two_boards_in_sqlite[0].database, statement)


def assert_first_is_left_out(database: Database, statement: str) -> None:
    damage(database, statement)
    with database.snapshot() as session:
        assert listed(session) == ["fine"]
        assert names(session) == ["#broken"]
    with database.snapshot() as session:
        assert [board.name for board in boards.find_by_name(session, "#fine")] == ["fine"]


def test_readable_boards__name_no_row(two_boards: tuple[Channel, Channel]) -> None:
    with two_boards[0].database.snapshot() as session:
        assert listed(session) == ["broken", "fine"]
        assert names(session) == []


def test_reason__does_not_quote_what_people_typed(two_boards: tuple[Channel, Channel]) -> None:
    database = two_boards[0].database
    damage(database, 'UPDATE charter SET content = \'{"quorum": "secret"}\' WHERE board_id = 1')
    with database.snapshot() as session:
        boards.list_all(session)
        [row] = unreadable_rows(session)
    assert row.board_id == 1
    assert "secret" not in row.reason


def test_unreadable_post__others_are_due(two_boards: tuple[Channel, Channel]) -> None:
    assert_other_post_is_due(two_boards, "UPDATE post SET kind = 'unknown' WHERE board_id = 1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE post SET ranks = '{' WHERE board_id = 1",
        "UPDATE post SET first_tried_at = 'yesterday' WHERE board_id = 1",
    ],
)
def test_unreadable_post_in_sqlite__others_are_due(
    two_boards_in_sqlite: tuple[Channel, Channel], statement: str
) -> None:
    assert_other_post_is_due(two_boards_in_sqlite, statement)


def assert_other_post_is_due(two_boards: tuple[Channel, Channel], statement: str) -> None:
    broken, fine = two_boards
    damage(broken.database, statement)
    with broken.database.snapshot() as session:
        assert {post.board_id for post in outbox.due(session, NOW)} == {fine.board.id}
        assert names(session) == ["post 1"]


def test_board_that_fails__others_roadmaps_are_redrawn(
    two_boards: tuple[Channel, Channel],
) -> None:
    broken, fine = (channel.board for channel in two_boards)
    quarter = QuarterSubject(fine.cadence.quarter(NOW).key)
    with two_boards[0].database.transaction(STORE) as session:
        for board in (broken, fine):
            outbox.enqueue(session, board.id, PostKind.ROADMAP, quarter)
            post = outbox.latest(session, board.id, PostKind.ROADMAP)
            assert post is not None
            outbox.mark_posted(session, post.id, "1.000001")
            outbox.mark_redrawn(session, post, outbox.UNKNOWN_REVISION)
    with two_boards[0].database.snapshot() as session:
        failing = broken.model_copy(update={"charter": None})
        stale = roadmaps.stale_posts(session, [failing, fine], NOW)
        assert [post.board_id for post in stale] == [fine.id]
        assert len(names(session)) == 1


def test_person_in_channel_of_broken_board__is_saved(
    two_boards: tuple[Channel, Channel],
) -> None:
    broken, fine = two_boards
    with broken.database.transaction(STORE) as session:
        for board in (broken.board, fine.board):
            channel_members.save(session, board.id, ["U1", "U2"], last_change=None)
    damage(broken.database, DAMAGE["charter of another type"])
    with broken.database.transaction(STORE) as session:
        people.save_profile(session, "T1", "U1", AccountType.GUEST, None, NOW, None)
    assert fine.board.full_members == 1


def test_upgrade_with_unreadable_charter__upgrades_the_others(
    two_boards: tuple[Channel, Channel],
) -> None:
    broken, fine = two_boards
    damage(broken.database, DAMAGE["charter of another type"])
    with broken.database.transaction(STORE) as session:
        add_parameters(session.connection(), {"quorum": 2})
    assert (fine.board.charter_version, fine.board.charter.quorum) == (2, 2)
