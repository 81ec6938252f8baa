"""Slack's built-in commands: /invite, /remove and /leave."""

from slack_sandbox.model.manifest import InvalidManifest, read
from strictness.rule import Do, Effect, Rule, refusal
from strictness.world import LEADS, MIA, OPS, TurnedDown, World

HELP = "help/201259356"  # Slash commands in Slack
WHO_REMOVES = "help/201898668"  # Remove someone from a channel
INVITE = "reference/methods/conversations.invite"
KICK = "reference/methods/conversations.kick"
LEAVE = "reference/methods/conversations.leave"


def types(text: str, *, who: str = "mia", channel: str = "ops") -> Do:
    return lambda world: world.act(who, "say", channel=channel, text=text)


def invites(text: str, *, who: str = "mia", channel: str = "ops") -> Do:
    """Type /invite where Gus left or was removed before."""

    def do(world: World) -> None:
        for place in (OPS, LEADS):
            refusal(lambda each: each.act("mia", "kick", channel=place, user="gus"), world)
        types(f"/invite {text}", who=who, channel=channel)(world)

    return do


def removes(text: str, *, who: str = "mia", channel: str = "ops") -> Do:
    """Type /remove where Gus is."""

    def do(world: World) -> None:
        for place in (OPS, LEADS):
            refusal(lambda each: each.act("mia", "invite", channel=place, user="gus"), world)
        types(f"/remove {text}", who=who, channel=channel)(world)

    return do


def leaves(*, who: str = "ben", channel: str = "ops") -> Do:
    """Type /leave. Ben is in #ops when he does."""

    def do(world: World) -> None:
        refusal(lambda each: each.act("mia", "invite", channel=OPS, user="ben"), world)
        types("/leave", who=who, channel=channel)(world)

    return do


def leaves_alone(*, among: int) -> Do:
    """Leave #ops-leads, or try to, as one of so many members."""

    def do(world: World) -> None:
        members = ["mia", "ana", "ben"]
        for who in [*members, "gus"]:
            refusal(lambda each, who=who: each.act("mia", "invite", channel=LEADS, user=who), world)
        away = ["gus", *members[among:]]
        for who in away:
            refusal(lambda each, who=who: each.act("mia", "kick", channel=LEADS, user=who), world)
        failure = refusal(types("/leave", channel="ops-leads"), world)
        if failure is None:
            world.act("ana", "invite", channel=LEADS, user="mia")
        for who in away:
            refusal(lambda each, who=who: each.act("mia", "invite", channel=LEADS, user=who), world)
        if failure is not None:
            raise TurnedDown(failure.error)

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
    invites("@gus @ana")(world)
    assert "U0GUS00000" in world.client.conversations_members(channel=OPS)["members"]
    mia = world.slack.person("mia")
    answer = mia.sees("@ana is already in #ops.")
    assert (answer.ephemeral, answer.user) == (True, "USLACKBOT")
    assert not any(each.ephemeral for each in world.slack.person("ana").messages("ops"))


def a_built_in_command_works_in_a_thread(world: World) -> None:
    refusal(lambda each: each.act("mia", "kick", channel=OPS, user="gus"), world)
    ts = world.says("Who else?")
    world.act("mia", "say", channel="ops", thread_ts=ts, text="/invite @gus")
    assert "U0GUS00000" in world.client.conversations_members(channel=OPS)["members"]


RULES = [
    Rule("an app declares no command that is built in", "openclaw/openclaw/pull/29032",
         declares("/go"), declares("/invite"), "invalid_manifest"),
    Rule("/invite names somebody", HELP,
         invites("@gus"), types("/invite"), "invalid_arguments", "/invite @someone [#channel]"),
    Rule("/invite finds people by handle", HELP,
         invites("@gus"), types("/invite @nobody"), "user_not_found", "nobody called @nobody"),
    Rule("/invite finds people by display name, in any case", HELP,
         invites("@GUS lindqvist"), types("/invite @Gus Nobody"), "user_not_found"),
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
         invites("@gus", who="ana", channel="ops-leads"),
         types("/invite @eli #general", who="pagerbot"), "not_in_channel"),
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
         removes("@gus"), types("/remove @gus", channel="general"), "cant_kick_from_general"),
    Rule("admins alone remove from a public channel", WHO_REMOVES,
         removes("@gus", who="ana"), removes("@gus", who="ben"), "restricted_action"),
    Rule("members remove from a private channel", WHO_REMOVES,
         removes("@gus", who="ben", channel="ops-leads"), removes("@gus", who="ben"),
         "restricted_action"),
    Rule("nobody is removed from a direct message", KICK,
         removes("@gus"), in_direct_message("/remove @ana"),
         "method_not_supported_for_channel_type"),
    Rule("nobody leaves #general", LEAVE,
         leaves(), leaves(channel="general"), "cant_leave_general"),
    Rule("the last member doesn't leave", LEAVE,
         leaves_alone(among=2), leaves_alone(among=1), "last_member"),
    Rule("one leaves where one is a member", LEAVE,
         leaves(), types("/leave", who="gus", channel="ops"), "not_in_channel"),
    Rule("nobody leaves a direct message", LEAVE,
         leaves(), in_direct_message("/leave"), "method_not_supported_for_channel_type"),
]  # fmt: skip

EFFECTS = [
    Effect("several are invited although one is there", HELP,
           several_are_invited_although_one_is_there),
    Effect("a built-in command works in a thread", "interactivity/implementing-slash-commands",
           a_built_in_command_works_in_a_thread),
]  # fmt: skip
