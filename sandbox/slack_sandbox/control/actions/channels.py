"""Actions on channels: create, invite, remove, join, leave, archive, and rename.

The errors are those of https://docs.slack.dev/reference/methods/conversations.invite, .kick and
.leave.
"""

import re

from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Channel, Json, Person
from slack_sandbox.operations import messages

NAME = re.compile(r"[a-z0-9_-]{1,80}")


@register("create_channel")
async def create_channel(action: Action) -> Json:
    if action.person.is_restricted:
        raise SlackError("restricted_action", "Guests can't create a channel.")
    is_private = bool(action.fields.get("is_private"))
    channel = messages.create(action.slack, _new_name(action), action.person, is_private=is_private)
    return {"channel": channel.id}


@register("invite")
async def invite(action: Action) -> Json:
    channel, person = _joined_channel(action), _user(action)
    if person.id in channel.members:
        raise SlackError("already_in_channel", f"@{person.name} is already in #{channel.name}.")
    messages.join(action.slack, channel, person, inviter=action.person)
    return {}


@register("remove")
async def remove(action: Action) -> Json:
    channel, person = _joined_channel(action), _user(action)
    _check_removal(action.person, person, channel)
    messages.leave(action.slack, channel, person)
    return {}


@register("join")
async def join(action: Action) -> Json:
    channel = action.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if action.person.id in channel.members:
        raise SlackError("already_in_channel")
    messages.join(action.slack, channel, action.person)
    return {}


@register("leave")
async def leave(action: Action) -> Json:
    channel = _joined_channel(action)
    if channel.is_general:
        raise SlackError("cant_leave_general", f"Nobody can leave #{channel.name}.")
    if action.person.is_restricted:
        raise SlackError("user_is_restricted", "Guests can't leave a channel.")
    if channel.members == [action.person.id]:
        raise SlackError("last_member", f"You are the last member of #{channel.name}.")
    messages.leave(action.slack, channel, action.person)
    return {}


@register("archive")
async def archive(action: Action) -> Json:
    messages.archive(action.slack, _joined_channel(action), action.person)
    return {}


@register("unarchive")
async def unarchive(action: Action) -> Json:
    channel = action.channel()
    if not channel.is_archived:
        raise SlackError("not_archived")
    messages.unarchive(action.slack, channel, action.person)
    return {}


@register("rename")
async def rename(action: Action) -> Json:
    messages.rename(action.slack, _joined_channel(action), _new_name(action))
    return {}


def _new_name(action: Action) -> str:
    """Return the `name` for a channel. Raise SlackError if it isn't valid or another has it."""
    name = action.text("name")
    if not NAME.fullmatch(name):
        raise SlackError(
            "invalid_name", "Use at most 80 lowercase letters, digits, hyphens, and underscores."
        )
    if any(other.name == name for other in action.slack.workspace.channels.values()):
        raise SlackError("name_taken")
    return name


def _joined_channel(action: Action) -> Channel:
    """Return a joined channel that isn't a direct message."""
    channel = action.joined_channel()
    if channel.is_im:
        raise SlackError(
            "method_not_supported_for_channel_type", "That isn't possible in a direct message."
        )
    return channel


def _check_removal(remover: Person, person: Person, channel: Channel) -> None:
    """Raise SlackError if Slack's default settings don't let one person remove another.

    https://slack.com/help/articles/201898668-Remove-someone-from-a-channel
    """
    if person is remover:
        raise SlackError("cant_kick_self", "You can't remove yourself. Type /leave instead.")
    if person.id not in channel.members:
        raise SlackError("not_in_channel", f"@{person.name} isn't in #{channel.name}.")
    if channel.is_general and not person.is_bot:
        raise SlackError("cant_kick_from_general", f"Nobody can be removed from #{channel.name}.")
    if remover.is_restricted:
        raise SlackError("restricted_action", "Guests can't remove anyone.")
    if not channel.is_private and not remover.is_admin:
        raise SlackError(
            "restricted_action", "Only an admin can remove someone from a public channel."
        )


def _user(action: Action) -> Person:
    """Return the person in the `user` field. Raise SlackError if unknown or deactivated."""
    key = action.text("user")
    try:
        person = action.slack.workspace.person(key)
    except SlackError:
        raise SlackError("user_not_found", f"There is nobody called {key}.") from None
    if person.deleted:
        raise SlackError("user_disabled", f"@{person.name} is deactivated.")
    return person
