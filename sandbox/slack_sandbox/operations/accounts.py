"""Operations on people's accounts and on the app's installation."""

from typing import Any

from slack_sandbox.model.ids import new_id
from slack_sandbox.model.workspace import Person
from slack_sandbox.operations import messages
from slack_sandbox.slack import Slack
from slack_sandbox.surfaces.serializers import user_object


def change(slack: Slack, person: Person, **changes: Any) -> None:
    """Change fields of a person, and send `user_change`."""
    for name, value in changes.items():
        setattr(person, name, value)
    person.updated = int(slack.workspace.now())
    slack.screens.show_person(person)
    event = {"user": user_object(person, slack.workspace), "cache_ts": person.updated}
    slack.events.send("user_change", event)


def add(slack: Slack, name: str, real_name: str) -> Person:
    """Add a full member to the workspace, and to the channel that has all full members.

    https://docs.slack.dev/reference/events/team_join
    """
    person = Person(new_id("U"), name, real_name, updated=int(slack.workspace.now()))
    slack.workspace.people[person.id] = person
    slack.screens.show_person(person)
    event = {"user": user_object(person, slack.workspace), "cache_ts": person.updated}
    slack.events.send("team_join", event)
    for channel in slack.workspace.channels.values():
        if channel.is_general:
            messages.join(slack, channel, person)
    return person


def revoke_token(slack: Slack) -> None:
    """Revoke the token, deactivate the bot, and remove it from its channels.

    The app stays installed.

    https://docs.slack.dev/reference/methods/auth.revoke
    """
    _send_tokens_revoked(slack)
    _remove_bot(slack)


def uninstall(slack: Slack) -> None:
    """Revoke the token, and remove everything of the app that people can use, except messages.

    https://docs.slack.dev/reference/events/app_uninstalled
    """
    if slack.installation.has_token:
        _send_tokens_revoked(slack)
    slack.events.send("app_uninstalled", {})
    _remove_bot(slack)
    slack.installation.is_installed = False
    slack.views.remove_all()
    for person in slack.workspace.people.values():
        slack.screens.show_views(person)
        slack.screens.show_home(person)


def install(slack: Slack, scopes: frozenset[str]) -> str:
    """Activate the bot, and return the app's token with these scopes."""
    slack.bot.deleted = False
    slack.screens.show_person(slack.bot)
    return slack.installation.grant(scopes)


def _send_tokens_revoked(slack: Slack) -> None:
    """Send the IDs of the users whose tokens were revoked.

    https://docs.slack.dev/reference/events/tokens_revoked
    """
    slack.events.send("tokens_revoked", {"tokens": {"oauth": [], "bot": [slack.bot.id]}})


def _remove_bot(slack: Slack) -> None:
    slack.installation.revoke()
    slack.bot.deleted = True
    slack.screens.show_person(slack.bot)
    for channel in slack.workspace.channels.values():
        if slack.bot.id in channel.members and not channel.is_im:
            channel.members.remove(slack.bot.id)
            slack.screens.show_channel(channel)
