"""A form as Slack submits it, filled by the sandbox's own rules."""

from typing import Any

from slack_sandbox.block_kit.check import with_ids
from slack_sandbox.block_kit.form_state import filled


def submitted(view: dict[str, Any], **inputs: Any) -> dict[str, Any]:
    """The view after someone filled these inputs, by action id, and left the others as they are."""
    blocks = with_ids(view["blocks"])
    block_of = {
        block["element"]["action_id"]: block["block_id"]
        for block in blocks
        if block["type"] == "input"
    }
    raw = {block_of[action_id]: value for action_id, value in inputs.items()}
    return view | {"blocks": blocks, "state": {"values": filled(blocks, {}, raw, {})}}


def answering(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The same with values that Slack's client would not send, put straight into the state."""
    for action_id, value in values.items():
        for block in view["state"]["values"].values():
            if action_id in block:
                block[action_id] = block[action_id] | {"value": value}
    return view
