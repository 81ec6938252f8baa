"""Text is text: nothing that a person types can ping, link, format, disguise or break."""

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
OBEYED = set("\x00\x07\x08\x1b\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# What Needle shows without a word of anyone's.
OURS_ALONE = {
    "commit-result",
    "retrospective-empty",
    "charter-choice",
    "charter-value-restored",
    "charter-value-new",
    "charter-thresholds",
    "charter-draft-form-empty",
    "propose-with-boards",
    "settings",
    "settings-saved",
    "settings-without-stewards",
    "introduction",
    "introduction-without-stewards",
    "fire-still-burning",
    "home-before-setup",
    "home-without-a-board",
    "nudge",
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
    "help-toil",
    "status-nothing-to-merge-into",
}
THEIRS = sorted(SURFACES.keys() - OURS_ALONE)


def test_there_are_many_of_them() -> None:
    assert len(set(EVERY.values())) >= 200


@cache
def views(hostile: str) -> dict[str, Surface]:
    """Each view with it in every field, after a mark by which it is known again."""
    words = Words.all(f"{MARK} {hostile}")
    return {name: SURFACES[name](words) for name in THEIRS}


def texts(data: Any) -> Iterator[dict[str, Any]]:
    """All that is shown as text, whoever said it, but not what stands in a person's own input."""
    return (each for each in objects(data) if isinstance(each.get("text"), str))


@pytest.mark.parametrize("name", SURFACES)
def test_words_are_shown_where_these_tests_look_for_them(name: str) -> None:
    shown = str(plain_data(SURFACES[name](Words.all(MARK))))
    assert (MARK in shown) == (name in THEIRS)


@hostile
def test_slack_takes_them(hostile: str) -> None:
    assert [(name, problems(view)) for name, view in views(hostile).items() if problems(view)] == []


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\x1c", "\u3164"])
def test_slack_takes_words_of_which_nothing_is_seen(mark: str) -> None:
    words = Words.all(mark * 10)
    for name in THEIRS:
        assert problems(SURFACES[name](words)) == [], name


@hostile
def test_in_blocks_they_stand_only_in_text_that_slack_does_not_parse(hostile: str) -> None:
    for view in views(hostile).values():
        data = plain_data(view)
        hints = [each["hint"] for each in objects(data) if "hint" in each]
        for each in texts(data.get("blocks")):
            if MARK in each["text"]:
                in_rich_text = each["type"] in ("text", "link")
                literal = each["type"] == "plain_text" and each["emoji"] is False
                # A rubric is the charter's: plain, too, but an emoji may be meant.
                assert in_rich_text or literal or each in hints


@hostile
def test_in_the_text_they_are_escaped_and_no_escape_is_cut(hostile: str) -> None:
    for name, view in views(hostile).items():
        assert "".join(unescaped(text, "|".join(PEOPLE)) for text in parsed(view)) == "", name


@hostile
def test_they_pass_for_no_line_of_ours(hostile: str) -> None:
    for name, view in views(hostile).items():
        calm = SURFACES[name](Words())
        if isinstance(view, Message) and isinstance(calm, Message):
            assert len(view.text.splitlines()) <= len(calm.text.splitlines()), name


@hostile
def test_they_turn_nothing_around_and_command_no_terminal(hostile: str) -> None:
    for view in views(hostile).values():
        for each in texts([plain_data(view)]):
            assert not OBEYED.intersection(each["text"])


@hostile
def test_escaped_words_read_back_as_they_were_typed(hostile: str) -> None:
    assert html.unescape(escape(hostile)) == strip_controls(hostile)
