"""Rules for Slack's built-in commands: /invite, /remove and /leave."""

from contextlib import suppress

from slack_sandbox.client.http import ActionFailed
from slack_sandbox.model.manifest import InvalidManifest, read_manifest
from strictness.rule import Action, Effect, Rule
from strictness.workspace import GENERAL, LEADS, MIA, OPS, Rejected, Workspace

GUS = "U0GUS00000"
HELP = "help/201259356"  # Slash commands in Slack
REMOVAL_HELP = "help/201898668"  # Remove someone from a channel
INVITE = "reference/methods/conversations.invite"
KICK = "reference/methods/conversations.kick"
LEAVE = "reference/methods/conversations.leave"


def types(text: str, *, who: str = "mia", channel: str = OPS) -> Action:
    return lambda workspace: workspace.act(who, "post", channel=channel, text=text)


def set_members(workspace: Workspace, channel: str, *, inside: str = "", outside: str = "") -> None:
    """Make these people members or non-members, as Mia. Ignore those who already are."""
    for action, people in (("invite", inside), ("remove", outside)):
        for person in people.split():
            with suppress(ActionFailed):
                workspace.act("mia", action, channel=channel, user=person)


def invites(text: str, *, who: str = "mia", channel: str = OPS) -> Action:
    """Type /invite where Gus isn't a member."""
    return types_after(f"/invite {text}", who, channel, outside="gus")


def removes(text: str, *, who: str = "mia", channel: str = OPS) -> Action:
    """Type /remove where Gus is a member."""
    return types_after(f"/remove {text}", who, channel, inside="gus")


def types_after(text: str, who: str, channel: str, **members: str) -> Action:
    """Type a command after `set_members` in #ops and #ops-leads."""

    def run(workspace: Workspace) -> None:
        for place in (OPS, LEADS):
            set_members(workspace, place, **members)
        types(text, who=who, channel=channel)(workspace)

    return run


def leaves(channel: str = OPS, *, who: str = "ben") -> Action:
    """Type /leave in a channel where Ben is a member and Gus isn't, and add Ben again."""

    def run(workspace: Workspace) -> None:
        set_members(workspace, OPS, inside="ben", outside="gus")
        types("/leave", who=who, channel=channel)(workspace)
        set_members(workspace, OPS, inside="ben")

    return run


def leaves_with(others: str, alone: str) -> Action:
    """Leave #ops-leads with these members, and restore it."""

    def run(workspace: Workspace) -> None:
        set_members(workspace, LEADS, inside=others, outside=alone)
        try:
            types("/leave", channel=LEADS)(workspace)
            workspace.act("ana", "invite", channel=LEADS, user="mia")
        finally:
            set_members(workspace, LEADS, inside="ana ben")

    return run


def guest_types(text: str) -> Action:
    """Type a command in #ops-leads as a guest who is a member."""

    def run(workspace: Workspace) -> None:
        set_members(workspace, LEADS, inside="gia ben")
        try:
            types(text, who="gia", channel=LEADS)(workspace)
        finally:
            set_members(workspace, LEADS, outside="gia")

    return run


def in_direct_message(text: str) -> Action:
    """Type a command in the direct message with the app."""

    def run(workspace: Workspace) -> None:
        direct = workspace.client.conversations_open(users=MIA)["channel"]["id"]
        types(text, channel=direct)(workspace)

    return run


def declares(command: str) -> Action:
    def run(workspace: Workspace) -> None:
        del workspace  # the manifest is read before a workspace exists
        try:
            read_manifest(
                {"features": {"slash_commands": [{"command": command, "description": "Goes"}]}}
            )
        except InvalidManifest:
            raise Rejected("invalid_manifest") from None

    return run


def check_invite_with_existing_member(workspace: Workspace) -> None:
    invites("@gus @dev")(workspace)
    assert GUS in workspace.client.conversations_members(channel=OPS)["members"]
    refused = "@dev is already in #ops."
    answer = workspace.slack.person("mia").sees(refused)
    assert (answer.ephemeral, answer.user) == (True, "USLACKBOT")
    assert refused not in [
        message.visible_text for message in workspace.slack.person("gus").messages(OPS)
    ]


def check_command_in_thread(workspace: Workspace) -> None:
    set_members(workspace, OPS, outside="gus")
    ts = workspace.post_as_mia("Who else?")
    workspace.act("mia", "post", channel=OPS, thread_ts=ts, text="/invite @gus")
    assert GUS in workspace.client.conversations_members(channel=OPS)["members"]


