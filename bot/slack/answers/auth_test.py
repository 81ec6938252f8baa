"""Answer to auth.test: https://docs.slack.dev/reference/methods/auth.test"""

from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, SlackId, parse_answer


class Identity(Answer):
    """The app's user and bot, and its workspace."""

    team_id: SlackId
    user_id: SlackId
    bot_id: SlackId | None = None
    team: str = ""  # the workspace's name


def read_identity(response: SlackResponse) -> Identity:
    """Return who the token belongs to. Raise MalformedAnswer."""
    return parse_answer(Identity, response)
