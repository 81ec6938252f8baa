"""The cost of ranking relative to reading the data. Ratios don't depend on the machine's load."""

from pathlib import Path

import pytest

from benchmarks.boards import crowded_board
from benchmarks.ranking import seconds_of_ranking_and_parsing
from storage.database import open_database

# Measured 6 to 9; a second or more for 2,000 projects and 50 people would be well above 12.
MOST_TIMES_JSON = 20
# Four times as much takes four times as long, and some noise; a square would take sixteen times.
MOST_GROWTH = 8


def costs(folder: Path, projects: int) -> tuple[float, float]:
    database = open_database(f"sqlite:///{folder}/{projects}.db")
    board = crowded_board(database, projects=projects, people=50)
    seconds, parsing = seconds_of_ranking_and_parsing(database, board)
    database.close()
    return seconds, seconds / parsing


@pytest.mark.long
def test_ranking_a_board__takes_a_few_times_as_long_as_json(tmp_path: Path) -> None:
    few, _ = costs(tmp_path, 100)
    many, ratio = costs(tmp_path, 400)
    assert ratio < MOST_TIMES_JSON
    assert many / few < MOST_GROWTH
