"""Messages in the shapes of Block Kit that Needle uses.

What people typed goes only into rich_text and plain_text, which Slack shows as they are: there it
can neither mention nor link nor format anything. In `mrkdwn` stands only what Needle itself says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks.escape import escape, lines, visible
from domain.formatting import one_line, shorten

Block = dict[str, Any]
Element = dict[str, Any]
Inline = dict[str, Any]  # a part of a rich_text section

# https://docs.slack.dev/reference/block-kit/blocks
BUTTON_TEXT = 75
OPTION_TEXT = 75
SECTION_TEXT = 3_000


@dataclass(frozen=True)
class Message:
    """What a message shows. `text` is complete in itself: screen readers read nothing else."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True)
class Part:
    """Something that a message shows, with the lines that say the same in its text."""

    blocks: list[Block]
    said: list[str]


def message(parts: Iterable[Part]) -> Message:
    parts = list(parts)
    return Message(
        text=lines(*[part.said for part in parts]),
        blocks=[block for part in parts for block in part.blocks],
    )


def heading(text: str) -> Part:
    return Part([header(text)], [escape(text)])


def statement(text: str) -> Part:
    """Needle's own words."""
    return Part([section(text)], [text])


def titled(title: str, told: str) -> Part:
    """Needle's own words after a short heading of their own."""
    return Part([section(f"*{title}*  {told}")], [f"{title}: {told}"])


def remark(text: str, sign: str = "") -> Part:
    """Needle's own words in small print, after an emoji that is only to be seen."""
    return Part([note(f"{sign} {text}" if sign else text)], [text])


def quoted(text: str) -> Part:
    """A person's own words."""
    return Part([rich(words(text))], [escape(one_line(text))])


def plain(text: str) -> Element:
    return {"type": "plain_text", "text": visible(text), "emoji": True}


def literal(text: str) -> Element:
    """A person's words: not even :emoji: is read in them."""
    return {"type": "plain_text", "text": visible(text), "emoji": False}


def mrkdwn(text: str) -> Element:
    shown = shorten(text, SECTION_TEXT)
    mention = shown.rfind("<")
    if shown != text and mention > shown.rfind(">"):  # it would be cut in two
        shown = shown[:mention].rstrip() + "…"
    return {"type": "mrkdwn", "text": shown}


def words(text: str, *, bold: bool = False) -> Inline:
    return _styled({"type": "text", "text": visible(text)}, bold=bold)


def link(url: str | None, text: str, *, bold: bool = False) -> Inline:
    """A link, or just its text while there is nowhere to go."""
    if url is None:
        return words(text, bold=bold)
    return _styled({"type": "link", "url": url, "text": visible(text)}, bold=bold)


def _styled(part: Inline, *, bold: bool) -> Inline:
    return part | {"style": {"bold": True}} if bold else part


def emoji(name: str) -> Inline:
    return {"type": "emoji", "name": name}


def mention(person: str) -> Inline:
    return {"type": "user", "user_id": person}


def rich(*parts: Inline) -> Block:
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


def code(text: str) -> Block:
    """A text to copy, shown as it is, line by line."""
    parts = [words(text.rstrip("\n"))]
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


def lasting_actions(*elements: Element) -> Block:
    """The only ones of a message that is redrawn: a press under way meanwhile finds them again."""
    return actions(*elements) | {"block_id": "actions"}


def button(text: str, action_id: str, value: str, *, primary: bool = False) -> Element:
    element = {
        "type": "button",
        "text": plain(shorten(text, BUTTON_TEXT)),
        "action_id": action_id,
        "value": value,
    }
    return element | {"style": "primary"} if primary else element


def asking_first(pressed: Element, title: str, text: str) -> Element:
    """A button that asks whether it is meant: its own words are the yes."""
    return pressed | {
        "confirm": {
            "title": plain(shorten(title, 100)),
            "text": plain(shorten(text, 300)),
            "confirm": plain(shorten(pressed["text"]["text"], 30)),
            "deny": plain("Cancel"),
        }
    }


def option(text: str, value: str, *, about: str = "") -> Element:
    element = {"text": plain(shorten(text, OPTION_TEXT)), "value": value}
    return element | {"description": plain(about)} if about else element


def choice(typed: str, value: str) -> Element:
    """An option in a person's words."""
    return {"text": literal(shorten(one_line(typed), OPTION_TEXT)), "value": value}


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
        "rows": [[rich(*cell) for cell in row] for row in rows],
    }
