"""What happens to people's accounts, and to the app's own."""

from typing import Any

from slack_sandbox.model.workspace import Person
from slack_sandbox.slack import Slack
from slack_sandbox.surfaces.serializers import user_object


def change(slack: Slack, person: Person, **changes: Any) -> None:
    """Change fields of a person; every app with users:read hears of it."""
    for name, value in changes.items():
        setattr(person, name, value)
    person.updated = int(slack.workspace.now())
    slack.screens.show_person(person)
    event = {"user": user_object(person, slack.workspace), "cache_ts": person.updated}
    slack.events.send("user_change", event)


def revoke_token(slack: Slack) -> None:
    """The app's bot is deactivated and in no channel any more (reference/methods/auth.revoke)."""
    _tell_of_revoking(slack)
    _take_leave(slack)


def uninstall(slack: Slack) -> None:
    _tell_of_revoking(slack)
    slack.events.send("app_uninstalled", {})
    _take_leave(slack)


def install(slack: Slack, scopes: frozenset[str]) -> str:
    """The token that the app gets for these scopes."""
    slack.bot.deleted = False
    slack.screens.show_person(slack.bot)
    return slack.installation.grant(scopes)


def _tell_of_revoking(slack: Slack) -> None:
    """By the ids of the people whose tokens they were (reference/events/tokens_revoked)."""
    slack.events.send("tokens_revoked", {"tokens": {"oauth": [], "bot": [slack.bot.id]}})


def _take_leave(slack: Slack) -> None:
    slack.installation.revoke()
    slack.bot.deleted = True
    slack.screens.show_person(slack.bot)
    for channel in slack.workspace.channels.values():
        if slack.bot.id in channel.members and not channel.is_im:
            channel.members.remove(slack.bot.id)
            slack.screens.show_channel(channel)
