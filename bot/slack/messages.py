"""Messages in Slack: their current state, and whether they were deleted."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.answers.messages import SlackMessage, read_message
from bot.slack.errors import error_code

MESSAGE_NOT_FOUND = "message_not_found"


def fetch_message(client: WebClient, channel: str, ts: str) -> SlackMessage | None:
    """Return the message with its reactions, or None if it was deleted. Raise MalformedAnswer."""
    try:
        found = read_message(client.reactions_get(channel=channel, timestamp=ts, full=True))
    except SlackApiError as error:
        if error_code(error) != MESSAGE_NOT_FOUND:
            raise
        return None
    return None if found.is_tombstone else found
