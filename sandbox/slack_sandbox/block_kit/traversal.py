"""Traversal of blocks: nested blocks, interactive elements, options, and lengths of text."""

from collections.abc import Iterator
from typing import Any

from slack_sandbox.model.workspace import Json

BLOCKS_WITH_ELEMENTS = ("actions", "context_actions")


def iter_blocks(blocks: list[Json]) -> Iterator[Json]:
    """Yield each block, followed by the blocks nested in it."""
    for block in blocks:
        yield block
        yield from iter_blocks(block.get("child_blocks") or [])
        if block["type"] == "carousel":
            yield from block["elements"]


def interactive_elements(block: Json) -> Iterator[Json]:
    """Yield a block's own interactive elements, without those of nested blocks."""
    candidates = [block.get("element"), block.get("accessory"), *(block.get("actions") or [])]
    if block["type"] in BLOCKS_WITH_ELEMENTS:
        candidates += block["elements"]
    return (element for element in candidates if element and element["type"] != "image")


def all_options(element: Json) -> list[Json]:
    """Return an element's options, including those in groups."""
    grouped = [
        option for group in element.get("option_groups") or [] for option in group["options"]
    ]
    return list(element.get("options") or []) + grouped


def count_tables(blocks: list[Json]) -> int:
    return sum(block["type"] in ("table", "data_table") for block in iter_blocks(blocks))


def text_length(value: Any) -> int:
    """Return the number of characters in all `text` fields, at any depth."""
    if isinstance(value, list):
        return sum(text_length(item) for item in value)
    if not isinstance(value, dict):
        return 0
    text = value.get("text")
    own_length = len(text) if isinstance(text, str) else 0
    return own_length + sum(text_length(item) for item in value.values())
