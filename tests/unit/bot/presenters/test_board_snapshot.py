from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from benchmarks.crowd import crowded_board
from bot.presenters import digest, home, quarter_posts
from bot.presenters.board_snapshot import BoardSnapshot
from domain.projects.lifecycle import Status
from storage.boards.boards import Board
from storage.database import Database, Session, open_database
from storage.projects import projects

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SHIPPED = 5


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", count)


@pytest.fixture
def database(store_file: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{store_file}")
    yield opened
    opened.close()


@pytest.fixture
def board(database: Database) -> Board:
    board = crowded_board(database, projects=20, people=5)
    with database.transaction() as session:
        for project_id in range(1, SHIPPED + 1):
            projects.set_status(session, project_id, Status.SHIPPED, by="U1", now=NOW)
    return board


def show_digest(session: Session, board: Board) -> object:
    return digest.digest(BoardSnapshot(session, board), board.cadence.iso_week(NOW), None)


def show_roadmap(session: Session, board: Board) -> object:
    return quarter_posts.roadmap(session, board, board.cadence.quarter(NOW), NOW)


def show_home(session: Session, board: Board) -> object:
    return home.home(session, board.team_id, "U1", [board.channel_id])


@pytest.mark.parametrize(
    ("show", "limit"), [(show_digest, 19), (show_roadmap, 13), (show_home, 13)]
)
def test_post_of_a_large_board__runs_few_statements(
    database: Database, board: Board, show: Callable[[Session, Board], object], limit: int
) -> None:
    with database.snapshot() as session, counted_statements() as statements:
        show(session, board)
    assert len(statements) <= limit, statements
