"""Removal of a board with all its rows."""

from sqlmodel import SQLModel, func, select

from domain.projects.lifecycle import Status
from storage.boards import boards, charter_drafts, fires, removal
from storage.database import Database
from storage.projects import projects
from tests.support.channel import NOW, Channel

KEPT = {"store", "person", "home", "act"}  # they belong to no board


def count_rows(database: Database) -> dict[str, int]:
    with database.snapshot() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in SQLModel.metadata.sorted_tables
            if table.name not in KEPT
        }


def fill(channel: Channel) -> None:
    channel.proposes("V1")
    channel.proposes("V2")
    channel.scores("U1", {"cost": 1}, comment="Because.")
    channel.shows_card()
    channel.reacts("U2", at="1.5")
    channel.changes_status(2, Status.MERGED, into=1)
    with channel.database.transaction() as session:
        board = channel.board
        changed = board.charter.with_settings(quorum=2)
        charter_drafts.save(session, board.id, 1, changed, by="U1", now=NOW)
        fires.declare(session, board.id, value="cost", what="bill", by="U1", now=NOW)
        projects.set_owner(session, channel.project(1).id, "U2", by="U1", now=NOW)


def test_removed_board__leaves_no_row_and_touches_no_other(database: Database) -> None:
    other = Channel(database, "C2")
    fill(other)
    before = count_rows(database)
    channel = Channel(database)
    fill(channel)
    with database.transaction() as session:
        removal.remove(session, channel.board.id)
    assert count_rows(database) == before
    with database.snapshot() as session:
        assert [board.channel_id for board in boards.list_all(session)] == ["C2"]
