"""The cost of ranking from the database, compared with parsing the same board from JSON."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.crowd import crowded_board
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from storage.boards.boards import Board
from storage.database import Database, open_database
from storage.projects import candidates

ROUNDS = 5


def seconds_and_ratio(
    database: Database, board: Board, rounds: int = ROUNDS
) -> tuple[float, float]:
    """Return the CPU seconds of ranking, and their ratio to parsing.

    Both take turns for several rounds, and the fastest round counts.
    """
    with database.snapshot() as session:
        told = json.dumps(
            [each.model_dump(mode="json") for each in candidates.candidates(session, board)]
        )

    def ranking() -> Any:
        with database.snapshot() as session:
            return overview(BoardSnapshot(session, board))

    def loading() -> Any:
        return json.loads(told)

    spent = [(_seconds(ranking), _seconds(loading)) for _ in range(rounds)]
    least, plain = (min(column) for column in zip(*spent, strict=True))
    return least, least / plain


def print_ranking(folder: Path, projects: int = 2_000, people: int = 50) -> None:
    database = open_database(f"sqlite:///{folder}/crowd.db")
    board = crowded_board(database, projects=projects, people=people)
    seconds, ratio = seconds_and_ratio(database, board)
    print(
        f"ranking {projects:,} projects that {people} people have each scored, too-close pairs and"
        f" reading the store included: {seconds:.2f} s"
    )
    print(f"times as long as json.loads of the same board: {ratio:.1f}")
    database.close()


def _seconds(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
