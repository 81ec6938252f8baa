"""Movement, numbers and values as Needle writes them."""

import pytest

from bot.views.blocks.formatting import quantity, value_names, weeks
from bot.views.parts.board_overview import movement
from domain.ranking.charter import DEFAULT_CHARTER
from tests.support.surfaces import Words, board, ranked


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (None, "–"),
        ({}, "new"),
        ({"2": 5}, "▲3"),
        ({"2": 2}, "="),
        ({"2": 1}, "▼1"),
        ({"1": 1}, "new"),
    ],
)
def test_movement_is_counted_in_ranks_since_the_last_digest(
    before: dict[str, int] | None, shown: str
) -> None:
    second = ranked(board(Words()), 2)
    assert second.rank == 2
    assert movement(second, before) == shown


def test_what_carries_no_rank_does_not_move() -> None:
    assert movement(ranked(board(Words()), 4), {"4": 1}) == "–"


def test_numbers_as_people_write_them() -> None:
    assert [weeks(None), weeks(1), weeks(0.5), weeks(3.0)] == (
        ["effort unknown", "1 engineer-week", "0.5 engineer-weeks", "3 engineer-weeks"]
    )
    assert [quantity(0, "a", "b"), quantity(1, "a", "b"), quantity(2, "a", "b")] == (
        ["0 b", "1 a", "2 b"]
    )


def test_values_are_named_in_the_charter_s_order() -> None:
    assert value_names(["cost", "security"], DEFAULT_CHARTER) == "security and cost"
