"""Answer to apps.connections.open: https://docs.slack.dev/reference/methods/apps.connections.open"""

from typing import Annotated

from pydantic import Field
from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, parse_answer


class Connection(Answer):
    """The address of a WebSocket."""

    url: Annotated[str, Field(pattern=r"^wss?://\S+$")]


def read_websocket_url(response: SlackResponse) -> str:
    """Return the address of the WebSocket. Raise MalformedAnswer."""
    return parse_answer(Connection, response).url
