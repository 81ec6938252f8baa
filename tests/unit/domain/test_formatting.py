import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formatting import (
    format_decimal,
    format_percent,
    format_scored_by,
    format_signed,
    join_with_and,
    ordinal,
)


def test_number__becomes_an_ordinal() -> None:
    numbers = (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)
    assert list(map(ordinal, numbers)) == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"]
    )


def test_lists_and_percentages__are_formatted() -> None:
    assert [
        join_with_and([]),
        join_with_and(["a"]),
        join_with_and(["a", "b"]),
        join_with_and(["a", "b", "c"]),
    ] == (["", "a", "a and b", "a, b and c"])
    assert [
        format_percent(0.82),
        format_percent(0.1 * 3),
        format_percent(0.125),
        format_percent(1 / 3),
    ] == (["82 %", "30 %", "12.5 %", "33.3 %"])


def test_scorers_of_results__name_the_quorum_until_it_is_reached() -> None:
    counts = ((1, 3), (2, 3), (3, 3), (4, 3), (1, 1))
    assert [format_scored_by(*count) for count in counts] == [
        "scored by 1 of 3",
        "scored by 2 of 3",
        "scored by 3",
        "scored by 4",
        "scored by 1",
    ]


def test_signed_number__uses_typographic_minus() -> None:
    assert [format_signed(1.625), format_signed(3), format_signed(-0.5), format_signed(0.06)] == [
        "+1.6",
        "+3.0",
        "−0.5",
        "+0.1",
    ]


@pytest.mark.parametrize("number", [0, 0.0, -0.0, 0.04, -0.04, 0.049])
def test_number_rounds_to_zero__has_no_sign(number: float) -> None:
    assert format_signed(number) == "0.0"


@given(st.floats(-1000, 1000))
def test_any_number__sign_matches_the_rounded_value(number: float) -> None:
    text = format_signed(number)
    assert float(text.replace("−", "-")) == float(f"{number:.1f}")
    assert text[0] in "+−" or text == "0.0"


def test_decimal__has_a_sign_only_below_zero() -> None:
    assert [
        format_decimal(1.625),
        format_decimal(-0.5),
        format_decimal(-0.04),
        format_decimal(0),
    ] == (["1.6", "−0.5", "0.0", "0.0"])
