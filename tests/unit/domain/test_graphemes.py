"""Texts are cut between the characters that readers see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formatting import shorten
from domain.graphemes import cut

CHARACTERS = [
    "x",
    "界",
    "e\u0301",
    "ก็",
    "❤️",
    "👍🏽",
    "👩‍👩‍👧‍👦",
    "👩🏽‍🚀",
    "🏳️‍🌈",
    "🇩🇪",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "\u1112\u1161\u11ab",  # 한 in parts
    "각",
    "\r\n",
    "1️⃣",
]


@pytest.mark.parametrize("character", CHARACTERS)
def test_visible_character__is_kept_whole_or_left_out(character: str) -> None:
    text = f"ab{character}c"
    for limit in range(len(text) + 2):
        whole = "ab" if limit < 2 + len(character) else f"ab{character}"
        expected = text if limit >= len(text) else whole[:limit] if limit < 2 else whole
        assert cut(text, limit) == expected


@given(st.lists(st.sampled_from(CHARACTERS)), st.integers(0, 40))
def test_any_cut__is_the_longest_of_whole_characters(characters: list[str], limit: int) -> None:
    longest = ""
    for character in characters:
        if len(longest + character) > limit:
            break
        longest += character
    assert cut("".join(characters), limit) == longest or len(characters[0]) > limit


@given(st.text(), st.integers(1, 20))
def test_any_text__is_cut_to_its_start_within_the_limit(text: str, limit: int) -> None:
    assert text.startswith(cut(text, limit))
    assert len(cut(text, limit)) <= limit
    assert len(shorten(text, limit)) <= limit


def test_one_character_longer_than_the_limit__is_cut() -> None:
    assert cut("Z" + "\u0300" * 50, 10) == "Z" + "\u0300" * 9


def test_shortened_text__ends_in_a_whole_character() -> None:
    assert shorten("On call: 👩‍👩‍👧‍👦 and others", 13) == "On call:…"
