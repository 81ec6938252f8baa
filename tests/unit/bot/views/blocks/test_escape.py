"""Escaping and truncation of texts."""

from hypothesis import given
from hypothesis import strategies as st

from bot.views.blocks.escape import MAX_MESSAGE_TEXT, escape, join_lines
from domain.formatting import collapse_whitespace, shorten


@given(st.text())
def test_escaped_text__has_nothing_that_slack_parses(text: str) -> None:
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    for entity in ("&amp;", "&lt;", "&gt;"):
        escaped = escaped.replace(entity, "")
    assert "&" not in escaped


@given(st.text(), st.integers(2, 40))
def test_shortened_text__fits_and_ends_in_an_ellipsis(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    if short != text:
        assert len(text) > limit
        assert short.endswith("…")
        assert text.startswith(short[:-1])


nearly_full = st.lists(st.integers(0, 9), max_size=9).map(
    lambda lengths: ["x" * (MAX_MESSAGE_TEXT - 20), *("y" * length for length in lengths)]
)


@given(nearly_full | st.lists(st.integers(0, 1500).map("x".__mul__)))
def test_joined_lines__fit_and_stay_whole(parts: list[str]) -> None:
    text = join_lines(parts)
    assert len(text) <= MAX_MESSAGE_TEXT
    if text != "\n".join(parts):
        *kept, last = text.split("\n")
        hidden = len(parts) - len(kept)
        assert last == f"and {hidden} more {'row' if hidden == 1 else 'rows'}"
        assert kept == parts[: len(kept)]


def test_long_list__cuts_nothing_after_it() -> None:
    row = "x" * 99
    text = join_lines(
        ["Digest"], [row] * 60, ["On hold:", "#4"], ["The end."], commands=["", "/roadmap"]
    )
    assert len(text) <= MAX_MESSAGE_TEXT
    first, *rows, more, heading, item, end = text.splitlines()
    assert (first, heading, item, end) == ("Digest", "On hold:", "#4", "The end.")
    assert rows == [row] * 38
    assert more == "and 22 more rows: `/roadmap`"


@given(st.text())
def test_collapsed_text__is_one_line(text: str) -> None:
    assert len(collapse_whitespace(text).splitlines()) <= 1
