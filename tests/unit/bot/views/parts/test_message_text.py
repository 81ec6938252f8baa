"""Messages of any shape as the text that their readers see."""

from typing import Any

import pytest

from bot.views.blocks.escape import strip_controls
from bot.views.parts.message_text import mentioned_channels, mentioned_people, message_text
from tests.support.hostile_text import EVERY

NAMES = {"U1": "Mia", "C1": "ops"}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "user", "user_id": "U1"},
                {"type": "text", "text": " saw <1 & 2> in "},
                {"type": "channel", "channel_id": "C1"},
                {"type": "emoji", "name": "fire"},
                {"type": "link", "url": "https://x.test"},
                {"type": "broadcast", "range": "here"},
            ],
        },
        {
            "type": "rich_text_list",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
            ],
        },
    ],
}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<@U1> broke it", "@Mia broke it"),
        ("<@U1|mia> broke it", "@mia broke it"),
        ("<@U9> broke it", "@someone broke it"),
        ("see <#C1>, <#C1|>, <#C1|dev>", "see #ops, #ops, #dev"),
        ("see <#C9>", "see #unknown-channel"),
        ("<!here> <!channel> <!subteam^S1> <!subteam^S1|@oncall>", "@here @channel @group @oncall"),
        ("<!date^1392734382^{date_short}|18 Feb>", "18 Feb"),
        ("<https://x.test/?a=1&amp;b=2>", "https://x.test/?a=1&b=2"),
        ("<https://x.test|the page>", "the page"),
        ("<mailto:a@b.test|a@b.test>", "a@b.test"),
        ("1 &lt; 2 &amp;lt; 3", "1 < 2 &lt; 3"),
    ],
)
def test_markup__becomes_what_readers_see(text: str, seen: str) -> None:
    assert message_text({"text": text}, NAMES) == seen


@pytest.mark.parametrize(
    ("message", "seen"),
    [
        (
            {"blocks": [RICH]},
            "@Mia saw <1 & 2> in #ops:fire:https://x.test@here\none\ntwo",
        ),
        (
            {
                "text": "This content can't be displayed.",
                "blocks": [
                    {"type": "header", "text": {"type": "plain_text", "text": "db <down>"}},
                    {"type": "divider"},
                    {
                        "type": "section",
                        "text": {"type": "mrkdwn", "text": "*lag* &lt;5 s"},
                        "fields": [{"type": "mrkdwn", "text": "Host: db-1"}],
                    },
                    {"type": "context", "elements": [{"type": "image"}]},
                    {"type": "actions", "elements": [{"type": "button"}]},
                    {"type": "markdown", "text": "# Runbook"},
                ],
            },
            "db <down>\n*lag* <5 s\nHost: db-1\n# Runbook",
        ),
        ({"text": "\u200b", "attachments": [{"fallback": "ci: red"}]}, "ci: red"),
        (
            {
                "text": "",
                "attachments": [
                    {
                        "fallback": "[no preview available]",
                        "title": "Disk full",
                        "text": "on web-3",
                        "fields": [{"title": "Severity", "value": "high"}],
                    },
                    {"blocks": [{"type": "markdown", "text": "more"}]},
                ],
            },
            "Disk full\non web-3\nSeverity: high\nmore",
        ),
        ({"text": "said", "attachments": [{"fallback": "unfurled"}]}, "said"),
    ],
)
def test_alert_without_text__has_that_of_blocks_or_attachments(
    message: dict[str, Any], seen: str
) -> None:
    assert message_text(message, NAMES) == seen


@pytest.mark.parametrize("odd", [None, 5, "x", [], {}, [None], [{}], [{"type": 5, "text": 5}]])
def test_message_of_any_shape__has_no_text(odd: Any) -> None:
    parts = [{"elements": odd, "type": "rich_text"}, {"elements": odd, "text": odd, "fields": odd}]
    attachment = {"fallback": 1, "title": 2, "fields": odd, "blocks": odd}
    message = {"text": 7, "blocks": odd, "attachments": odd}
    assert message_text(message) == ""
    rest = message_text({"blocks": parts, "attachments": [attachment]})
    assert rest in ("", "x", ":", ": ")


@pytest.mark.parametrize("typed", EVERY.values(), ids=EVERY)
def test_rich_text__is_read_as_typed(typed: str) -> None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": f"a{typed}b"}]}
    message = {"blocks": [{"type": "rich_text", "elements": [section]}]}
    assert message_text(message).split() == strip_controls(f"a{typed}b").split()


def test_people_without_a_name__are_listed_once() -> None:
    assert mentioned_people({"blocks": [RICH, RICH]}) == ["U1"]
    assert mentioned_people({"text": "<@U2> <@U1|mia> <@U2>"}) == ["U2"]


def test_channels_without_a_name__are_listed_once() -> None:
    text = "<#C2> <#C1|ops> <#C2|> <@U1>"
    assert mentioned_channels({"text": text}) == ["C2"]
