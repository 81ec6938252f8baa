"""Movement of projects in the ranking since the previous digest."""

import pytest

from bot.views.parts.board_overview import movement
from tests.support.surfaces import Words, board, ranked


@pytest.mark.parametrize(
    ("previous_ranks", "expected"),
    [
        (None, "–"),
        ({}, "new"),
        ({"2": 5}, "▲3"),
        ({"2": 2}, "="),
        ({"2": 1}, "▼1"),
        ({"1": 1}, "new"),
    ],
)
def test_movement__counts_ranks_since_the_last_digest(
    previous_ranks: dict[str, int] | None, expected: str
) -> None:
    second = ranked(board(Words()), 2)
    assert second.rank == 2
    assert movement(second, previous_ranks) == expected


def test_project_without_rank__has_no_movement() -> None:
    assert movement(ranked(board(Words()), 4), {"4": 1}) == "–"
