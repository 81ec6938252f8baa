"""Hostile text: typed text can't notify people, link, format, disguise or break anything.

These tests cut across the modules of `bot/views`: they type each hostile text into every view.
"""

import html
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from bot.views.blocks.block_kit import Message
from bot.views.blocks.escape import escape, strip_controls
from tests.support.hostile_text import EVERY, hostile
from tests.support.slack_text import objects, parsed, plain_data, problems, unescaped
from tests.support.surfaces import PEOPLE, SURFACES, Surface, Words

MARK = "Xyzzy"
CONTROLS = set("\x00\x07\x08\x1b\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Views without typed text.
WITHOUT_TYPED_WORDS = {
    "commit-result",
    "commit-result-announce",
    "roadmap-announcement",
    "retrospective-empty",
    "charter-choice",
    "charter-value-restored",
    "charter-value-new",
    "charter-thresholds",
    "charter-draft-form-empty",
    "draft-objection",
    "mention",
    "mention-by-guest",
    "direct-message",
    "direct-message-before-setup",
    "propose-with-boards",
    "settings",
    "settings-saved",
    "settings-without-stewards",
    "introduction",
    "introduction-without-stewards",
    "score-all-done",
    "score-removed",
    "fire-still-burning",
    "home-before-setup",
    "home-without-a-board",
    "nudge",
    "nudge-before-a-reveal",
    "nudge-before-some-reveal",
    "nudges-stopped",
    "fire-out",
    "fire-out-while-another-burns",
    "fire-out-while-two-burn",
    "fires-none",
    "foresight",
    "ledger-empty",
    "own-foresight",
    "own-foresight-empty",
    "outcome-saved",
    "toil",
    "toil-already-logged",
    "toil-removed",
    "help-fire",
    "help-roadmap",
    "help-roadmap-in-a-modal",
    "help-toil",
    "status-nothing-to-merge-into",
}
WITH_TYPED_WORDS = sorted(SURFACES.keys() - WITHOUT_TYPED_WORDS)


def test_hostile_texts__number_at_least_200() -> None:
    assert len(set(EVERY.values())) >= 200


@cache
def hostile_views(hostile: str) -> dict[str, Surface]:
    """Return each view with this text in every field, after `MARK`."""
    words = Words.all(f"{MARK} {hostile}")
    return {name: SURFACES[name](words) for name in WITH_TYPED_WORDS}


def text_objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield all visible text, except the initial values of a person's own inputs."""
    return (item for item in objects(data) if isinstance(item.get("text"), str))


@pytest.mark.parametrize("name", SURFACES)
def test_typed_words__show_in_the_views_under_test(name: str) -> None:
    view_text = str(plain_data(SURFACES[name](Words.all(MARK))))
    assert (MARK in view_text) == (name in WITH_TYPED_WORDS)


@hostile
def test_hostile_words__are_accepted_by_slack(hostile: str) -> None:
    assert [
        (name, problems(view)) for name, view in hostile_views(hostile).items() if problems(view)
    ] == []


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\x1c", "\u3164"])
def test_invisible_words__are_accepted_by_slack(mark: str) -> None:
    words = Words.all(mark * 10)
    for name in WITH_TYPED_WORDS:
        assert problems(SURFACES[name](words)) == [], name


@hostile
def test_words_in_blocks__are_never_parsed(hostile: str) -> None:
    for view in hostile_views(hostile).values():
        data = plain_data(view)
        hints = [item["hint"] for item in objects(data) if "hint" in item]
        for item in text_objects(data.get("blocks")):
            if MARK in item["text"]:
                in_rich_text = item["type"] in ("text", "link")
                literal = item["type"] == "plain_text" and item["emoji"] is False
                # A hint is a rubric: plain text too, but its author may mean an emoji.
                assert in_rich_text or literal or item in hints


@hostile
def test_words_in_text__are_escaped_as_a_whole(hostile: str) -> None:
    for name, view in hostile_views(hostile).items():
        assert "".join(unescaped(text, "|".join(PEOPLE)) for text in parsed(view)) == "", name


@hostile
def test_hostile_words__add_no_line(hostile: str) -> None:
    for name, view in hostile_views(hostile).items():
        plain_view = SURFACES[name](Words())
        if isinstance(view, Message) and isinstance(plain_view, Message):
            assert len(view.text.splitlines()) <= len(plain_view.text.splitlines()), name


@hostile
def test_hostile_words__keep_no_control_character(hostile: str) -> None:
    for view in hostile_views(hostile).values():
        for item in text_objects([plain_data(view)]):
            assert not CONTROLS.intersection(item["text"])


@hostile
def test_escaped_words__unescape_to_what_was_typed(hostile: str) -> None:
    assert html.unescape(escape(hostile)) == strip_controls(hostile)
