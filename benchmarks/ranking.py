"""The cost of ranking from the database, compared with parsing the same board from JSON."""

import json
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from benchmarks.boards import NOW, crowded_board
from benchmarks.row import Row, at_most
from benchmarks.turns import least_seconds
from bot.listeners.actor import Actor
from bot.listeners.roadmap.ranked_write import compute_and_write
from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from domain.planning.commitment import Commitment, commit_project
from domain.ranking.whatif import rerank
from storage.boards.boards import Board
from storage.database import Database, Session, open_database
from storage.idempotency import Request
from storage.planning import roadmaps
from storage.projects import candidates

FEW, MANY = 5_000, 50_000  # open projects


def measure(folder: Path) -> Iterator[Row]:
    """Measure a board of 2,000 projects that 50 people have each scored, and larger boards."""
    database = open_database(f"sqlite:///{folder}/crowd.db")
    board = crowded_board(database, projects=2_000, people=50)
    seconds, parsing = seconds_of_ranking_and_parsing(database, board)
    whatif = _seconds_of_whatif(database, board)
    locked = _seconds_of_lock(database, board)
    database.close()
    yield Row(
        "ranking 2,000 projects × 50 people from the store",
        seconds / parsing,
        at_most(3),
        "json.loads of the same board",
    )
    yield Row("what-if of the same board", whatif / seconds, at_most(2), "its ranking")
    yield Row(
        "a commit holds the writers' lock", locked / seconds, at_most(0.2), "the board's ranking"
    )
    yield _with_many_projects(folder)


def _with_many_projects(folder: Path) -> Row:
    """Compare the time for each project of two boards that 5 people have scored."""
    works = []
    for projects in (FEW, MANY):
        database = open_database(f"sqlite:///{folder}/{projects}.db")
        works.append(partial(_rank, database, crowded_board(database, projects=projects, people=5)))
    few, many = least_seconds(*works, rounds=3)
    return Row(
        f"ranking {MANY:,} projects × 5 people, for each project",
        (many / MANY) / (few / FEW),
        at_most(1.3),
        f"{FEW:,} projects",
    )


def _rank(database: Database, board: Board) -> object:
    with database.snapshot() as session:
        return overview(BoardSnapshot(session, board))


def seconds_of_ranking_and_parsing(database: Database, board: Board) -> tuple[float, float]:
    """Return the CPU seconds of ranking a board, and of parsing it from JSON."""
    with database.snapshot() as session:
        told = json.dumps(
            [each.model_dump(mode="json") for each in candidates.candidates(session, board)]
        )

    seconds, parsing = least_seconds(partial(_rank, database, board), lambda: json.loads(told))
    return seconds, parsing


def _seconds_of_whatif(database: Database, board: Board) -> float:
    """Return the CPU seconds of ranking a board twice, and of both plans."""

    def compare() -> None:
        with database.snapshot() as session:
            snapshot = BoardSnapshot(session, board)
            now = overview(snapshot).ranking
            rankings = [now, rerank(now, {board.charter.keys[0]: 2})]
            quarters.planned_by_each(snapshot, rankings, board.cadence.quarter(NOW), NOW)

    [seconds] = least_seconds(compare)
    return seconds


def _seconds_of_lock(database: Database, board: Board) -> float:
    """Return the CPU seconds for which the commit of the board's plan holds the writers' lock."""
    quarter = board.cadence.quarter(NOW)
    began = [0.0]

    def plan(session: Session) -> Commitment:
        snapshot = BoardSnapshot(session, board)
        plan = quarters.planned(snapshot, overview(snapshot).ranking, quarter, NOW)
        items = [
            commit_project(project, project.candidate.effort_weeks or 0, carried_over=False)
            for project in plan.planned
        ]
        return Commitment(plan.capacity, board.charter_version, "U0", NOW, tuple(items))

    def store(session: Session, commitment: Commitment) -> None:
        roadmaps.commit(session, board, quarter, commitment)

    def note_start(_connection: Connection) -> None:
        began[0] = time.process_time()

    event.listen(Engine, "begin", note_start)
    request = Request(database, None, NOW)
    actor = Actor(board.team_id, "U0", board.channel_id, "")
    compute_and_write(request, actor, board.channel_id, NOW, plan, store)
    seconds = time.process_time() - began[0]
    event.remove(Engine, "begin", note_start)
    return seconds
