"""Formatting of numbers, dates and value names."""

from datetime import UTC, datetime

from bot.views.blocks.formatting import (
    quantity,
    signed_impact,
    times,
    value_names,
    weekday_and_time,
    weeks,
)
from domain.ranking.charter import DEFAULT_CHARTER


def test_numbers__are_written_with_the_right_plural() -> None:
    assert [weeks(None), weeks(1), weeks(0.5), weeks(3.0)] == (
        ["no effort estimate", "1 engineer-week", "0.5 engineer-weeks", "3 engineer-weeks"]
    )
    assert [quantity(0, "a", "b"), quantity(1, "a", "b"), quantity(2, "a", "b")] == (
        ["0 b", "1 a", "2 b"]
    )
    assert [times(0), times(1), times(1.04), times(2), times(1.5)] == (
        ["0 times", "once", "once", "2 times", "1.5 times"]
    )


def test_value_names__follow_the_order_of_the_charter() -> None:
    assert value_names(["cost", "security"], DEFAULT_CHARTER) == "security and cost"


def test_impacts__have_their_sign() -> None:
    assert [signed_impact(impact) for impact in (3, 0, -2)] == ["+3", "0", "−2"]


def test_time__has_weekday_and_day_without_zero() -> None:
    assert weekday_and_time(datetime(2026, 5, 3, 14, 5, tzinfo=UTC)) == "Sunday 3 May, 14:05"
