"""Forms as Slack submits them, filled in by the sandbox's rules."""

from typing import Any

from slack_sandbox.block_kit.form_state import fill_inputs
from slack_sandbox.block_kit.generated_ids import with_generated_ids
from slack_sandbox.block_kit.traversal import all_options, interactive_elements, iter_blocks


def submitted(view: dict[str, Any], **inputs: Any) -> dict[str, Any]:
    """Return the view after a person fills these inputs, by action id, and leaves the others."""
    blocks = with_generated_ids(view["blocks"])
    block_of = {
        block["element"]["action_id"]: block["block_id"]
        for block in blocks
        if block["type"] == "input"
    }
    raw = {block_of[action_id]: value for action_id, value in inputs.items()}
    return view | {"blocks": blocks, "state": {"values": fill_inputs(blocks, {}, raw, {})}}


def answering(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Return the view with values in its state that Slack's client would reject."""
    for action_id, value in values.items():
        for block in view["state"]["values"].values():
            if action_id in block:
                block[action_id] = block[action_id] | {"value": value}
    return view


def project_values(view: dict[str, Any]) -> dict[int, str]:
    """Return the values of a form's options for projects, by the number in their labels."""
    elements = [
        each for block in iter_blocks(view["blocks"]) for each in interactive_elements(block)
    ]
    options = [option for element in elements for option in all_options(element)]
    labels = [(option["text"]["text"].split()[0], option["value"]) for option in options]
    return {int(label.removeprefix("#")): value for label, value in labels if label.startswith("#")}
