"""Operations on channels and messages: they change state, update screens, and send events."""

import re
from typing import Any

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.ids import new_id
from slack_sandbox.model.workspace import SLACKBOT, TOMBSTONE, Channel, Json, Message, Person
from slack_sandbox.slack import Slack
from slack_sandbox.surfaces.serializers import channel_object, message_object

# "channel_created" in https://docs.slack.dev/tools/node-slack-sdk/reference/types
CREATED_CHANNEL_FIELDS = (
    *("id", "name", "name_normalized", "created", "creator", "context_team_id"),
    *("is_channel", "is_group", "is_im", "is_mpim", "is_private", "is_archived", "is_general"),
    *("is_shared", "is_ext_shared", "is_org_shared"),
)


def post(
    slack: Slack, channel: Channel, user: str, text: str, *, ts: str = "", **fields: Any
) -> Message:
    """Post a message. `fields` are further fields of Message."""
    message = Message(ts or slack.workspace.next_ts(), user, text, **fields)
    channel.messages[message.ts] = message
    parent = channel.messages.get(message.thread_ts or "")
    if parent and not message.is_ephemeral:
        message.parent_user = parent.user
        parent.replies[message.ts] = user
    slack.screens.show_message(channel, message)
    if not message.is_ephemeral:
        slack.events.send_in_channel("message", _in_channel(slack, channel, message), channel)
        _send_mention(slack, channel, message, event_ts=message.ts)
    return message


def edit(slack: Slack, channel: Channel, message: Message, **changes: Any) -> None:
    """Change fields of a message."""
    before = _message(slack, message)
    for name, value in changes.items():
        setattr(message, name, value)
    slack.screens.show_message(channel, message)
    changed_ts = slack.workspace.next_ts()
    event = {
        "subtype": "message_changed",
        "channel": channel.id,
        "ts": changed_ts,
        "hidden": True,
        "message": _message(slack, message),
        "previous_message": before,
    }
    if not message.is_ephemeral:
        slack.events.send_in_channel("message", _with_channel_type(event, channel), channel)
        if "text" in changes:
            _send_mention(slack, channel, message, event_ts=changed_ts)


def remove(slack: Slack, channel: Channel, message: Message) -> None:
    """Delete a message. If it has replies, leave a tombstone.

    The event for a tombstone isn't documented. It was seen in
    https://github.com/hackclub/toriel/pull/238.
    """
    if message.replies:
        tombstone = Message(message.ts, SLACKBOT, "This message was deleted.", subtype=TOMBSTONE)
        unchanged = {"ts", "replies", "external_options"}
        changes = {name: value for name, value in vars(tombstone).items() if name not in unchanged}
        edit(slack, channel, message, **changes)
        return
    del channel.messages[message.ts]
    parent = channel.messages.get(message.thread_ts or "")
    if parent:
        parent.replies.pop(message.ts, None)
    slack.screens.remove_message(channel, message)
    event = {
        "subtype": "message_deleted",
        "channel": channel.id,
        "ts": slack.workspace.next_ts(),
        "deleted_ts": message.ts,
        "hidden": True,
        "previous_message": _message(slack, message),
    }
    if not message.is_ephemeral:
        slack.events.send_in_channel("message", _with_channel_type(event, channel), channel)


def react(slack: Slack, channel: Channel, message: Message, person: Person, emoji: str) -> None:
    users = message.reactions.setdefault(emoji, [])
    if person.id in users:
        raise SlackError("already_reacted")
    users.append(person.id)
    _show_reaction(slack, "reaction_added", channel, message, person, emoji)


def remove_reaction(
    slack: Slack, channel: Channel, message: Message, person: Person, emoji: str
) -> None:
    users = message.reactions.get(emoji, [])
    if person.id not in users:
        raise SlackError("no_reaction")
    users.remove(person.id)
    if not users:
        del message.reactions[emoji]
    _show_reaction(slack, "reaction_removed", channel, message, person, emoji)


def create(slack: Slack, name: str, creator: Person, *, is_private: bool) -> Channel:
    """Create a channel with its creator as the only member.

    If the channel is public, the app gets an event, although it isn't in the channel:
    https://docs.slack.dev/reference/events/channel_created
    """
    created = int(float(slack.workspace.next_ts()))
    channel = Channel(new_id("C"), name, creator.id, created, [creator.id], is_private=is_private)
    slack.workspace.channels[channel.id] = channel
    slack.screens.show_channel(channel)
    if not is_private:
        shape = channel_object(channel, slack.workspace, seen_by=slack.bot.id)
        event = {"channel": {field: shape[field] for field in CREATED_CHANNEL_FIELDS}}
        slack.events.send("channel_created", event)
    return channel


