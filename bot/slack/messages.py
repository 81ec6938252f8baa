"""A message as Slack has it, if it still has it."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import error_code

Json = dict[str, Any]

MESSAGE_NOT_FOUND = "message_not_found"


def is_tombstone(message: Json) -> bool:
    """Of a deleted message that has replies a stone stays in its place, without reactions.

    Seen in https://github.com/hackclub/toriel/pull/238; Slack's reference does not tell of it.
    """
    return message.get("subtype") == "tombstone"


def fetch_message(client: WebClient, channel: str, ts: str) -> Json | None:
    """The message with all its reactions; None if it is gone."""
    try:
        answer = client.reactions_get(channel=channel, timestamp=ts, full=True)
    except SlackApiError as error:
        if error_code(error) != MESSAGE_NOT_FOUND:
            raise
        return None
    message: Json = answer["message"]
    return None if is_tombstone(message) else message
