"""Readable text of messages and blocks."""

from typing import Any

import pytest

from slack_sandbox.block_kit.readable_text import readable_text

Json = dict[str, Any]

NAMES = {"U1": "mia", "C1": "ops"}
PLAIN = {"type": "plain_text", "text": "plain"}
MRKDWN = {"type": "mrkdwn", "text": "*bold* words"}
CHOICE = {"text": {"type": "plain_text", "text": "One"}, "value": "1"}


def rich(*sections: Json) -> Json:
    return {"type": "rich_text", "elements": list(sections)}


def line(*parts: Json, line_type: str = "rich_text_section") -> Json:
    return {"type": line_type, "elements": list(parts)}


def text(value: str) -> Json:
    return {"type": "text", "text": value}


def read(*blocks: Json) -> str:
    return readable_text({"text": "not this", "blocks": list(blocks)}, NAMES)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (text("as *it* is"), "as *it* is"),
        ({"type": "emoji", "name": "lock"}, "🔒"),
        ({"type": "emoji", "name": "custom_emoji"}, ":custom_emoji:"),
        ({"type": "link", "url": "https://example.com", "text": "here"}, "here"),
        ({"type": "link", "url": "https://example.com"}, "https://example.com"),
        ({"type": "user", "user_id": "U1"}, "@mia"),
        ({"type": "user", "user_id": "U2"}, "@U2"),
        ({"type": "channel", "channel_id": "C1"}, "#ops"),
        ({"type": "usergroup", "usergroup_id": "S1"}, "@S1"),
        ({"type": "team", "team_id": "T1"}, "@T1"),
        ({"type": "broadcast", "range": "here"}, "@here"),
        ({"type": "color", "value": "#ff0000"}, "#ff0000"),
        ({"type": "date", "timestamp": 1, "format": "{date}", "fallback": "then"}, "then"),
        ({"type": "date", "timestamp": 1, "format": "{date}"}, "1"),
        ({"type": "new_in_slack"}, "[new_in_slack]"),
    ],
)
def test_rich_text_element__is_readable(part: Json, expected: str) -> None:
    assert read(rich(line(text("<"), part, text(">")))) == f"<{expected}>"


@pytest.mark.parametrize(
    "line_type", ["rich_text_section", "rich_text_quote", "rich_text_preformatted"]
)
def test_rich_text_section__is_one_line(line_type: str) -> None:
    assert read(rich(line(text("a"), text("b"), line_type=line_type), line(text("c")))) == "ab\nc"


def test_list_item__is_one_line() -> None:
    items = {"type": "rich_text_list", "style": "bullet", "elements": [line(text("a"))] * 2}
    assert read(rich(items)) == "a\na"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"type": "section", "text": MRKDWN, "fields": [PLAIN, PLAIN]}, "bold words\nplain\nplain"),
        (
            {"type": "section", "text": PLAIN, "accessory": {"type": "button", "text": MRKDWN}},
            "plain\nbold words",
        ),
        ({"type": "header", "text": PLAIN}, "plain"),
        ({"type": "context", "elements": [PLAIN, {"type": "image", "alt_text": "a"}]}, "plain\na"),
        ({"type": "image", "alt_text": "a", "title": PLAIN}, "a\nplain"),
        ({"type": "markdown", "text": "words"}, "words"),
        ({"type": "actions", "elements": [{"type": "overflow", "options": [CHOICE]}]}, "One"),
        (
            {
                "type": "input",
                "label": PLAIN,
                "hint": MRKDWN,
                "element": {
                    "type": "static_select",
                    "option_groups": [{"label": PLAIN, "options": [CHOICE]}],
                },
            },
            "plain\nplain\nOne\nbold words",
        ),
        (
            {
                "type": "table",
                "rows": [[{"type": "raw_text", "text": "*a*"}, rich(line(text("b")))]],
            },
            "*a* | b",
        ),
        (
            {
                "type": "data_table",
                "caption": "Sums",
                "rows": [[{"type": "raw_number", "value": 1, "text": "1.0"}]],
            },
            "Sums\n1.0",
        ),
        (
            {
                "type": "context_actions",
                "elements": [
                    {
                        "type": "feedback_buttons",
                        "positive_button": {"text": PLAIN, "value": "1"},
                        "negative_button": {"text": MRKDWN, "value": "0"},
                    }
                ],
            },
            "plain\nbold words",
        ),
        (
            {
                "type": "container",
                "title": PLAIN,
                "child_blocks": [{"type": "card", "body": MRKDWN}],
            },
            "plain\nbold words",
        ),
        (
            {
                "type": "plan",
                "title": "Plan",
                "tasks": [{"task_id": "1", "title": "Look", "output": rich(line(text("Seen")))}],
            },
            "Plan\nLook\nSeen",
        ),
        ({"type": "divider"}, ""),
    ],
    ids=lambda block: block["type"] if isinstance(block, dict) else "",
)
def test_texts_of_block__are_readable(block: Json, expected: str) -> None:
    assert read(block) == expected


@pytest.mark.parametrize(
    ("mrkdwn", "expected"),
    [
        ("*a* _b_ ~c~ `d`", "a b c d"),
        ("snake_case and 2*3*4", "snake_case and 2*3*4"),
        ("<@U1> in <#C1>, <!here>", "@mia in #ops, @here"),
        ("<@U2|somebody>", "@somebody"),
        ("<https://example.com|here> or <https://example.com>", "here or https://example.com"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        (":lock: :+1::skin-tone-3: :nope:", "🔒 👍 :nope:"),
    ],
)
def test_mrkdwn__has_no_markup(mrkdwn: str, expected: str) -> None:
    assert readable_text({"text": mrkdwn}, NAMES) == expected


def test_plain_text__keeps_markup() -> None:
    section = {"type": "section", "text": {"type": "plain_text", "text": "*a* <@U1> :lock:"}}
    assert read(section) == "*a* <@U1> 🔒"


def test_file_titles__follow_text() -> None:
    files = [{"title": "Sums", "name": "sums.csv"}, {"name": "notes.txt"}]
    assert readable_text({"text": "Look", "files": files}, NAMES) == "Look\nSums\nnotes.txt"
    assert readable_text({"text": "", "files": files}, NAMES) == "Sums\nnotes.txt"