RULES = [
    Rule("an app can't declare a built-in command", "openclaw/openclaw/pull/29032",
         declares("/go"), declares("/invite"), "invalid_manifest"),
    Rule("/invite names a person", HELP,
         invites("@gus"), types("/invite"), "invalid_arguments", "/invite @someone [#channel]"),
    Rule("/invite finds people by handle", HELP,
         invites("@gus"), types("/invite @nobody"), "user_not_found", "nobody called @nobody"),
    Rule("/invite finds people by display name, in any case", HELP,
         invites("@GUS lindqvist"), types("/invite @Gustav"), "user_not_found"),
    Rule("/invite finds people by reference", HELP,
         invites("<@U0GUS00000>"), types("/invite <@U0NOBODY00>"), "user_not_found"),
    Rule("/invite names at most one channel", HELP,
         invites("@gus #ops"), types("/invite @gus #ops #random"), "invalid_arguments"),
    Rule("/invite names a channel that its author can see", INVITE,
         invites("@gus #ops-leads", who="ana"), types("/invite @gus #ops-leads", who="chloe"),
         "channel_not_found", "You can't see a channel #ops-leads."),
    Rule("a member can't be invited again", INVITE,
         invites("@gus"), types("/invite @ana"), "already_in_channel", "@ana is already in #ops."),
    Rule("only members can invite", INVITE,
         invites("@gus"), invites("@eli", who="gus"), "not_in_channel", "You aren't in #ops."),
    Rule("a deactivated person can't be invited", INVITE,
         invites("@gus"), types("/invite @otto"), "user_disabled"),
    Rule("an archived channel has no invitations", INVITE,
         invites("@gus"), types("/invite @gia #random"), "is_archived"),
    Rule("a direct message has no invitations", INVITE,
         invites("@gus"), in_direct_message("/invite @ana"),
         "method_not_supported_for_channel_type"),
    Rule("/remove names one person", HELP,
         removes("@gus"), types("/remove @gus @ben"), "invalid_arguments", "/remove @someone"),
    Rule("/remove can't name a channel", HELP,
         removes("@gus"), types("/remove @gus #ops"), "invalid_arguments"),
    Rule("only members can be removed", KICK,
         removes("@gus"), types("/remove @gia"), "not_in_channel", "@gia isn't in #ops."),
    Rule("people can't remove themselves", KICK,
         removes("@gus"), types("/remove @mia"), "cant_kick_self"),
    Rule("people can't be removed from #general", KICK,
         removes("@gus"), types("/remove @gus", channel=GENERAL), "cant_kick_from_general"),
    Rule("only admins can remove people from a public channel", REMOVAL_HELP,
         removes("@gus", who="ana"), removes("@gus", who="ben"), "restricted_action"),
    Rule("members can remove people from a private channel", REMOVAL_HELP,
         removes("@gus", who="ben", channel=LEADS), removes("@gus", who="ben"),
         "restricted_action"),
    Rule("a guest can't remove people", REMOVAL_HELP,
         removes("@gus", who="ben", channel=LEADS), guest_types("/remove @ben"),
         "restricted_action"),
    Rule("people can't be removed from a direct message", KICK,
         removes("@gus"), in_direct_message("/remove @ana"),
         "method_not_supported_for_channel_type"),
    Rule("people can't leave #general", LEAVE,
         leaves(), leaves(GENERAL), "cant_leave_general"),
    Rule("a guest can't leave a channel", LEAVE,
         leaves(), guest_types("/leave"), "user_is_restricted"),
    Rule("the last member can't leave", LEAVE,
         leaves_with("ana", "ben gus"), leaves_with("", "ana ben gus"), "last_member"),
    Rule("only members can leave", LEAVE,
         leaves(), leaves(who="gus"), "not_in_channel"),
    Rule("people can't leave a direct message", LEAVE,
         leaves(), in_direct_message("/leave"), "method_not_supported_for_channel_type"),
]  # fmt: skip

EFFECTS = [
    Effect("/invite adds the others if one is a member already", HELP,
           check_invite_with_existing_member),
    Effect("a built-in command works in a thread", "interactivity/implementing-slash-commands",
           check_command_in_thread),
]  # fmt: skip
