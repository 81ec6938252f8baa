"""conversations.history and .replies: what was said (docs.slack.dev/reference/methods/…)."""

from slack_sandbox.model.errors import Refused
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
    """Newest first, without replies, but for those that were sent to the channel too."""
    said = [each for each in _messages(call, _channel(call)) if each.stands_in_channel]
    return _page(call, said[::-1], most=999) | {"pin_count": 0}


@method(
    "conversations.replies",
    scopes=conversation_scopes("history"),
    tier=TIER_3,
    required=("channel", "ts"),
)
def replies(call: Call) -> Json:
    """A thread: its first message, then the replies, oldest first; of a reply, that alone."""
    channel = _channel(call)
    first = channel.messages.get(call.text("ts"))
    if first is None or first.is_ephemeral:
        raise Refused("thread_not_found")
    within = _messages(call, channel)
    said = [each for each in within if each.thread_ts == first.ts and each is not first]
    return _page(call, [first, *said], most=1000, default=1000)


def _channel(call: Call) -> Channel:
    channel = call.channel(scope_for="history")
    if call.slack.bot.id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _page(call: Call, said: list[Message], most: int, default: int = 100) -> Json:
    page, metadata = paginate(call, said, most, default)
    more = bool(metadata["next_cursor"])
    answer: Json = {"ok": True, "messages": [_shown(call, each) for each in page], "has_more": more}
    return answer | ({"response_metadata": metadata} if more else {})


def _shown(call: Call, message: Message) -> Json:
    return message_object(
        message,
        call.slack.app,
        call.slack.workspace.team_id,
        with_metadata=call.flag("include_all_metadata"),
    )


def _messages(call: Call, channel: Channel) -> list[Message]:
    """In their order; `oldest` and `latest` themselves only when `inclusive`."""
    oldest = _time(call, "oldest", 0.0)
    latest = _time(call, "latest", float("inf"))
    inclusive = call.flag("inclusive")

    def within(ts: str) -> bool:
        at = float(ts)
        return oldest < at < latest or (inclusive and at in (oldest, latest))

    said = sorted(channel.messages.values(), key=lambda message: message.ts)
    return [each for each in said if within(each.ts) and not each.is_ephemeral]


def _time(call: Call, name: str, default: float) -> float:
    try:
        return float(call.text(name)) if call.has(name) else default
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None
