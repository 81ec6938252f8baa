"""Channels: inviting, joining, leaving, archiving, renaming."""

import re

from slack_sandbox.control.actions.registry import Act, act
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json, Person
from slack_sandbox.operations import messages

NAME = re.compile(r"[a-z0-9_-]{1,80}")


@act("invite")
async def invite(act: Act) -> Json:
    channel, person = act.joined_channel(), _named(act)
    if person.id in channel.members:
        raise Refused("already_in_channel")
    messages.join(act.slack, channel, person, inviter=act.person)
    return {}


@act("kick")
async def kick(act: Act) -> Json:
    channel, person = act.joined_channel(), _named(act)
    if person.id not in channel.members:
        raise Refused("not_in_channel")
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
    messages.leave(act.slack, act.joined_channel(), act.person)
    return {}


@act("archive")
async def archive(act: Act) -> Json:
    messages.archive(act.slack, act.joined_channel(), act.person)
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
    channel, name = act.joined_channel(), act.text("name")
    if not NAME.fullmatch(name):
        raise Refused("invalid_name", "lower-case letters, digits, - and _, at most 80")
    if any(each.name == name for each in act.slack.workspace.channels.values()):
        raise Refused("name_taken")
    messages.rename(act.slack, channel, name)
    return {}


def _named(act: Act) -> Person:
    person = act.slack.workspace.person(act.text("user"))
    if person.deleted:
        raise Refused("user_disabled")
    return person
