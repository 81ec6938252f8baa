"""reactions.* (docs.slack.dev/reference/methods/reactions.get and its neighbours)."""

from sandbox import happenings
from sandbox.emoji import reaction_name
from sandbox.formats import is_timestamp
from sandbox.limits import TIER_2, TIER_3
from sandbox.methods.registry import Call, method
from sandbox.refusal import Refused
from sandbox.shapes import message_object
from sandbox.workspace import Channel, Json, Message

# Slack says only that `users` may not list everybody unless `full`; it shows about this many.
USERS_SHOWN = 50


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
    shape = message_object(message, call.slack.app, call.slack.workspace.team_id)
    if not call.flag("full"):
        for reaction in shape.get("reactions", []):
            reaction["users"] = reaction["users"][:USERS_SHOWN]
    return {"ok": True, "type": "message", "channel": channel.id, "message": shape}


def _target(call: Call) -> tuple[Channel, Message]:
    if not call.has("channel") or not call.has("timestamp"):
        raise Refused("no_item_specified")
    channel = call.channel()
    if not is_timestamp(call.text("timestamp")):
        raise Refused("bad_timestamp")
    return channel, call.message(channel, "timestamp")
