"""Block Kit in the shapes that Needle uses.

What people typed goes only into rich_text and plain_text, which Slack shows as they are: there it
can neither mention nor link nor format anything. In `mrkdwn` stands only what Needle itself says.
The one text that Slack parses, a message's top-level `text`, takes people's words through `escape`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

Block = dict[str, Any]
Element = dict[str, Any]
Inline = dict[str, Any]  # a part of a rich_text section

# https://docs.slack.dev/reference/block-kit/blocks and /reference/methods/chat.update
BUTTON_TEXT = 75
OPTIONS = 100
MESSAGE_TEXT = 4_000
SECTION_TEXT = 3_000

# What a screen obeys instead of showing it: control characters, and what makes text run backwards
# (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
OBEYED = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    - {*map(ord, "\t\n\r")}
)


@dataclass(frozen=True)
class Message:
    """What a message shows. `text` is complete in itself: screen readers read nothing else."""

    text: str
    blocks: list[Block]


class Unacceptable(Exception):
    """What was typed into a form can't be taken; `errors` say why, by the form's block."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


def expected(said: Mapping[str, str], error: ValidationError) -> dict[str, str]:
    """What to say under each field that pydantic found wrong."""
    wrong = {str(problem["loc"][0]) for problem in error.errors()}
    return {name: text for name, text in said.items() if name in wrong}


def escape(text: str) -> str:
    """https://docs.slack.dev/messaging/formatting-message-text#escaping"""
    return tame(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tame(text: str) -> str:
    """Without what could disguise its surroundings. Arabic and Hebrew lose nothing by it."""
    return text.translate(OBEYED)


def visible(text: str) -> str:
    """Slack refuses a text of which nothing is left."""
    return tame(text) or "…"


def one_line(text: str) -> str:
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def lines(parts: Iterable[str]) -> str:
    """A top-level text: whole lines, as many as Slack takes."""
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part) + 1
        if size > MESSAGE_TEXT - 2:
            return "\n".join([*kept, "…"])
        kept.append(part)
    return "\n".join(kept)


# Texts


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


# Rich text


def words(text: str, *, bold: bool = False, italic: bool = False) -> Inline:
    part: Inline = {"type": "text", "text": visible(text)}
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return part | {"style": style} if style else part


def link(url: str | None, text: str, *, bold: bool = False) -> Inline:
    """A link, or just its text while there is nowhere to go."""
    if url is None:
        return words(text, bold=bold)
    part: Inline = {"type": "link", "url": url, "text": visible(text)}
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


# Blocks


def header(text: str) -> Block:
    return {"type": "header", "text": literal(shorten(text, 150))}


def section(text: str) -> Block:
    return {"type": "section", "text": mrkdwn(text)}


def context(*elements: Element) -> Block:
    return {"type": "context", "elements": list(elements)}


def note(text: str) -> Block:
    """A line of Needle's own, in small print."""
    return context(mrkdwn(text))


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action_id: str, value: str, *, primary: bool = False) -> Element:
    element = {
        "type": "button",
        "text": plain(shorten(text, BUTTON_TEXT)),
        "action_id": action_id,
        "value": value,
    }
    return element | {"style": "primary"} if primary else element


def option(text: str, value: str) -> Element:
    return {"text": plain(shorten(text, 75)), "value": value}


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def select(
    action_id: str, options: Sequence[Element], *, initial: str | None = None, placeholder: str = ""
) -> Element:
    element: Element = {"type": "static_select", "action_id": action_id, "options": list(options)}
    if placeholder:
        element["placeholder"] = plain(placeholder)
    chosen = next((choice for choice in options if choice["value"] == initial), None)
    return element | {"initial_option": chosen} if chosen else element


def text_input(
    action_id: str,
    *,
    longest: int,
    shortest: int = 0,
    initial: str = "",
    multiline: bool = False,
    placeholder: str = "",
) -> Element:
    element: Element = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": longest,
    }
    if shortest:
        element["min_length"] = shortest
    if initial:
        element["initial_value"] = shorten(initial, longest)
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return element


def number_input(
    action_id: str, *, least: str, most: str, decimal: bool, initial: str = ""
) -> Element:
    element: Element = {
        "type": "number_input",
        "action_id": action_id,
        "is_decimal_allowed": decimal,
        "min_value": least,
        "max_value": most,
    }
    return element | {"initial_value": initial} if initial else element


def field(
    label: str, element: Element, *, hint: str = "", optional: bool = False, block_id: str = ""
) -> Block:
    """An input; its block's id is its action's, unless it has to differ."""
    block: Block = {
        "type": "input",
        "block_id": block_id or element["action_id"],
        "label": plain(label),
        "element": element,
        "optional": optional,
    }
    return block | {"hint": plain(hint)} if hint else block


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


# Views


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str = "",
    submit: str = "",
    close: str = "Cancel",
    metadata: dict[str, Any] | None = None,
) -> dict[str, Any]:
    view: dict[str, Any] = {
        "type": "modal",
        "title": plain(shorten(title, 24)),
        "close": plain(close),
        "blocks": list(blocks),
    }
    if callback_id:
        view["callback_id"] = callback_id
    if submit:
        view["submit"] = plain(submit)
    if metadata is not None:
        view["private_metadata"] = json.dumps(metadata, separators=(",", ":"))
    return view


def typed(view: dict[str, Any]) -> dict[str, Any]:
    """What a submitted view holds, by action id: text, a chosen option's value, chosen people."""
    found: dict[str, Any] = {}
    for block in view["state"]["values"].values():
        for action_id, state in block.items():
            found[action_id] = _entered(state)
    return found


def metadata_of(view: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(view.get("private_metadata") or "{}")
    return found


def _entered(state: dict[str, Any]) -> Any:
    if state["type"] in ("static_select", "external_select"):
        return (state.get("selected_option") or {}).get("value")
    if state["type"] == "multi_users_select":
        return state.get("selected_users") or []
    if state["type"] == "timepicker":
        return state.get("selected_time")
    return state.get("value")
