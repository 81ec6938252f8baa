"""Secondary attachments of messages.

https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
"""

from typing import Any

from slack_sandbox.block_kit.validation import validate_blocks
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Json

MAX_ATTACHMENTS = 100  # https://github.com/containrrr/shoutrrr/issues/238
NO_FALLBACK = "[no preview available]"


def validate_attachments(attachments: Any) -> list[Json]:
    """Return the attachments as Slack stores them: with numbers, and IDs in their blocks.

    Raise SlackError if Slack rejects them. As in Slack, unknown fields are kept.
    """
    if attachments is None:
        return []
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return [_stored(attachment, number) for number, attachment in enumerate(attachments, start=1)]


def _stored(attachment: Json, number: int) -> Json:
    fallback = attachment.get("fallback") or attachment.get("text") or NO_FALLBACK
    stored = attachment | {"id": number, "fallback": fallback}
    if "blocks" in attachment:
        stored["blocks"] = validate_blocks(attachment["blocks"]) or []
    return stored
