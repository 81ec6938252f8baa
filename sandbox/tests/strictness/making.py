"""Short ways to write down blocks, elements and views, and to send them."""

from typing import Any

from strictness.rule import Do
from strictness.world import OPS

Json = dict[str, Any]

DIVIDER: Json = {"type": "divider"}
PICTURE: Json = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}


def plain(text: str | int = "Words") -> Json:
    """Plain text, or so many characters of it."""
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
    offered = {} if "options" in fields or "option_groups" in fields else {"options": options(2)}
    return {"type": "static_select", **offered, **fields}


def element(kind: str, **fields: Any) -> Json:
    return {"type": kind, **fields}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def words(*parts: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(parts or [{"type": "text", "text": "a"}])}


def field(inner: Json, **fields: Any) -> Json:
    """An input block named `f` whose element is named `e`."""
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


def posts(*blocks: Json) -> Do:
    return lambda world: world.client.chat_postMessage(
        channel=OPS, text="hello", blocks=list(blocks)
    )


def posts_element(each: Json) -> Do:
    return posts(actions(each))


def opens(view: Json) -> Do:
    return lambda world: world.opens(view)


def opens_field(inner: Json, **fields: Any) -> Do:
    return opens(modal(field(inner, **fields)))
