"""Block Kit builders for messages.

Text that a person typed goes only into rich_text and plain_text, which Slack doesn't parse: there
it can't mention, link, or format anything. `mrkdwn` holds only Needle's own text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks.escape import escape, join_lines, non_empty, strip_controls
from domain.formatting import collapse_whitespace, shorten
from domain.projects.links import split_links

Block = dict[str, Any]
Element = dict[str, Any]
Inline = dict[str, Any]  # a part of a rich_text section

# https://docs.slack.dev/reference/block-kit/blocks
MAX_BUTTON_TEXT = 75
MAX_OPTION_TEXT = 75
MAX_SECTION_TEXT = 3_000
# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
MAX_CHART_TITLE = 50
MAX_CHART_LABEL = 20
# Blocks that a workspace may not have yet. Slack introduced charts in June 2026.
NEW_BLOCKS = frozenset({"data_visualization"})


@dataclass(frozen=True)
class Message:
    """A message: blocks, and `text` that is complete for screen readers and notifications."""

    text: str
    blocks: list[Block]

    @property
    def renderings(self) -> list[list[Block]]:
        """Block lists to send in turn until Slack accepts one, the last of them empty.

        A message that Slack refuses whole is sent without its new blocks, then as its text.
        """
        established = [block for block in self.blocks if block["type"] not in NEW_BLOCKS]
        return [self.blocks, *([established] if established != self.blocks else []), []]

    def without_new_blocks(self) -> "Message":
        """Return the message for a place where a refused one can't be sent again."""
        return Message(
            self.text, [block for block in self.blocks if block["type"] not in NEW_BLOCKS]
        )


@dataclass(frozen=True)
class Part:
    """A part of a message: its blocks, and the lines that say the same in the message's text.

    If the text gets too long and the last lines are cut, `command` is what shows them.
    """

    blocks: list[Block]
    text_lines: list[str]
    command: str = ""


def message(parts: Iterable[Part]) -> Message:
    """Join parts into one message."""
    parts = list(parts)
    return Message(
        text=join_lines(
            *[part.text_lines for part in parts], commands=[part.command for part in parts]
        ),
        blocks=[block for part in parts for block in part.blocks],
    )


def heading(text: str) -> Part:
    """Return a header. Its text may contain what a person typed."""
    return Part([header(text)], [escape(text)])


def statement(text: str) -> Part:
    """Return a section with Needle's own mrkdwn."""
    return Part([section(text)], [text])


def labeled(title: str, content: str) -> Part:
    """Return a section with Needle's own mrkdwn after a bold label."""
    return Part([section(f"*{title}*  {content}")], [f"{title}: {content}"])


def remark(text: str, icon: str = "") -> Part:
    """Return Needle's own mrkdwn in small print. Only the block shows the emoji `icon`."""
    return Part([note(f"{icon} {text}" if icon else text)], [text])


def quoted(quotation: str) -> Part:
    """Return text that a person typed, with its web addresses as links."""
    return Part([rich_text(*typed(quotation))], [escape(collapse_whitespace(quotation))])


def plain_text(text: str) -> Element:
    """Return Needle's own plain text, in which Slack shows :emoji:."""
    return {"type": "plain_text", "text": non_empty(text), "emoji": True}


def literal(text: str) -> Element:
    """Return plain text that a person typed, in which Slack doesn't show :emoji:."""
    return {"type": "plain_text", "text": non_empty(text), "emoji": False}


def mrkdwn(text: str) -> Element:
    """Return Needle's own mrkdwn, cut to Slack's limit but never inside a mention."""
    shortened = shorten(text, MAX_SECTION_TEXT)
    mention = shortened.rfind("<")
    if shortened != text and mention > shortened.rfind(">"):  # The cut is inside a mention.
        shortened = shortened[:mention].rstrip() + "…"
    return {"type": "mrkdwn", "text": shortened}


def text(content: str, *, bold: bool = False) -> Inline:
    """Return a text element for rich_text."""
    return _styled({"type": "text", "text": non_empty(content)}, bold=bold)


