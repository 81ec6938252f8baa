"""The app's responses to interactions: in the acknowledgment, or with a response URL."""

from typing import Any

from slack_sandbox.block_kit.attachments import validate_attachments
from slack_sandbox.block_kit.validation import (
    stored_text,
    validate_blocks,
    validate_metadata,
    validate_view,
)
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.triggers import ResponseTarget
from slack_sandbox.model.workspace import Json
from slack_sandbox.operations import messages
from slack_sandbox.slack import Slack
from slack_sandbox.surfaces.view_stacks import View


def respond(slack: Slack, target: ResponseTarget, body: Json) -> None:
    """Post, replace, or delete a message as the response says. Its default is an ephemeral message.

    Raise SlackError if Slack rejects the response.
    https://docs.slack.dev/interactivity/handling-user-interaction
    """
    channel = slack.workspace.channels[target.channel_id]
    original = channel.messages.get(target.message_ts or "")
    if body.get("delete_original"):
        if original:
            messages.remove(slack, channel, original)
        return
    content = _content(body)
    if body.get("replace_original") and original:
        # The same people see it: an ephemeral message can't become visible to everyone.
        messages.edit(slack, channel, original, **content)
        return
    if channel.is_archived:
        raise SlackError("is_archived")
    only_visible_to = None if body.get("response_type") == "in_channel" else target.person.id
    messages.post(slack, channel, slack.bot.id, **content, only_visible_to=only_visible_to)


def apply_submission_response(slack: Slack, view: View, ack: Json) -> None:
    """Apply the response to a `view_submission`; without a `response_action`, close the view.

    Raise SlackError if Slack rejects it.
    """
    action = ack.get("response_action")
    if action is None:
        slack.views.close(view)
    elif action == "clear":
        slack.views.clear(view.person)
    elif action == "errors":
        view.errors = _errors(view, ack.get("errors"))
    elif action == "update":
        slack.views.update(view, validate_view(ack.get("view"), "modal"))
    elif action == "push":
        slack.views.push(view.person, validate_view(ack.get("view"), "modal"))
    else:
        raise SlackError("invalid_response_action")


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Return the errors by block ID. Raise SlackError unless all name inputs of the view."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise SlackError(
            "invalid_errors", f"errors must be by the block_id of inputs, not {errors!r}"
        )
    return {block_id: str(text) for block_id, text in errors.items()}


def _content(body: Json) -> Json:
    text = body.get("text") or ""
    blocks = validate_blocks(body.get("blocks"))
    attachments = validate_attachments(body.get("attachments"))
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    content: Json = {
        "text": stored_text(str(text)),
        "blocks": blocks,
        "attachments": attachments,
    }
    metadata = validate_metadata(body.get("metadata"))
    return content | ({"metadata": metadata} if metadata else {})
