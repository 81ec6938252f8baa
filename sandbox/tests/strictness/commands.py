"""Slack's built-in commands: /invite, /remove and /leave."""

from contextlib import suppress

from slack_sandbox.client.http import NotPossible
from slack_sandbox.model.manifest import InvalidManifest, read
from strictness.rule import Do, Effect, Rule
from strictness.world import GENERAL, LEADS, MIA, OPS, TurnedDown, World

GUS = "U0GUS00000"
HELP = "help/201259356"  # Slash commands in Slack
WHO_REMOVES = "help/201898668"  # Remove someone from a channel
INVITE = "reference/methods/conversations.invite"
KICK = "reference/methods/conversations.kick"
LEAVE = "reference/methods/conversations.leave"


def types(text: str, *, who: str = "mia", channel: str = OPS) -> Do:
    return lambda world: world.act(who, "say", channel=channel, text=text)


def puts(world: World, channel: str, *, inside: str = "", outside: str = "") -> None:
    """Let Mia invite these people, or remove them, unless that is so already."""
    for does, people in (("invite", inside), ("kick", outside)):
        for who in people.split():
            with suppress(NotPossible):
                world.act("mia", does, channel=channel, user=who)


def invites(text: str, *, who: str = "mia", channel: str = OPS) -> Do:
    """Type /invite where Gus isn't."""

    def do(world: World) -> None:
        for place in (OPS, LEADS):
            puts(world, place, outside="gus")
        types(f"/invite {text}", who=who, channel=channel)(world)

    return do


def removes(text: str, *, who: str = "mia", channel: str = OPS) -> Do:
    """Type /remove where Gus is."""

    def do(world: World) -> None:
        for place in (OPS, LEADS):
            puts(world, place, inside="gus")
        types(f"/remove {text}", who=who, channel=channel)(world)

    return do


def leaves(channel: str = OPS, *, who: str = "ben") -> Do:
    """Type /leave, and come back. Ben is there and Gus isn't."""

    def do(world: World) -> None:
        puts(world, OPS, inside="ben", outside="gus")
        types("/leave", who=who, channel=channel)(world)
        puts(world, OPS, inside="ben")

    return do


def leaves_with(others: str, alone: str) -> Do:
    """Leave #ops-leads, where these others are and those aren't, and put all back."""

    def do(world: World) -> None:
        puts(world, LEADS, inside=others, outside=alone)
        try:
            types("/leave", channel=LEADS)(world)
            world.act("ana", "invite", channel=LEADS, user="mia")
        finally:
            puts(world, LEADS, inside="ana ben")

    return do


def guest_types(text: str) -> Do:
    """Type a command in #ops-leads as a guest who is there."""

    def do(world: World) -> None:
        puts(world, LEADS, inside="gia ben")
        try:
            types(text, who="gia", channel=LEADS)(world)
        finally:
            puts(world, LEADS, outside="gia")

    return do


def in_direct_message(text: str) -> Do:
    """Type a command in the direct message with the app."""

    def do(world: World) -> None:
        direct = world.client.conversations_open(users=MIA)["channel"]["id"]
        types(text, channel=direct)(world)

    return do


def declares(command: str) -> Do:
    def do(world: World) -> None:
        del world  # nothing runs yet
        try:
            read({"features": {"slash_commands": [{"command": command, "description": "Goes"}]}})
        except InvalidManifest:
            raise TurnedDown("invalid_manifest") from None

    return do


def several_are_invited_although_one_is_there(world: World) -> None:
    invites("@gus @dev")(world)
    assert GUS in world.client.conversations_members(channel=OPS)["members"]
    refused = "@dev is already in #ops."
    answer = world.slack.person("mia").sees(refused)
    assert (answer.ephemeral, answer.user) == (True, "USLACKBOT")
    assert refused not in [each.visible_text for each in world.slack.person("gus").messages(OPS)]


def a_built_in_command_works_in_a_thread(world: World) -> None:
    puts(world, OPS, outside="gus")
    ts = world.says("Who else?")
    world.act("mia", "say", channel=OPS, thread_ts=ts, text="/invite @gus")
    assert GUS in world.client.conversations_members(channel=OPS)["members"]