def link(url: str | None, label: str, *, bold: bool = False) -> Inline:
    """Return a link, or only its label if there is no URL."""
    if url is None:
        return text(label, bold=bold)
    return _styled({"type": "link", "url": url, "text": non_empty(label)}, bold=bold)


def typed(content: str, max_length: int | None = None) -> list[Inline]:
    """Return text that a person typed, for rich_text. Its web addresses are links."""
    whole = strip_controls(content)
    parts = [
        {"type": "link", "url": part.text} if part.is_link else text(part.text)
        for part in split_links(whole if max_length is None else shorten(whole, max_length))
    ]
    return parts or [text("")]


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
    """Return preformatted text to copy."""
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
    """Return sections with two columns of texts, five rows each (Slack's limit)."""
    return [
        {"type": "section", "fields": [cell for row in rows[start : start + 5] for cell in row]}
        for start in range(0, len(rows), 5)
    ]


def context(*elements: Element) -> Block:
    return {"type": "context", "elements": list(elements)}


def note(text: str) -> Block:
    """Return Needle's own mrkdwn in small print."""
    return context(mrkdwn(text))


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements)}


def stable_actions(*elements: Element) -> Block:
    """Return the only actions block of a message that is redrawn.

    Its fixed block id lets Slack match a click that happens during the redraw.
    """
    return actions(*elements) | {"block_id": "actions"}


def button(text: str, action_id: str, value: str, *, primary: bool = False) -> Element:
    element = {
        "type": "button",
        "text": plain_text(shorten(text, MAX_BUTTON_TEXT)),
        "action_id": action_id,
        "value": value,
    }
    return element | {"style": "primary"} if primary else element


def with_confirmation(button_element: Element, title: str, text: str) -> Element:
    """Return the button with a confirmation dialog that repeats the button's label."""
    return button_element | {
        "confirm": {
            "title": plain_text(shorten(title, 100)),
            "text": plain_text(shorten(text, 300)),
            "confirm": plain_text(shorten(button_element["text"]["text"], 30)),
            "deny": plain_text("Cancel"),
        }
    }


def option(text: str, value: str, *, description: str = "") -> Element:
    element = {"text": plain_text(shorten(text, MAX_OPTION_TEXT)), "value": value}
    return element | {"description": plain_text(description)} if description else element


def literal_option(typed: str, value: str) -> Element:
    """Return an option whose text a person typed."""
    return {"text": literal(shorten(collapse_whitespace(typed), MAX_OPTION_TEXT)), "value": value}


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def table(
    rows: Sequence[Sequence[Sequence[Inline]]],
    *,
    right: Iterable[int] = (),
    fixed: Iterable[int] = (),
) -> Block:
    """Return a table whose first row is the header.

    Slack refuses an empty cell, so each cell needs an inline part. `right` lists the columns of
    numbers, which are right-aligned. These and the columns in `fixed` don't wrap.
    """
    numbers = set(right)
    unwrapped = numbers | set(fixed)
    return {
        "type": "table",
        "column_settings": [
            {
                "align": "right" if column in numbers else "left",
                "is_wrapped": column not in unwrapped,
            }
            for column in range(len(rows[0]))
        ],
        "rows": [[rich_text(*cell) for cell in row] for row in rows],
    }


def bar_chart(title: str, series: str, numbers: Mapping[str, float]) -> Block:
    """Return a chart with a bar for each label.

    Labels are cut to Slack's limit. Of labels that are then equal, only the last one has a bar.
    """
    points = {shorten(label, MAX_CHART_LABEL): number for label, number in numbers.items()}
    data = [{"label": label, "value": number} for label, number in points.items()]
    return {
        "type": "data_visualization",
        "title": shorten(title, MAX_CHART_TITLE),
        "chart": {
            "type": "bar",
            "series": [{"name": shorten(series, MAX_CHART_LABEL), "data": data}],
            "axis_config": {"categories": list(points)},
        },
    }
