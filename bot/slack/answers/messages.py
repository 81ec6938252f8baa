"""Answers with messages: a page of a channel's history, or one message with its reactions.

https://docs.slack.dev/reference/methods/conversations.history
https://docs.slack.dev/reference/methods/conversations.replies
https://docs.slack.dev/reference/methods/reactions.get
"""

from typing import Any

from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, MessageTs, SlackId, parse_answer
from bot.slack.answers.pages import Page


class ReactionCount(Answer):
    """An emoji on a message, and the people who reacted with it.

    Slack may leave out some of the people, but counts them:
    https://docs.slack.dev/reference/methods/reactions.get
    """

    name: str
    users: tuple[SlackId, ...] = ()
    count: int

    @property
    def is_truncated(self) -> bool:
        """Whether Slack left out some of the people."""
        return len(self.users) < self.count


class Metadata(Answer):
    """What the app that sent the message attached to it."""

    event_payload: dict[str, Any] | None = None


class MessageBlock(Answer):
    """A block of a message. Only its id is read."""

    block_id: str = ""


class SlackMessage(Answer):
    """A message as Slack stores it."""

    ts: MessageTs
    user: str = ""
    bot_id: str = ""
    subtype: str = ""
    metadata: Metadata = Metadata()
    blocks: tuple[MessageBlock, ...] = ()
    reactions: tuple[ReactionCount, ...] = ()

    @property
    def is_tombstone(self) -> bool:
        """Whether the message was deleted and only its tombstone is left.

        Slack keeps a tombstone, without reactions, when a message with replies is deleted. Seen in
        https://github.com/hackclub/toriel/pull/238; Slack's reference doesn't mention it.
        """
        return self.subtype == "tombstone"


class MessagesPage(Page):
    """A page of a channel's or thread's messages."""

    messages: tuple[SlackMessage, ...]


class MessageAnswer(Answer):
    """The answer with one message."""

    message: SlackMessage


def read_messages_page(response: SlackResponse) -> MessagesPage:
    """Return the page. Raise MalformedAnswer."""
    return parse_answer(MessagesPage, response)


def read_message(response: SlackResponse) -> SlackMessage:
    """Return the message. Raise MalformedAnswer."""
    return parse_answer(MessageAnswer, response).message
