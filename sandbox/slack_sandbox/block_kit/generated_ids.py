"""The block IDs and action IDs that Slack generates when an app omits them."""

from slack_sandbox.block_kit.traversal import BLOCKS_WITH_ELEMENTS
from slack_sandbox.model.ids import new_id
from slack_sandbox.model.workspace import Json


def with_generated_ids(blocks: list[Json]) -> list[Json]:
    """Return the blocks with an ID for every block and interactive element."""
    return [_with_block_id(block) for block in blocks]


def _with_block_id(block: Json) -> Json:
    completed = {**block, "block_id": block.get("block_id") or new_id("b")}
    for name in ("element", "accessory"):
        if block.get(name):
            completed[name] = _with_action_id(block[name])
    if block["type"] in BLOCKS_WITH_ELEMENTS:
        completed["elements"] = [_with_action_id(element) for element in block["elements"]]
    if block["type"] == "carousel":
        completed["elements"] = with_generated_ids(block["elements"])
    if block.get("child_blocks"):
        completed["child_blocks"] = with_generated_ids(block["child_blocks"])
    if block.get("actions"):
        completed["actions"] = [_with_action_id(element) for element in block["actions"]]
    return completed


def _with_action_id(element: Json) -> Json:
    if element["type"] == "image":
        return element
    return {**element, "action_id": element.get("action_id") or new_id("a")}
