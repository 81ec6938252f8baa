"""A message as Slack has it, if it still has it."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import code

Json = dict[str, Any]

GONE = "message_not_found"


def is_gone(message: Json) -> bool:
    """Of a deleted message that has replies a stone stays in its place, without reactions.

    Seen in https://github.com/hackclub/toriel/pull/238; Slack's reference does not tell of it.
    """
    return message.get("subtype") == "tombstone"


def look_at(client: WebClient, channel: str, ts: str) -> Json | None:
    """The message with all its reactions; None if it is gone."""
    try:
        answer = client.reactions_get(channel=channel, timestamp=ts, full=True)
    except SlackApiError as error:
        if code(error) != GONE:
            raise
        return None
    message: Json = answer["message"]
    return None if is_gone(message) else message
