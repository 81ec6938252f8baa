"""Answer to users.info: https://docs.slack.dev/reference/methods/users.info"""

from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, SlackId, parse_answer

SLACKBOT = "USLACKBOT"


class Profile(Answer):
    """The names in a person's profile. Both may be empty."""

    display_name: str = ""
    real_name: str = ""


class User(Answer):
    """A user object: https://docs.slack.dev/reference/objects/user-object"""

    id: SlackId
    team_id: str = ""
    name: str = ""
    profile: Profile = Profile()
    tz: str | None = None
    deleted: bool = False
    is_bot: bool = False
    is_stranger: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False

    @property
    def is_app(self) -> bool:
        """Whether the user is an app. Slackbot's own `is_bot` is false."""
        return self.is_bot or self.id == SLACKBOT

    @property
    def is_guest(self) -> bool:
        """Whether the user is a guest in one channel or in several."""
        return self.is_restricted or self.is_ultra_restricted

    @property
    def shown_name(self) -> str | None:
        """The name that Slack shows. A person may leave the display name empty."""
        return self.profile.display_name or self.profile.real_name or self.name or None


class UserAnswer(Answer):
    """The answer with the user."""

    user: User


def read_user(response: SlackResponse) -> User:
    """Return the user. Raise MalformedAnswer."""
    return parse_answer(UserAnswer, response).user
