"""Answer to chat.postMessage: https://docs.slack.dev/reference/methods/chat.postMessage"""

from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, MessageTs, parse_answer


class PostedMessage(Answer):
    """A message that Slack has accepted."""

    ts: MessageTs


def read_posted_message(response: SlackResponse) -> PostedMessage:
    """Return the posted message. Raise MalformedAnswer."""
    return parse_answer(PostedMessage, response)
