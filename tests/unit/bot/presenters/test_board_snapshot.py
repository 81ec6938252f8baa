from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.boards import crowded_board
from bot.presenters import digest, export, home, quarter_posts
from bot.presenters.board_snapshot import BoardSnapshot
from bot.reconciler.render import render_post
from domain.projects.lifecycle import Status
from storage.boards.boards import Board
from storage.database import Database, Session, open_database
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import ProjectSubject
from storage.projects import projects
from storage.tables import PostKind
from tests.support.statements import recorded_statements

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SHIPPED = 5
MERGED = 19


@pytest.fixture
def database(store_file: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{store_file}")
    yield opened
    opened.close()


@pytest.fixture
def board(database: Database) -> Board:
    board = crowded_board(database, projects=20, people=5)
    with database.transaction(STORE) as session:
        for project_id in range(1, SHIPPED + 1):
            projects.set_status(session, project_id, Status.SHIPPED, by="U1", now=NOW)
        projects.set_status(session, MERGED, Status.MERGED, by="U1", now=NOW, into=20)
        for number in (MERGED, 20):
            subject = ProjectSubject(number)
            outbox.enqueue(session, board.id, PostKind.CARD, subject, project_id=number)
    return board


def show_digest(session: Session, board: Board) -> object:
    return digest.digest(BoardSnapshot(session, board), board.cadence.iso_week(NOW))


def show_roadmap(session: Session, board: Board) -> object:
    return quarter_posts.roadmap(BoardSnapshot(session, board), board.cadence.quarter(NOW), NOW)


def show_home(session: Session, board: Board) -> object:
    return home.home(session, board.team_id, "U1", [board.channel_id], NOW)


def show_retrospective(session: Session, board: Board) -> object:
    quarter = board.cadence.quarter(NOW)
    return quarter_posts.retrospective(BoardSnapshot(session, board), quarter, NOW.date())


def show_csv(session: Session, board: Board) -> object:
    return export.export_lines(BoardSnapshot(session, board), board.cadence.quarter(NOW))


def show_board_file(session: Session, board: Board) -> object:
    return export.board_file(BoardSnapshot(session, board), include_hidden=False)


def show_card(session: Session, board: Board, number: int = 20) -> object:
    card = outbox.latest(session, board.id, PostKind.CARD, ProjectSubject(number))
    assert card is not None
    return render_post(session, card, NOW)


def show_merged_card(session: Session, board: Board) -> object:
    return show_card(session, board, MERGED)


@pytest.mark.parametrize(
    ("show", "limit"),
    [
        (show_digest, 19),
        (show_roadmap, 15),
        (show_retrospective, 25),
        (show_home, 15),
        (show_csv, 10),
        (show_board_file, 7),
        (show_card, 10),
        (show_merged_card, 12),
    ],
)
def test_post_of_a_large_board__runs_few_statements(
    database: Database, board: Board, show: Callable[[Session, Board], object], limit: int
) -> None:
    with database.snapshot() as session, recorded_statements() as statements:
        show(session, board)
    assert len(statements) <= limit, (len(statements), statements)


def test_card_of_merged_project__reads_one_permalink(database: Database, board: Board) -> None:
    with database.snapshot() as session, recorded_statements() as statements:
        show_merged_card(session, board)
    assert len([text for text in statements if text.startswith("SELECT post.permalink")]) == 1
