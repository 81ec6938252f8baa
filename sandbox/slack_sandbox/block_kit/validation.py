"""From what an app sends to the text, blocks and metadata of a message, or to a view."""

import json
from typing import Any

from slack_sandbox.block_kit.check import (
    MOST_TEXT,
    message_problems,
    tables,
    text_length,
    view_problems,
    with_ids,
)
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json

LONGEST_TEXT = 40_000
LARGEST_VIEW = 250 * 1024


def checked_blocks(blocks: Any) -> list[Json] | None:
    """Blocks as Slack keeps them; none at all for an empty list."""
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    problems = message_problems(blocks)
    if problems:
        raise refused_blocks("invalid_blocks", problems)
    if tables(blocks) > 1:
        raise refused_blocks("invalid_attachments", ["only_one_table_allowed"])
    if text_length(blocks) > MOST_TEXT:
        raise Refused("msg_blocks_too_long")
    return with_ids(blocks) or None


def refused_blocks(error: str, problems: list[str]) -> Refused:
    messages = [f"[ERROR] {problem}" for problem in problems]
    return Refused(error, errors=problems, response_metadata={"messages": messages})


def checked_metadata(metadata: Any) -> Json | None:
    """docs.slack.dev/messaging/message-metadata"""
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(event_type, str) or not event_type or not isinstance(payload, dict):
        raise Refused("invalid_metadata_schema")
    return {"event_type": event_type, "event_payload": payload}


def checked_view(view: Any, *kinds: str) -> Json:
    """A view as Slack keeps it, of one of these kinds: "modal", "home"."""
    problems = view_problems(view)
    if not problems and view["type"] not in kinds:
        problems = [f"unsupported type: {view['type']} [json-pointer:/view/type]"]
    if problems:
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise Refused("invalid_arguments", response_metadata={"messages": messages})
    if len(json.dumps(view)) > LARGEST_VIEW:
        raise Refused("view_too_large")
    return {**view, "blocks": with_ids(view["blocks"])}


def cut_text(text: str) -> str:
    """Slack cuts a longer text instead of refusing it (reference/methods/chat.postmessage)."""
    return text[:LONGEST_TEXT]
