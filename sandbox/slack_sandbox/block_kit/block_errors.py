"""The errors that Slack reports for the blocks of a message, or for a view."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from slack_sandbox.block_kit.blocks import BLOCKS, HOME, MESSAGE, MODAL
from slack_sandbox.block_kit.composition_objects import plain_text
from slack_sandbox.block_kit.traversal import all_options, interactive_elements, iter_blocks
from slack_sandbox.block_kit.validators import (
    Validator,
    array,
    boolean,
    error,
    string,
    typed_object,
    union,
)
from slack_sandbox.model.workspace import Json

MAX_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
MAX_MARKDOWN_LENGTH = 12_000
MAX_BLOCKS_OF_TYPE = {"data_visualization": 2, "plan": 1}

VIEW_FIELDS = {
    "private_metadata": string(3000, min_length=0),
    "callback_id": string(255, min_length=0),
    "external_id": string(255, min_length=0),
}
MODAL_FIELDS = VIEW_FIELDS | {
    "close": plain_text(24),
    "submit": plain_text(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}


def message_errors(blocks: Any) -> list[str]:
    return list(_blocks_of(MESSAGE)(blocks, "/blocks"))


def view_errors(view: Any) -> list[str]:
    modal = typed_object({"title": plain_text(24), "blocks": _blocks_of(MODAL)}, MODAL_FIELDS)
    home = typed_object({"blocks": _blocks_of(HOME)}, VIEW_FIELDS)
    errors = list(union({MODAL: modal, HOME: home})(view, "/view"))
    return errors or list(_form_errors(view))


def _blocks_of(surface: str) -> Validator:
    # An empty list removes the blocks of a message. A view must have a block.
    min_items = 0 if surface == MESSAGE else 1
    each_block = array(union(BLOCKS[surface]), MAX_BLOCKS[surface], min_items)

    def validate(value: Any, path: str) -> Iterator[str]:
        errors = list(each_block(value, path))
        yield from errors
        if not errors:
            yield from _combination_errors(value, path)

    return validate


def _combination_errors(blocks: list[Json], path: str) -> Iterator[str]:
    """Yield the errors of blocks that are valid on their own, but not together."""
    for block_id in _duplicates(block.get("block_id") for block in iter_blocks(blocks)):
        yield error(f"`block_id` must be unique: {block_id}", path)
    for index, top_block in enumerate(blocks):
        for block in iter_blocks([top_block]):
            elements = list(interactive_elements(block))
            for action_id in _duplicates(element.get("action_id") for element in elements):
                yield error(f"`action_id` must be unique: {action_id}", f"{path}/{index}")
            for element in elements:
                yield from _option_errors(element, f"{path}/{index}")
    markdown_length = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown_length > MAX_MARKDOWN_LENGTH:
        yield error(f"markdown text must be less than {MAX_MARKDOWN_LENGTH + 1} characters", path)
    for block_type, max_blocks in MAX_BLOCKS_OF_TYPE.items():
        if sum(block["type"] == block_type for block in blocks) > max_blocks:
            yield error(f"no more than {max_blocks} {block_type} blocks allowed", path)


def _option_errors(element: Json, path: str) -> Iterator[str]:
    """Yield an error for each initial option that isn't exactly equal to one of the options."""
    if "options" not in element and "option_groups" not in element:
        return
    options = all_options(element)
    initial_options = element.get("initial_options") or [element.get("initial_option")]
    for option in initial_options:
        if option and option not in options:
            yield error("initial option was not found in options", path)
    if _duplicates(option["value"] for option in options) and element["type"] == "checkboxes":
        yield error("option values must be unique", path)


def _form_errors(view: Json) -> Iterator[str]:
    blocks = list(iter_blocks(view["blocks"]))
    has_input = any(block["type"] == "input" for block in blocks)
    if view["type"] == MODAL and has_input and not view.get("submit"):
        yield error("`submit` is required when an input block is within the blocks array", "/view")
    elements = [element for block in blocks for element in interactive_elements(block)]
    if sum(bool(element.get("focus_on_load")) for element in elements) > 1:
        yield error("only one element may have `focus_on_load`", "/view/blocks")


def _duplicates(names: Iterable[Any]) -> list[str]:
    return [name for name, count in Counter(names).items() if name and count > 1]
