"""conversations.history and conversations.replies (docs.slack.dev/reference/methods/…)."""

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import TIER_3
from slack_sandbox.model.workspace import Channel, Json, Message
from slack_sandbox.surfaces.serializers import message_object
from slack_sandbox.web_api.methods.registry import Call, conversation_scopes, method, paginate


@method(
    "conversations.history",
    scopes=conversation_scopes("history"),
    tier=TIER_3,
    required=("channel",),
)
def history(call: Call) -> Json:
    """Return a page of messages, newest first, with only those replies that the channel shows."""
    channel = _channel(call)
    messages = [message for message in _messages(call, channel) if message.is_in_channel]
    return _page(call, messages[::-1], max_limit=999) | {"pin_count": 0}


@method(
    "conversations.replies",
    scopes=conversation_scopes("history"),
    tier=TIER_3,
    required=("channel", "ts"),
)
def replies(call: Call) -> Json:
    """Return a page of a thread: the parent message, then the replies, oldest first.

    If `ts` is that of a reply, return only the reply.
    """
    channel = _channel(call)
    parent = channel.messages.get(call.text("ts"))
    if parent is None or parent.is_ephemeral:
        raise SlackError("thread_not_found")
    replies = [
        message
        for message in _messages(call, channel)
        if message.thread_ts == parent.ts and message is not parent
    ]
    return _page(call, [parent, *replies], max_limit=1000, default=1000)


def _channel(call: Call) -> Channel:
    channel = call.channel(scope_for="history")
    if call.slack.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _page(call: Call, messages: list[Message], max_limit: int, default: int = 100) -> Json:
    page, metadata = paginate(call, messages, max_limit, default)
    has_more = bool(metadata["next_cursor"])
    response: Json = {
        "ok": True,
        "messages": [_message_object(call, message) for message in page],
        "has_more": has_more,
    }
    return response | ({"response_metadata": metadata} if has_more else {})


def _message_object(call: Call, message: Message) -> Json:
    return message_object(
        message,
        call.slack.app,
        call.slack.workspace.team_id,
        with_metadata=call.flag("include_all_metadata"),
    )


def _messages(call: Call, channel: Channel) -> list[Message]:
    """Return the messages between `oldest` and `latest`, in order.

    Include messages at exactly these times only if the call sets `inclusive`.
    """
    oldest = _timestamp(call, "oldest", 0.0)
    latest = _timestamp(call, "latest", float("inf"))
    inclusive = call.flag("inclusive")

    def is_between(message: Message) -> bool:
        ts = float(message.ts)
        return oldest < ts < latest or (inclusive and ts in (oldest, latest))

    messages = sorted(channel.messages.values(), key=lambda message: message.ts)
    return [message for message in messages if is_between(message) and not message.is_ephemeral]


def _timestamp(call: Call, name: str, default: float) -> float:
    try:
        return float(call.text(name)) if call.has(name) else default
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None
