"""Removal of a board with all its rows."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, SQLModel, func, select

from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment, CommittedProject
from domain.projects.lifecycle import Status
from domain.toil.ledger import ToilEntry, ToilType
from storage.boards import boards, channel_members, charter_drafts, charters, fires, removal
from storage.boards.boards import Board
from storage.boards.removal import BoardContents
from storage.database import Database
from storage.locks import STORE
from storage.planning import roadmaps, toil
from storage.projects import outcomes, projects
from storage.tables import BoardRow, CharterRow
from tests.support.channel import NOW, PROPOSAL, Channel

Q4 = Quarter(2026, 4)
KEPT = {"store", "person", "home", "act", "removed_board"}  # they belong to no board


def declare_fire(session: Session, board: Board) -> None:
    fires.declare(session, board.id, value="cost", what="bill", by="U1", now=NOW)


def log_toil(session: Session, board: Board) -> None:
    toil.log(session, board, ToilEntry(ToilType.PAGE, "ci", 5, NOW), origin="1", by="U1")


def draft_charter(session: Session, board: Board) -> None:
    changed = board.charter.with_settings(quorum=2)
    charter_drafts.save(session, board.id, 1, changed, by="U1", now=NOW)


def change_charter(session: Session, board: Board) -> None:
    changed = board.charter.with_settings(quorum=2)
    charters.adopt(session, board.id, changed, version=2, agreed_by=["U1"], now=NOW)


def pause_digests(session: Session, board: Board) -> None:
    boards.pause_digests(session, board, date(2030, 1, 1), NOW)


def appoint_steward(session: Session, board: Board) -> None:
    session.get_one(BoardRow, board.id).stewards = ["U1"]


def propose(session: Session, board: Board) -> None:
    projects.propose(session, board.id, origin="V1", proposer="U1", proposal=PROPOSAL, now=NOW)


@pytest.mark.parametrize(
    ("store", "stored"),
    [
        (propose, BoardContents(projects=1)),
        (declare_fire, BoardContents(fires=1)),
        (log_toil, BoardContents(toil=1)),
        (draft_charter, BoardContents(drafts=1)),
        (change_charter, BoardContents(charter_changes=1)),
        (pause_digests, BoardContents(has_changed_settings=True)),
        (appoint_steward, BoardContents(has_changed_settings=True)),
    ],
)
def test_contents__are_what_people_stored(
    database: Database, store: Callable[[Session, Board], None], stored: BoardContents
) -> None:
    channel, other = Channel(database), Channel(database, "C2")
    with database.transaction(STORE) as session:
        store(session, channel.board)
        assert removal.contents(session, channel.board.id) == stored
        assert removal.contents(session, other.board.id).is_empty


def test_board_as_invited__has_no_contents(database: Database) -> None:
    with database.transaction(STORE) as session:
        boards.create(session, "T1", "C1", "U1", NOW)
        board = boards.find(session, "T1", "C1")
        assert board is not None
        boards.save_channel_info(session, board, "ops", "Europe/Dublin")
        charters.adopt(session, board.id, board.charter, version=2, agreed_by=[], now=NOW)
        session.get_one(CharterRow, (board.id, 2)).by_upgrade = True
        assert removal.contents(session, board.id).is_empty


def count_rows(database: Database) -> dict[str, int]:
    with database.snapshot() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in SQLModel.metadata.sorted_tables
            if table.name not in KEPT
        }


def fill(channel: Channel) -> None:
    """Store a row of the board in each table that belongs to a board."""
    channel.proposes("V1")
    channel.proposes("V2")
    channel.scores("U1", {"cost": 1}, comment="Because.")
    channel.shows_card()
    channel.reacts("U2", at="1.5")
    channel.changes_status(2, Status.MERGED, into=1)
    project = channel.project(1)
    with channel.database.transaction(STORE) as session:
        board = channel.board
        declare_fire(session, board)
        log_toil(session, board)
        draft_charter(session, board)
        draft = charter_drafts.find_open(session, board.id)
        assert draft is not None
        charter_drafts.save_reason(session, draft.id, "U2", "Too few.", now=NOW)
        projects.set_owner(session, project.id, "U2", by="U1", now=NOW)
        outcomes.save(session, project.id, "U1", {"cost": 1}, NOW)
        channel_members.save(session, board.id, ["U1"], last_change=None)
        committed = CommittedProject(1, rank=1, needle=1.0, effort_weeks=1.0)
        commitment = Commitment(Capacity(4, 13), 1, "U1", NOW, (committed,))
        assert roadmaps.commit(session, board, Q4, commitment)
        roadmaps.change(
            session, board, Q4, added=[], removed=[1], reason="Later.", by="U1", now=NOW
        )


def test_removed_board__leaves_no_row_and_touches_no_other(database: Database) -> None:
    other = Channel(database, "C2")
    fill(other)
    before = count_rows(database)
    assert [name for name, count in before.items() if not count] == [], "fill them"
    channel = Channel(database)
    fill(channel)
    assert all(count > before[name] for name, count in count_rows(database).items())
    with database.transaction(STORE) as session:
        removal.remove(session, channel.board.id)
    assert count_rows(database) == before
    with database.snapshot() as session:
        assert [board.channel_id for board in boards.list_all(session)] == ["C2"]
