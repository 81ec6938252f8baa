"""Channel and thread of a message that the app posts."""

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Channel, Json, Message
from slack_sandbox.operations import messages
from slack_sandbox.web_api.methods.registry import Call


def posting_channel(call: Call, key: str) -> Channel:
    """Return the channel with this ID or name, or the direct message with this person.

    Raise SlackError if the app can't post there.
    """
    workspace, bot = call.slack.workspace, call.slack.bot
    if key in workspace.people:
        if not call.slack.app.has_messages_tab:
            raise SlackError("messages_tab_disabled")
        channel = messages.open_direct_message(call.slack, workspace.people[key])
    else:
        channel = workspace.channel(key)
    if not workspace.can_see(bot, channel):
        raise SlackError("channel_not_found")
    if channel.is_archived:
        raise SlackError("is_archived")
    can_post_anywhere = "chat:write.public" in call.slack.installation.scopes
    if bot.id not in channel.members and not can_post_anywhere:
        raise SlackError("not_in_channel")
    return channel


def thread_fields(call: Call, channel: Channel) -> Json:
    """Return the `thread_ts` of the call, if any. Raise SlackError unless it names a parent."""
    ts = call.text("thread_ts")
    if not ts:
        return {}
    return {"thread_ts": thread_parent(channel, ts).ts}


def thread_parent(channel: Channel, ts: str) -> Message:
    parent = channel.messages.get(ts)
    if parent is None or parent.is_ephemeral or parent.thread_ts is not None:
        raise SlackError("thread_not_found")
    return parent
