"""Answer to chat.getPermalink: https://docs.slack.dev/reference/methods/chat.getPermalink"""

from typing import Annotated

from pydantic import Field
from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, parse_answer


class Permalink(Answer):
    """The address of a message. It holds nothing that would end a link in a message."""

    permalink: Annotated[str, Field(pattern=r"^https?://[^\s<>|]+$")]


def read_permalink(response: SlackResponse) -> str:
    """Return the address. Raise MalformedAnswer."""
    return parse_answer(Permalink, response).permalink
