"""reactions.* (docs.slack.dev/reference/methods/reactions.get and its neighbours)."""

from sandbox import happenings
from sandbox.emoji import reaction_name
from sandbox.formats import is_timestamp
from sandbox.limits import TIER_2, TIER_3
from sandbox.methods.registry import Call, method
from sandbox.refusal import Refused
from sandbox.shapes import message_object
from sandbox.workspace import Channel, Json, Message


@method("reactions.add", scopes=("reactions:write",), tier=TIER_3, required=("name",))
def add(call: Call) -> Json:
    channel, message = _target(call)
    if channel.is_archived:
        raise Refused("is_archived")
    happenings.react(call.slack, channel, message, call.slack.bot, reaction_name(call.text("name")))
    return {"ok": True}


@method("reactions.remove", scopes=("reactions:write",), tier=TIER_2, required=("name",))
def remove(call: Call) -> Json:
    channel, message = _target(call)
    happenings.unreact(
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
        with_everyone=call.flag("full"),
    )
    return {"ok": True, "type": "message", "channel": channel.id, "message": shape}


def _target(call: Call) -> tuple[Channel, Message]:
    if not call.has("channel") or not call.has("timestamp"):
        raise Refused("no_item_specified")
    channel = call.channel()
    if not is_timestamp(call.text("timestamp")):
        raise Refused("bad_timestamp")
    return channel, call.message(channel, "timestamp")
