"""Builders for blocks, elements and views, and actions that send them."""

from typing import Any

from strictness.rule import Action
from strictness.workspace import OPS

Json = dict[str, Any]

DIVIDER: Json = {"type": "divider"}
PICTURE: Json = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}


def plain(text: str | int = "Words") -> Json:
    """Return a plain_text object with this text, or with this number of characters."""
    return {"type": "plain_text", "text": "x" * text if isinstance(text, int) else text}


def mrkdwn(text: str | int = "Words") -> Json:
    return plain(text) | {"type": "mrkdwn"}


def section(**fields: Any) -> Json:
    return {"type": "section", **(fields or {"text": plain()})}


def actions(*elements: Json, **fields: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **fields}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain("Press"), **fields}


def option(value: str = "a", **fields: Any) -> Json:
    return {"text": plain(f"Option {value}"), "value": value, **fields}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def menu(**fields: Any) -> Json:
    default = {} if "options" in fields or "option_groups" in fields else {"options": options(2)}
    return {"type": "static_select", **default, **fields}


def element(element_type: str, **fields: Any) -> Json:
    return {"type": element_type, **fields}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def rich_section(*parts: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(parts or [{"type": "text", "text": "a"}])}


def field(inner: Json, **fields: Any) -> Json:
    """Return an input block with the block ID `f`, and the action ID `e` for its element."""
    return {
        "type": "input",
        "block_id": "f",
        "label": plain("Field"),
        "element": {"action_id": "e", **inner},
        **fields,
    }


def modal(*blocks: Json, **fields: Any) -> Json:
    submit = plain("Send") if any(block["type"] == "input" for block in blocks) else None
    return {
        "type": "modal",
        "title": plain("Title"),
        "blocks": list(blocks) or [DIVIDER],
        **({"submit": submit} if submit else {}),
        **fields,
    }


def home(*blocks: Json, **fields: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [DIVIDER], **fields}


def posts(*blocks: Json) -> Action:
    return lambda workspace: workspace.client.chat_postMessage(
        channel=OPS, text="hello", blocks=list(blocks)
    )


def posts_element(item: Json) -> Action:
    return posts(actions(item))


def opens(view: Json) -> Action:
    return lambda workspace: workspace.open_view(view)


def opens_field(inner: Json, **fields: Any) -> Action:
    return opens(modal(field(inner, **fields)))
