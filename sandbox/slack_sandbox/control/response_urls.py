"""How an app answers an act: in its ack, or later by a response URL."""

from typing import Any

from slack_sandbox.block_kit.validation import (
    truncate_text,
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


def reply(slack: Slack, to: ResponseTarget, body: Json) -> None:
    """An answer to a command or interaction: an ephemeral, unless it says otherwise.

    docs.slack.dev/interactivity/handling-user-interaction
    """
    channel = slack.workspace.channels[to.channel_id]
    original = channel.messages.get(to.message_ts or "")
    if body.get("delete_original"):
        if original:
            messages.remove(slack, channel, original)
        return
    content = _content(body)
    if body.get("replace_original") and original:
        # Whoever sees it stays the same: an ephemeral can't be turned into a message for all.
        messages.edit(slack, channel, original, **content)
        return
    if channel.is_archived:
        raise SlackError("is_archived")
    only_visible_to = None if body.get("response_type") == "in_channel" else to.person.id
    messages.post(slack, channel, slack.bot.id, **content, only_visible_to=only_visible_to)


def answer_submission(slack: Slack, view: View, ack: Json) -> None:
    """Do what the ack of a `view_submission` says; an empty one closes the view."""
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
    """Errors by block_id; each must be an input of the view, or Slack shows none of them."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise SlackError("invalid_errors", f"errors must name input blocks, not {errors!r}")
    return {block_id: str(text) for block_id, text in errors.items()}


def _content(body: Json) -> Json:
    text = body.get("text") or ""
    blocks = validate_blocks(body.get("blocks"))
    if not text and not blocks:
        raise SlackError("no_text")
    content: Json = {"text": truncate_text(str(text)), "blocks": blocks}
    metadata = validate_metadata(body.get("metadata"))
    return content | ({"metadata": metadata} if metadata else {})
