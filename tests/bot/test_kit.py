"""The shapes that all views are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import kit
from bot.views.overview import movement
from bot.views.wording import counted, labels, weeks
from tests.bot.surfaces import Words, board, ranked
from values.charter import DEFAULT_CHARTER


@given(st.text())
def test_escaped_text_holds_nothing_that_slack_reads(text: str) -> None:
    escaped = kit.escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    for entity in ("&amp;", "&lt;", "&gt;"):
        escaped = escaped.replace(entity, "")
    assert "&" not in escaped


@given(st.text(), st.integers(2, 40))
def test_a_shortened_text_keeps_to_its_limit_and_says_that_it_was_cut(
    text: str, limit: int
) -> None:
    short = kit.shorten(text, limit)
    assert len(short) <= limit
    if short != text:
        assert len(text) > limit
        assert short.endswith("…")
        assert text.startswith(short[:-1])


nearly_full = st.lists(st.integers(0, 9), max_size=9).map(
    lambda lengths: ["x" * (kit.MESSAGE_TEXT - 20), *("y" * length for length in lengths)]
)


@given(nearly_full | st.lists(st.integers(0, 1500).map("x".__mul__)))
def test_a_text_is_made_of_whole_lines_and_never_too_long(parts: list[str]) -> None:
    text = kit.lines(parts)
    assert len(text) <= kit.MESSAGE_TEXT
    if text != "\n".join(parts):
        *kept, last = text.split("\n")
        assert last == "…"
        assert kept == parts[: len(kept)]


@given(st.text())
def test_one_line_is_one(text: str) -> None:
    assert len(kit.one_line(text).splitlines()) <= 1


def test_a_note_is_not_cut_inside_a_mention() -> None:
    assert kit.mrkdwn("x" * 2_990 + " <@U12345678>")["text"] == "x" * 2_990 + "…"
    assert kit.mrkdwn("<@U1> " + "x" * 3_000)["text"] == "<@U1> " + "x" * 2_993 + "…"
    assert kit.mrkdwn("x" * 3_001)["text"] == "x" * 2_999 + "…"
    assert kit.mrkdwn("x" * 3_000)["text"] == "x" * 3_000


def test_a_link_to_nowhere_is_just_its_text() -> None:
    assert kit.link(None, "#1") == kit.words("#1")


def test_a_choice_that_is_not_offered_is_not_the_first() -> None:
    offered = [kit.option("One", "1")]
    assert kit.select("a", offered, initial="1")["initial_option"] == offered[0]
    assert "initial_option" not in kit.select("a", offered, initial="2")


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
    assert [counted(0, "a", "b"), counted(1, "a", "b"), counted(2, "a", "b")] == (
        ["0 b", "1 a", "2 b"]
    )


def test_values_are_named_in_the_charter_s_order() -> None:
    assert labels(["cost", "security"], DEFAULT_CHARTER) == "security and cost"
