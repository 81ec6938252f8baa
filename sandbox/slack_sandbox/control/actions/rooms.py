"""Channels: inviting, joining, leaving, archiving, renaming.

The refusals are those of https://docs.slack.dev/reference/methods/conversations.invite, .kick and
.leave.
"""

import re

from slack_sandbox.control.actions.registry import Act, act
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Channel, Json, Person
from slack_sandbox.operations import messages

NAME = re.compile(r"[a-z0-9_-]{1,80}")


@act("invite")
async def invite(act: Act) -> Json:
    channel, person = _joined_room(act), _named(act)
    if person.id in channel.members:
        raise Refused("already_in_channel", f"@{person.name} is already in #{channel.name}.")
    messages.join(act.slack, channel, person, inviter=act.person)
    return {}


@act("kick")
async def kick(act: Act) -> Json:
    channel, person = _joined_room(act), _named(act)
    _refuse_kick(act.person, person, channel)
    messages.leave(act.slack, channel, person)
    return {}


@act("join")
async def join(act: Act) -> Json:
    channel = act.channel()
    if channel.is_archived:
        raise Refused("is_archived")
    if act.person.id in channel.members:
        raise Refused("already_in_channel")
    messages.join(act.slack, channel, act.person)
    return {}


@act("leave")
async def leave(act: Act) -> Json:
    channel = _joined_room(act)
    if channel.is_general:
        raise Refused("cant_leave_general", f"Nobody can leave #{channel.name}.")
    if act.person.is_restricted:
        raise Refused("user_is_restricted", "Guests can't leave a channel.")
    if channel.members == [act.person.id]:
        raise Refused("last_member", f"You are the last member of #{channel.name}.")
    messages.leave(act.slack, channel, act.person)
    return {}


@act("archive")
async def archive(act: Act) -> Json:
    messages.archive(act.slack, _joined_room(act), act.person)
    return {}


@act("unarchive")
async def unarchive(act: Act) -> Json:
    channel = act.channel()
    if not channel.is_archived:
        raise Refused("not_archived")
    messages.unarchive(act.slack, channel, act.person)
    return {}


@act("rename")
async def rename(act: Act) -> Json:
    channel, name = _joined_room(act), act.text("name")
    if not NAME.fullmatch(name):
        raise Refused("invalid_name", "lower-case letters, digits, - and _, at most 80")
    if any(each.name == name for each in act.slack.workspace.channels.values()):
        raise Refused("name_taken")
    messages.rename(act.slack, channel, name)
    return {}


def _joined_room(act: Act) -> Channel:
    """Return a joined channel that isn't a direct message."""
    channel = act.joined_channel()
    if channel.is_im:
        raise Refused(
            "method_not_supported_for_channel_type", "That isn't possible in a direct message."
        )
    return channel


def _refuse_kick(remover: Person, person: Person, channel: Channel) -> None:
    """Raise Refused if Slack's default settings don't let one person remove another.

    https://slack.com/help/articles/201898668-Remove-someone-from-a-channel
    """
    if person is remover:
        raise Refused("cant_kick_self", "You can't remove yourself. Type /leave instead.")
    if person.id not in channel.members:
        raise Refused("not_in_channel", f"@{person.name} isn't in #{channel.name}.")
    if channel.is_general and not person.is_bot:
        raise Refused("cant_kick_from_general", f"Nobody can be removed from #{channel.name}.")
    if remover.is_restricted:
        raise Refused("restricted_action", "Guests can't remove anyone.")
    if not channel.is_private and not remover.is_admin:
        raise Refused(
            "restricted_action", "Only an admin can remove someone from a public channel."
        )


def _named(act: Act) -> Person:
    key = act.text("user")
    try:
        person = act.slack.workspace.person(key)
    except Refused:
        raise Refused("user_not_found", f"There is nobody called {key}.") from None
    if person.deleted:
        raise Refused("user_disabled", f"@{person.name} is deactivated.")
    return person
