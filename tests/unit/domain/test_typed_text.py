"""Text that people type, with quotes around words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.typed_text import parse_ordinal, split_first

PAIRS = ['""', "''", "“”", "„“", "”“", "‘’", "‚‘", "«»", "»«", '“"']
NAMES = st.from_regex(r"[a-z][a-z']{0,9}[a-z]( [a-z]{1,10}){0,3}", fullmatch=True)
RESTS = st.text().map(str.strip)


@given(st.sampled_from(PAIRS), NAMES, RESTS)
def test_quoted_words__are_split_from_the_rest(quotes: str, name: str, rest: str) -> None:
    assert split_first(f" {quotes[0]}{name}{quotes[1]} {rest}") == (name, rest)


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True), st.sampled_from(" \n\t\u00a0"), RESTS)
def test_first_word__is_split_from_the_rest(word: str, space: str, rest: str) -> None:
    assert split_first(f"{word}{space}{rest}") == (word, rest)


@given(st.text())
def test_any_text__keeps_its_rest(text: str) -> None:
    _, rest = split_first(text)
    assert text.strip().endswith(rest)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ("", "")),
        ("security: tokens leak", ("security", "tokens leak")),
        ("“time to ship”, builds fail", ("time to ship", "builds fail")),
        ("'team's pace' dropped", ("team's pace", "dropped")),
        ('security "tokens" leak', ("security", '"tokens" leak')),
        ("“security tokens leak", ("security", "tokens leak")),
        ("“” tokens", ("", "tokens")),
    ],
)
def test_odd_texts__are_split_as_people_mean_them(text: str, parts: tuple[str, str]) -> None:
    assert split_first(text) == parts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("second", 2),
        ("Tenth", 10),
        ("1st", 1),
        ("22ND", 22),
        (" rank  3", 3),
        ("2", None),
        ("seconds", None),
        ("12345th", None),
        ("", None),
    ],
)
def test_rank_in_words__is_read(text: str, number: int | None) -> None:
    assert parse_ordinal(text) == number


@given(st.text())
def test_any_text__is_an_ordinal_or_none(text: str) -> None:
    number = parse_ordinal(text)
    assert number is None or number >= 0
