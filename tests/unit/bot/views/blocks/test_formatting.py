"""Formatting of numbers, dates and value names."""

from bot.views.blocks.formatting import quantity, value_names, weeks
from domain.ranking.charter import DEFAULT_CHARTER


def test_numbers__are_written_with_the_right_plural() -> None:
    assert [weeks(None), weeks(1), weeks(0.5), weeks(3.0)] == (
        ["effort unknown", "1 engineer-week", "0.5 engineer-weeks", "3 engineer-weeks"]
    )
    assert [quantity(0, "a", "b"), quantity(1, "a", "b"), quantity(2, "a", "b")] == (
        ["0 b", "1 a", "2 b"]
    )


def test_value_names__follow_the_order_of_the_charter() -> None:
    assert value_names(["cost", "security"], DEFAULT_CHARTER) == "security and cost"
