"""Validation of what an app sends: the text, blocks and metadata of a message, and views."""

import json
from typing import Any

from slack_sandbox.block_kit.block_errors import message_errors, view_errors
from slack_sandbox.block_kit.generated_ids import with_generated_ids
from slack_sandbox.block_kit.stored_texts import with_stored_texts
from slack_sandbox.block_kit.traversal import count_tables, text_length
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.links import link_urls
from slack_sandbox.model.workspace import Json

MAX_TEXT_LENGTH = 40_000
# Undocumented: Slack was seen to reject messages of about this size (slackapi/bolt-js issue 2509).
MAX_BLOCK_TEXT_LENGTH = 13_200
MAX_VIEW_BYTES = 250 * 1024


def validate_blocks(blocks: Any) -> list[Json] | None:
    """Return the blocks as Slack stores them. Return None for an empty list.

    Raise SlackError if Slack rejects them.
    """
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    errors = message_errors(blocks)
    if errors:
        raise _blocks_error("invalid_blocks", errors)
    if count_tables(blocks) > 1:
        raise _blocks_error("invalid_attachments", ["only_one_table_allowed"])
    if text_length(blocks) > MAX_BLOCK_TEXT_LENGTH:
        raise SlackError("msg_blocks_too_long")
    return with_generated_ids(with_stored_texts(blocks)) or None


def _blocks_error(code: str, errors: list[str]) -> SlackError:
    messages = [f"[ERROR] {error}" for error in errors]
    return SlackError(code, errors=errors, response_metadata={"messages": messages})


def validate_metadata(metadata: Any) -> Json | None:
    """Return the metadata as Slack stores it. Raise SlackError if Slack rejects it.

    docs.slack.dev/messaging/message-metadata
    """
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(event_type, str) or not event_type or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_schema")
    return {"event_type": event_type, "event_payload": payload}


def validate_view(view: Any, view_type: str) -> Json:
    """Return a view as Slack stores it. `view_type` is "modal" or "home".

    Raise SlackError if Slack rejects the view, or if it has another type.
    """
    errors = view_errors(view)
    if not errors and view["type"] != view_type:
        errors = [f"unsupported type: {view['type']} [json-pointer:/view/type]"]
    if errors:
        messages = [f"[ERROR] {error}" for error in errors]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    if len(json.dumps(view)) > MAX_VIEW_BYTES:
        raise SlackError("view_too_large")
    stored: Json = with_stored_texts(view)
    return {**stored, "blocks": with_generated_ids(stored["blocks"])}


def stored_text(text: str) -> str:
    """Return the text of a message as Slack stores it: with URLs as links, and truncated if long.

    docs.slack.dev/reference/methods/chat.postmessage
    """
    return link_urls(text)[:MAX_TEXT_LENGTH]
