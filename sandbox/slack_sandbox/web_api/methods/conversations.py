"""conversations.* and users.conversations (docs.slack.dev/reference/methods/conversations.list)."""

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import TIER_2, TIER_3, TIER_4
from slack_sandbox.model.workspace import Channel, Json
from slack_sandbox.operations import messages
from slack_sandbox.surfaces.serializers import channel_object
from slack_sandbox.web_api.methods.registry import Call, conversation_scopes, method, paginate

SCOPE_OF_TYPE = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
TYPE_OF_KIND = {"channels": "public_channel", "groups": "private_channel", "im": "im"}


@method("conversations.list", scopes=conversation_scopes("read"), tier=TIER_2)
def list_channels(call: Call) -> Json:
    return _list_response(call, list(call.slack.workspace.channels_visible_to(call.slack.bot)))


@method("users.conversations", scopes=conversation_scopes("read"), tier=TIER_3)
def list_joined(call: Call) -> Json:
    person = call.slack.workspace.people.get(call.text("user", call.slack.bot.id))
    if person is None:
        raise SlackError("user_not_found")
    visible = call.slack.workspace.channels_visible_to(call.slack.bot)
    return _list_response(call, [channel for channel in visible if person.id in channel.members])


@method(
    "conversations.info", scopes=conversation_scopes("read"), tier=TIER_3, required=("channel",)
)
def info(call: Call) -> Json:
    channel = call.channel(scope_for="read")
    shape = _channel_object(call, channel)
    if not call.flag("include_num_members"):
        shape.pop("num_members", None)
    return {"ok": True, "channel": shape}


@method(
    "conversations.members", scopes=conversation_scopes("read"), tier=TIER_4, required=("channel",)
)
def members(call: Call) -> Json:
    page, metadata = paginate(call, call.channel(scope_for="read").members, max_limit=1000)
    return {"ok": True, "members": page, "response_metadata": metadata}


@method("conversations.join", scopes=("channels:join",), tier=TIER_3, required=("channel",))
def join(call: Call) -> Json:
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.scope_prefix != "channels":
        raise SlackError("method_not_supported_for_channel_type")
    if call.slack.bot.id in channel.members:
        return {
            "ok": True,
            "channel": _channel_object(call, channel),
            "warning": "already_in_channel",
        }
    messages.join(call.slack, channel, call.slack.bot)
    return {"ok": True, "channel": _channel_object(call, channel)}


@method("conversations.open", scopes=("im:write", "mpim:write"), tier=TIER_3)
def open_direct(call: Call) -> Json:
    if not call.has("users"):
        raise SlackError("users_list_not_supplied")
    person = call.slack.workspace.people.get(call.text("users"))
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    channel = messages.open_direct_message(call.slack, person)
    shape = _channel_object(call, channel) if call.flag("return_im") else {"id": channel.id}
    return {"ok": True, "channel": shape}


def _list_response(call: Call, channels: list[Channel]) -> Json:
    types = call.text("types", "public_channel").replace(" ", "").split(",")
    for channel_type in types:
        if channel_type not in SCOPE_OF_TYPE:
            raise SlackError("invalid_types")
        call.require_scope(SCOPE_OF_TYPE[channel_type])
    matching = [
        _channel_object(call, channel)
        for channel in channels
        if TYPE_OF_KIND[channel.scope_prefix] in types
        and not (channel.is_archived and call.flag("exclude_archived"))
    ]
    page, metadata = paginate(call, matching, max_limit=999)
    return {"ok": True, "channels": page, "response_metadata": metadata}


def _channel_object(call: Call, channel: Channel) -> Json:
    return channel_object(channel, call.slack.workspace, seen_by=call.slack.bot.id)
