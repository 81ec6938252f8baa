"""The cost of a board's past, in steps of the database: what closed years ago isn't read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.history import WORKS, LivedInBoard
from benchmarks.lived_in_boards import Size
from storage.database import open_database
from tests.support.statements import counted_steps

OPEN, CLOSED = 20, 1_000
MAX_GROWTH = 1.2


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LivedInBoard, LivedInBoard]]:
    """A board with many closed projects, and one without."""
    folder: Path = tmp_path_factory.mktemp("history")
    old, new = (
        LivedInBoard(open_database(f"sqlite:///{folder}/{closed}.db"), Size(OPEN, closed))
        for closed in (CLOSED, 0)
    )
    yield old, new
    for board in (old, new):
        board.database.close()


@pytest.mark.parametrize("name", sorted(WORKS))
def test_closed_projects__cost_the_database_nothing(
    boards: tuple[LivedInBoard, LivedInBoard], name: str
) -> None:
    steps = []
    for board in boards:
        WORKS[name](board)
        with counted_steps() as counted:
            WORKS[name](board)
        steps.append(counted["hundreds"])
    with_past, without = steps
    assert with_past <= MAX_GROWTH * without + 5, (with_past, without)
