"""reactions.* (docs.slack.dev/reference/methods/reactions.get, …)."""

from slack_sandbox.block_kit.formats import is_timestamp
from slack_sandbox.model.emoji import reaction_name
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import TIER_2, TIER_3
from slack_sandbox.model.workspace import Channel, Json, Message
from slack_sandbox.operations import messages
from slack_sandbox.surfaces.serializers import message_object
from slack_sandbox.web_api.methods.registry import Call, method


@method("reactions.add", scopes=("reactions:write",), tier=TIER_3, required=("name",))
def add(call: Call) -> Json:
    channel, message = _target(call)
    if channel.is_archived:
        raise SlackError("is_archived")
    messages.react(call.slack, channel, message, call.slack.bot, reaction_name(call.text("name")))
    return {"ok": True}


@method("reactions.remove", scopes=("reactions:write",), tier=TIER_2, required=("name",))
def remove(call: Call) -> Json:
    channel, message = _target(call)
    messages.remove_reaction(
        call.slack, channel, message, call.slack.bot, reaction_name(call.text("name"))
    )
    return {"ok": True}


@method("reactions.get", scopes=("reactions:read",), tier=TIER_3)
def get(call: Call) -> Json:
    channel, message = _target(call)
    shape = message_object(
        message,
        call.slack.app,
        call.slack.workspace.team_id,
        with_all_users=call.flag("full"),
    )
    return {"ok": True, "type": "message", "channel": channel.id, "message": shape}


def _target(call: Call) -> tuple[Channel, Message]:
    if not call.has("channel") or not call.has("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.channel()
    if not is_timestamp(call.text("timestamp")):
        raise SlackError("bad_timestamp")
    return channel, call.message(channel, "timestamp")
