import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formatting import format_decimal, format_percent, format_signed, join_with_and, ordinal


def test_ordinals() -> None:
    numbers = (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)
    assert list(map(ordinal, numbers)) == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"]
    )


def test_lists_and_shares() -> None:
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


def test_a_number_bears_its_sign_in_real_typography() -> None:
    assert [format_signed(1.625), format_signed(3), format_signed(-0.5), format_signed(0.06)] == [
        "+1.6",
        "+3.0",
        "−0.5",
        "+0.1",
    ]


@pytest.mark.parametrize("number", [0, 0.0, -0.0, 0.04, -0.04, 0.049])
def test_what_rounds_to_zero_has_no_sign(number: float) -> None:
    assert format_signed(number) == "0.0"


@given(st.floats(-1000, 1000))
def test_the_sign_says_on_which_side_of_zero_the_shown_number_is(number: float) -> None:
    shown = format_signed(number)
    assert float(shown.replace("−", "-")) == float(f"{number:.1f}")
    assert shown[0] in "+−" or shown == "0.0"


def test_a_plain_number_bears_a_sign_only_below_zero() -> None:
    assert [
        format_decimal(1.625),
        format_decimal(-0.5),
        format_decimal(-0.04),
        format_decimal(0),
    ] == (["1.6", "−0.5", "0.0", "0.0"])
