"""Answer to users.info: https://docs.slack.dev/reference/methods/users.info"""

from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, SlackId, parse_answer

SLACKBOT = "USLACKBOT"


class Profile(Answer):
    """The names in a person's profile. Both may be empty."""

    display_name: str = ""
    real_name: str = ""


class EnterpriseUser(Answer):
    """A person's place in an organization with several workspaces (Enterprise Grid)."""

    teams: tuple[str, ...] = ()  # the workspaces that the person is in


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
    enterprise_user: EnterpriseUser = EnterpriseUser()

    def is_in_team(self, team_id: str) -> bool:
        """Return whether the person belongs to a workspace.

        In an organization with several workspaces, `team_id` names only one of the person's:
        https://github.com/looker/lookerbot/issues/184

        Someone from another organization has another `team_id`. If no channel is shared with them,
        `is_stranger` is set: https://docs.slack.dev/apis/slack-connect

        If Slack names no workspace, the person is in the token's workspace.
        """
        named = {*self.enterprise_user.teams, self.team_id} - {""}
        if self.is_stranger:
            return team_id in self.enterprise_user.teams
        return team_id in named or not named

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
