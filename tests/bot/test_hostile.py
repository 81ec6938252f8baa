"""Text is text: nothing that a person types can ping, link, format, disguise or break."""

import html
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from bot.views.kit import Message
from bot.views.text import escape, tame
from tests.bot.slack import objects, parsed, plain_data, problems, unescaped
from tests.bot.surfaces import PEOPLE, SURFACES, Surface, Words

HOSTILE = {
    "channel": "<!channel>",
    "here": "<!here>",
    "everyone": "<!everyone|everyone>",
    "group": "<!subteam^S1|@ops>",
    "date": "<!date^1700000000^{date}^https://evil.test|now>",
    "person": "<@U1>",
    "named-person": "<@U1|mia>",
    "room": "<#C1|ops>",
    "link": "<https://evil.test|needle.slack.com>",
    "mail": "<mailto:a@evil.test|mail>",
    "script": "<script>alert(1)</script>",
    "half-open": "<!channel",
    "half-closed": "channel>",
    "nested": "<<!channel>>",
    "split": "<!chan\nnel>",
    "spaced": "< !channel >",
    "at-words": "@channel @here @everyone",
    "bare-link": "https://evil.test/?a=1&b=<2>",
    "markdown-link": "[needle](https://evil.test)",
    "bold": "*bold* _it_ ~out~",
    "code": "`code` ```block```",
    "unclosed": "``` `",
    "quoted": "> quoted\n>>> all of it",
    "bullets": "- one\n• two\n1. three",
    "emoji": ":fire: :+1::skin-tone-3:",
    "entity": "&lt;!channel&gt;",
    "entity-twice": "&amp;lt;!channel&amp;gt;",
    "numbered-entity": "&#60;!channel&#62;",
    "half-entity": "&lt &; &",
    "only-ampersands": "&" * 2000,
    "only-brackets": "<" * 2000,
    "mentions-all-through": "<!channel>" * 200,
    "zero-width": "<\u200b!channel\u200d>\ufeff\u2060",
    "override": "\u202egnp.exe\u202d <!channel>",
    "embedding": "\u202b\u202a <!here> \u202c",
    "isolate": "\u2066\u2067\u2068 <@U1>",
    "arabic": "\u200fانقل النسخ الاحتياطية <!channel>",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ <!channel>",
    "four-bytes": "🧨👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿" * 20,
    "newlines": "one\ntwo\r\nthree\n\n\n<!channel>",
    "other-newlines": "one\u2028two\u2029three\x85four\x0bfive",
    "tabs": "\t\tcolumn\tcolumn",
    "control": "\x1b[31mred\x07\x08\x00\x7f\x9b2J",
    "backslashes": "\\<!channel\\> \\n \\u003c",
    "json": '"}], "type": "mrkdwn", "text": "<!channel>',
    "format": "%s %(x)s {0} {title} ${x} {{ x }}",
    "sql": "'); DROP TABLE project; --",
    "formula": "=cmd|' /C calc'!A0",
    "long": "A very long title, again and again. " * 100,
    "long-word": "x" * 3000,
}
MARK = "Xyzzy"
OBEYED = set("\x00\x07\x08\x1b\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# What Needle shows without a word of anyone's.
OURS_ALONE = {
    "commit-done",
    "retrospective-of-nothing",
    "charter-choose",
    "charter-value-back",
    "charter-value-new",
    "charter-thresholds",
    "charter-draft-of-nothing",
    "propose-on-a-choice-of-boards",
    "settings",
    "settings-saved",
    "settings-without-stewards",
    "introduction",
    "introduction-without-stewards",
    "fire-burns-on",
    "home-before-any-board",
    "home-without-ones-own",
    "nudge",
    "nudges-stopped",
    "fire-out",
    "fire-out-while-another-burns",
    "fires-none",
    "foresight",
    "ledger-empty",
    "mine",
    "mine-none-yet",
    "outcome-saved",
    "toil",
    "toil-known-already",
    "toil-taken-back",
    "usage-roadmap",
    "move-nothing-to-merge-into",
}
THEIRS = sorted(SURFACES.keys() - OURS_ALONE)

hostile = pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)


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
    assert html.unescape(escape(hostile)) == tame(hostile)