RULES = [
    Rule("an app declares no command that is built in", "openclaw/openclaw/pull/29032",
         declares("/go"), declares("/invite"), "invalid_manifest"),
    Rule("/invite names somebody", HELP,
         invites("@gus"), types("/invite"), "invalid_arguments", "/invite @someone [#channel]"),
    Rule("/invite finds people by handle", HELP,
         invites("@gus"), types("/invite @nobody"), "user_not_found", "nobody called @nobody"),
    Rule("/invite finds people by display name, in any case", HELP,
         invites("@GUS lindqvist"), types("/invite @Gustav"), "user_not_found"),
    Rule("/invite finds people by reference", HELP,
         invites("<@U0GUS00000>"), types("/invite <@U0NOBODY00>"), "user_not_found"),
    Rule("/invite names at most one channel", HELP,
         invites("@gus #ops"), types("/invite @gus #ops #random"), "invalid_arguments"),
    Rule("/invite names a channel that its author sees", INVITE,
         invites("@gus #ops-leads", who="ana"), types("/invite @gus #ops-leads", who="chloe"),
         "channel_not_found", "You can't see a channel #ops-leads."),
    Rule("nobody is invited twice", INVITE,
         invites("@gus"), types("/invite @ana"), "already_in_channel", "@ana is already in #ops."),
    Rule("one invites where one is a member", INVITE,
         invites("@gus"), invites("@eli", who="gus"), "not_in_channel", "You aren't in #ops."),
    Rule("a deactivated person is not invited", INVITE,
         invites("@gus"), types("/invite @otto"), "user_disabled"),
    Rule("nobody is invited to an archived channel", INVITE,
         invites("@gus"), types("/invite @gia #random"), "is_archived"),
    Rule("nobody is invited to a direct message", INVITE,
         invites("@gus"), in_direct_message("/invite @ana"),
         "method_not_supported_for_channel_type"),
    Rule("/remove names one person", HELP,
         removes("@gus"), types("/remove @gus @ben"), "invalid_arguments", "/remove @someone"),
    Rule("/remove names no channel", HELP,
         removes("@gus"), types("/remove @gus #ops"), "invalid_arguments"),
    Rule("only members are removed", KICK,
         removes("@gus"), types("/remove @gia"), "not_in_channel", "@gia isn't in #ops."),
    Rule("nobody removes themselves", KICK,
         removes("@gus"), types("/remove @mia"), "cant_kick_self"),
    Rule("no person is removed from #general", KICK,
         removes("@gus"), types("/remove @gus", channel=GENERAL), "cant_kick_from_general"),
    Rule("admins alone remove from a public channel", WHO_REMOVES,
         removes("@gus", who="ana"), removes("@gus", who="ben"), "restricted_action"),
    Rule("members remove from a private channel", WHO_REMOVES,
         removes("@gus", who="ben", channel=LEADS), removes("@gus", who="ben"),
         "restricted_action"),
    Rule("a guest removes nobody", WHO_REMOVES,
         removes("@gus", who="ben", channel=LEADS), guest_types("/remove @ben"),
         "restricted_action"),
    Rule("nobody is removed from a direct message", KICK,
         removes("@gus"), in_direct_message("/remove @ana"),
         "method_not_supported_for_channel_type"),
    Rule("nobody leaves #general", LEAVE,
         leaves(), leaves(GENERAL), "cant_leave_general"),
    Rule("a guest leaves no channel", LEAVE,
         leaves(), guest_types("/leave"), "user_is_restricted"),
    Rule("the last member doesn't leave", LEAVE,
         leaves_with("ana", "ben gus"), leaves_with("", "ana ben gus"), "last_member"),
    Rule("one leaves where one is a member", LEAVE,
         leaves(), leaves(who="gus"), "not_in_channel"),
    Rule("nobody leaves a direct message", LEAVE,
         leaves(), in_direct_message("/leave"), "method_not_supported_for_channel_type"),
]  # fmt: skip

EFFECTS = [
    Effect("several are invited although one is there", HELP,
           several_are_invited_although_one_is_there),
    Effect("a built-in command works in a thread", "interactivity/implementing-slash-commands",
           a_built_in_command_works_in_a_thread),
]  # fmt: skip
