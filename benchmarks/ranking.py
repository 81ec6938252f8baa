"""The cost of ranking from the database, compared with parsing the same board from JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.boards import crowded_board
from benchmarks.row import Row, at_most
from benchmarks.turns import least_seconds
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from storage.boards.boards import Board
from storage.database import Database, open_database
from storage.projects import candidates


def measure(folder: Path) -> Iterator[Row]:
    """Measure a board of 2,000 projects that 50 people have each scored."""
    database = open_database(f"sqlite:///{folder}/crowd.db")
    board = crowded_board(database, projects=2_000, people=50)
    seconds, parsing = seconds_of_ranking_and_parsing(database, board)
    database.close()
    yield Row(
        "ranking 2,000 projects × 50 people from the store",
        seconds / parsing,
        at_most(3),
        "json.loads of the same board",
    )


def seconds_of_ranking_and_parsing(database: Database, board: Board) -> tuple[float, float]:
    """Return the CPU seconds of ranking a board, and of parsing it from JSON."""
    with database.snapshot() as session:
        told = json.dumps(
            [each.model_dump(mode="json") for each in candidates.candidates(session, board)]
        )

    def ranking() -> Any:
        with database.snapshot() as session:
            return overview(BoardSnapshot(session, board))

    seconds, parsing = least_seconds(ranking, lambda: json.loads(told))
    return seconds, parsing
