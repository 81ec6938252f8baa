"""Messages in the shapes of Block Kit that Needle uses.

What people typed goes only into rich_text and plain_text, which Slack shows as they are: there it
can neither mention nor link nor format anything. In `mrkdwn` stands only what Needle itself says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks.escape import escape, join_lines, non_empty
from domain.formatting import collapse_whitespace, shorten

Block = dict[str, Any]
Element = dict[str, Any]
Inline = dict[str, Any]  # a part of a rich_text section

# https://docs.slack.dev/reference/block-kit/blocks
MAX_BUTTON_TEXT = 75
MAX_OPTION_TEXT = 75
MAX_SECTION_TEXT = 3_000


@dataclass(frozen=True)
class Message:
    """What a message shows. `text` is complete in itself: screen readers read nothing else."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True)
class Part:
    """Something that a message shows, with the lines that say the same in its text."""

    blocks: list[Block]
    text_lines: list[str]


def message(parts: Iterable[Part]) -> Message:
    parts = list(parts)
    return Message(
        text=join_lines(*[part.text_lines for part in parts]),
        blocks=[block for part in parts for block in part.blocks],
    )


def heading(text: str) -> Part:
    return Part([header(text)], [escape(text)])


def statement(text: str) -> Part:
    """Needle's own words."""
    return Part([section(text)], [text])


def labeled(title: str, told: str) -> Part:
    """Needle's own words after a short heading of their own."""
    return Part([section(f"*{title}*  {told}")], [f"{title}: {told}"])


def remark(text: str, sign: str = "") -> Part:
    """Needle's own words in small print, after an emoji that is only to be seen."""
    return Part([note(f"{sign} {text}" if sign else text)], [text])


def quoted(quotation: str) -> Part:
    """A person's own words."""
    return Part([rich_text(text(quotation))], [escape(collapse_whitespace(quotation))])


def plain_text(text: str) -> Element:
    return {"type": "plain_text", "text": non_empty(text), "emoji": True}


def literal(text: str) -> Element:
    """A person's words: not even :emoji: is read in them."""
    return {"type": "plain_text", "text": non_empty(text), "emoji": False}


def mrkdwn(text: str) -> Element:
    shown = shorten(text, MAX_SECTION_TEXT)
    mention = shown.rfind("<")
    if shown != text and mention > shown.rfind(">"):  # it would be cut in two
        shown = shown[:mention].rstrip() + "…"
    return {"type": "mrkdwn", "text": shown}


def text(content: str, *, bold: bool = False) -> Inline:
    return _styled({"type": "text", "text": non_empty(content)}, bold=bold)


def link(url: str | None, label: str, *, bold: bool = False) -> Inline:
    """A link, or just its text while there is nowhere to go."""
    if url is None:
        return text(label, bold=bold)
    return _styled({"type": "link", "url": url, "text": non_empty(label)}, bold=bold)


def _styled(part: Inline, *, bold: bool) -> Inline:
    return part | {"style": {"bold": True}} if bold else part


def emoji(name: str) -> Inline:
    return {"type": "emoji", "name": name}


def mention(person: str) -> Inline:
    return {"type": "user", "user_id": person}


def rich_text(*parts: Inline) -> Block:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": list(parts)}],
    }


def bullets(items: Sequence[Sequence[Inline]]) -> Block:
    return {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {"type": "rich_text_section", "elements": list(item)} for item in items
                ],
            }
        ],
    }


def code_block(content: str) -> Block:
    """A text to copy, shown as it is, line by line."""
    parts = [text(content.rstrip("\n"))]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_preformatted", "elements": parts}],
    }


def header(text: str) -> Block:
    return {"type": "header", "text": literal(shorten(text, 150))}


def section(text: str) -> Block:
    return {"type": "section", "text": mrkdwn(text)}


def columns(rows: Sequence[tuple[Element, Element]]) -> list[Block]:
    """Two columns of texts, side by side on a wide screen: a section holds five rows of them."""
    return [
        {"type": "section", "fields": [cell for row in rows[at : at + 5] for cell in row]}
        for at in range(0, len(rows), 5)
    ]


def context(*elements: Element) -> Block:
    return {"type": "context", "elements": list(elements)}


def note(text: str) -> Block:
    """A line of Needle's own, in small print."""
    return context(mrkdwn(text))


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements)}


def stable_actions(*elements: Element) -> Block:
    """The only ones of a message that is redrawn: a press under way meanwhile finds them again."""
    return actions(*elements) | {"block_id": "actions"}


def button(text: str, action_id: str, value: str, *, primary: bool = False) -> Element:
    element = {
        "type": "button",
        "text": plain_text(shorten(text, MAX_BUTTON_TEXT)),
        "action_id": action_id,
        "value": value,
    }
    return element | {"style": "primary"} if primary else element


def with_confirmation(pressed: Element, title: str, text: str) -> Element:
    """A button that asks whether it is meant: its own words are the yes."""
    return pressed | {
        "confirm": {
            "title": plain_text(shorten(title, 100)),
            "text": plain_text(shorten(text, 300)),
            "confirm": plain_text(shorten(pressed["text"]["text"], 30)),
            "deny": plain_text("Cancel"),
        }
    }


def option(text: str, value: str, *, description: str = "") -> Element:
    element = {"text": plain_text(shorten(text, MAX_OPTION_TEXT)), "value": value}
    return element | {"description": plain_text(description)} if description else element


def literal_option(typed: str, value: str) -> Element:
    """An option in a person's words."""
    return {"text": literal(shorten(collapse_whitespace(typed), MAX_OPTION_TEXT)), "value": value}


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def table(rows: Sequence[Sequence[Sequence[Inline]]], *, right: Iterable[int] = ()) -> Block:
    """Cells are inline parts, never none: Slack refuses an empty cell. `right`: of numbers."""
    numbers = set(right)
    return {
        "type": "table",
        "column_settings": [
            {"align": "right" if column in numbers else "left", "is_wrapped": column not in numbers}
            for column in range(len(rows[0]))
        ],
        "rows": [[rich_text(*cell) for cell in row] for row in rows],
    }
