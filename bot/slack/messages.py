"""Messages in Slack: their current state, and whether they were deleted."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import error_code

Json = dict[str, Any]

MESSAGE_NOT_FOUND = "message_not_found"


def is_tombstone(message: Json) -> bool:
    """Return whether the message was deleted and only its tombstone is left.

    Slack keeps a tombstone, without reactions, when a message with replies is deleted. Seen in
    https://github.com/hackclub/toriel/pull/238; Slack's reference doesn't mention it.
    """
    return message.get("subtype") == "tombstone"


def fetch_message(client: WebClient, channel: str, ts: str) -> Json | None:
    """Return the message with all its reactions, or None if it was deleted."""
    try:
        response = client.reactions_get(channel=channel, timestamp=ts, full=True)
    except SlackApiError as error:
        if error_code(error) != MESSAGE_NOT_FOUND:
            raise
        return None
    message: Json = response["message"]
    return None if is_tombstone(message) else message
