"""Answer to conversations.info: https://docs.slack.dev/reference/methods/conversations.info"""

from typing import Annotated

from pydantic import Field
from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, parse_answer


class Channel(Answer):
    """A channel object: https://docs.slack.dev/reference/objects/conversation-object"""

    name: Annotated[str, Field(min_length=1)]
    is_archived: bool = False
    is_member: bool = False
    is_private: bool = True  # A name that may be private isn't shown.


class ChannelAnswer(Answer):
    """The answer with the channel."""

    channel: Channel


def read_channel(response: SlackResponse) -> Channel:
    """Return the channel. Raise MalformedAnswer."""
    return parse_answer(ChannelAnswer, response).channel