def join(slack: Slack, channel: Channel, person: Person, inviter: Person | None = None) -> None:
    could_see = slack.workspace.can_see(person, channel)
    channel.members.append(person.id)
    if could_see:
        slack.screens.show_channel(channel)
    else:
        slack.screens.reveal_channel(channel, person)
    event = _membership(slack, channel, person)
    if inviter:
        event["inviter"] = inviter.id
    slack.events.send_in_channel("member_joined_channel", event, channel)
    _post_system_message(slack, channel, person, "join", "has joined the channel")


def leave(slack: Slack, channel: Channel, person: Person) -> None:
    channel.members.remove(person.id)
    slack.screens.hide_channel(channel, person)
    if person.id == slack.app.bot_user_id:
        slack.events.send("left", {"channel": channel.id}, channel)
    slack.events.send_in_channel(
        "member_left_channel", _membership(slack, channel, person), channel
    )
    _post_system_message(slack, channel, person, "leave", "has left the channel")


def archive(slack: Slack, channel: Channel, person: Person) -> None:
    channel.is_archived = True
    slack.screens.show_channel(channel)
    slack.events.send_in_channel("archive", {"channel": channel.id, "user": person.id}, channel)


def unarchive(slack: Slack, channel: Channel, person: Person) -> None:
    channel.is_archived = False
    slack.screens.show_channel(channel)
    slack.events.send_in_channel("unarchive", {"channel": channel.id, "user": person.id}, channel)


def rename(slack: Slack, channel: Channel, name: str) -> None:
    channel.name = name
    slack.screens.show_channel(channel)
    renamed = {"id": channel.id, "name": name, "created": channel.created}
    slack.events.send_in_channel("rename", {"channel": renamed}, channel)


def open_direct_message(slack: Slack, person: Person) -> Channel:
    """Return the direct message between the app's bot and a person. Open it if necessary."""
    existing = slack.workspace.find_direct_message(slack.bot, person)
    if existing:
        return existing
    created = int(float(slack.workspace.next_ts()))
    channel = Channel(
        new_id("D"), "", person.id, created, [slack.app.bot_user_id, person.id], is_im=True
    )
    slack.workspace.channels[channel.id] = channel
    slack.screens.show_channel(channel)
    return channel


def open_app(slack: Slack, person: Person, tab: str) -> Channel:
    """Open the app's `home` or `messages` tab, and return the direct message with the app.

    https://docs.slack.dev/reference/events/app_home_opened
    """
    channel = open_direct_message(slack, person)
    event: Json = {"user": person.id, "channel": channel.id, "tab": tab}
    home = slack.views.home(person.id)
    if home and tab == "home":
        event["view"] = home.payload()
    slack.events.send("app_home_opened", event)
    return channel


def _post_system_message(
    slack: Slack, channel: Channel, person: Person, change: str, text: str
) -> None:
    subtype = f"group_{change}" if channel.is_private else f"channel_{change}"
    post(slack, channel, person.id, f"<@{person.id}> {text}", subtype=subtype)


def _send_mention(slack: Slack, channel: Channel, message: Message, *, event_ts: str) -> None:
    """Send `app_mention` if a person's message mentions the app's bot in a channel.

    In a direct message, there are only `message.im` events:
    https://docs.slack.dev/reference/events/app_mention.
    Each edit of a message sends the event again, with `edited`, as in
    https://github.com/slack-go/slack/pull/1256. The app's own messages send none, as in
    https://github.com/slackapi/bolt-python/issues/1350.
    """
    bot = slack.app.bot_user_id
    is_mention = re.search(rf"<@{bot}(\|[^>]*)?>", message.text) is not None
    if is_mention and not (channel.is_im or message.is_system_message or message.user == bot):
        event = _message(slack, message) | {"channel": channel.id, "event_ts": event_ts}
        slack.events.send_in_channel("app_mention", event, channel)


def _show_reaction(
    slack: Slack, event_name: str, channel: Channel, message: Message, person: Person, emoji: str
) -> None:
    slack.screens.show_message(channel, message)
    event = {
        "user": person.id,
        "reaction": emoji,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
    }
    slack.events.send_in_channel(event_name, event, channel)


def _membership(slack: Slack, channel: Channel, person: Person) -> Json:
    return {
        "user": person.id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": slack.workspace.team_id,
    }


def _message(slack: Slack, message: Message) -> Json:
    return message_object(message, slack.app, slack.workspace.team_id, with_metadata=True)


def _in_channel(slack: Slack, channel: Channel, message: Message) -> Json:
    return _with_channel_type(_message(slack, message) | {"channel": channel.id}, channel)


def _with_channel_type(event: Json, channel: Channel) -> Json:
    types = {"channels": "channel", "groups": "group", "im": "im"}
    return event | {"channel_type": types[channel.scope_prefix]}
