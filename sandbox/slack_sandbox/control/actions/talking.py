"""Saying something, calling a command, reacting, deleting."""

from slack_sandbox.control import payloads
from slack_sandbox.control.actions.built_in import BUILT_IN, call_built_in
from slack_sandbox.control.actions.registry import Act, act
from slack_sandbox.control.response_urls import reply
from slack_sandbox.model.emoji import reaction_name
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.mentions import with_ids
from slack_sandbox.model.triggers import Reply
from slack_sandbox.model.workspace import Channel, Json
from slack_sandbox.operations import messages


@act("say")
async def say(act: Act) -> Json:
    text = act.text("text")
    if text.startswith("/"):
        return await _call_command(act, text)
    channel = act.joined_channel()
    thread = _thread(channel, act) if act.given.get("thread_ts") else {}
    said = composed(act, text)
    message = messages.post(act.slack, channel, act.person.id, said, **thread)
    return {"ts": message.ts}


@act("edit")
async def edit(act: Act) -> Json:
    """One's own message, as the composer lets them: its words alone."""
    channel = act.joined_channel()
    message = act.message(channel)
    if message.user != act.person.id or message.is_notice:
        raise Refused("cant_update_message")
    said = composed(act, act.text("text"))
    edited_ts = act.slack.workspace.next_ts()
    messages.edit(act.slack, channel, message, text=said, edited_ts=edited_ts)
    return {}


@act("react")
async def react(act: Act) -> Json:
    channel = act.joined_channel()
    message = act.message(channel)
    messages.react(act.slack, channel, message, act.person, reaction_name(act.text("emoji")))
    return {}


@act("unreact")
async def unreact(act: Act) -> Json:
    channel = act.joined_channel()
    message = act.message(channel)
    messages.unreact(act.slack, channel, message, act.person, reaction_name(act.text("emoji")))
    return {}


@act("delete")
async def delete(act: Act) -> Json:
    channel = act.joined_channel()
    message = act.message(channel)
    own = message.user == act.person.id or message.only_for == act.person.id
    if not own and not act.person.is_admin:
        raise Refused("cant_delete_message")
    messages.remove(act.slack, channel, message)
    return {}


def _thread(channel: Channel, act: Act) -> Json:
    """Where a reply stands: under the message that began the thread, perhaps in the channel too."""
    first = channel.messages.get(act.text("thread_ts"))
    if first is None or first.is_ephemeral or first.thread_ts not in (None, first.ts):
        raise Refused("thread_not_found")
    in_channel = bool(act.given.get("reply_broadcast"))
    return {"thread_ts": first.ts, "subtype": "thread_broadcast" if in_channel else None}


def composed(act: Act, text: str) -> str:
    """Return what Slack's composer sends for what was typed: escaped, with mentions as ids."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return with_ids(act.slack.workspace, act.person, escaped)


async def _call_command(act: Act, typed: str) -> Json:
    name, _, text = typed.partition(" ")
    if name in BUILT_IN:  # works in threads too: docs.slack.dev/interactivity/slash-commands
        return await call_built_in(act, BUILT_IN[name], text)
    if act.given.get("thread_ts"):  # docs.slack.dev/interactivity/implementing-slash-commands
        why = f"{name} is not supported in threads. Sorry!"
        act.slack.screens.show_notice(act.person, why)
        raise Refused("not_supported_in_threads", why)
    called = act.slack.app.commands.get(name)
    if called is None:
        act.slack.screens.show_notice(act.person, f"{name} is not a valid command.")
        raise Refused("unknown_command", f"{name} is not a valid command.")
    channel = act.channel()
    sent = composed(act, text.strip()) if called.should_escape else text.strip()
    payload = payloads.command(act.slack, act.person, channel, called, sent)
    ack = await act.ask_app(name, name, payload, envelope="slash_commands")
    if ack:
        _answer(act, channel, name, ack)
    return {}


def _answer(act: Act, channel: Channel, name: str, ack: Json) -> None:
    try:
        reply(act.slack, Reply(act.person, channel.id, None, issued=0), ack)
    except Refused as refusal:
        act.refuse_answer(name, name, ack, refusal)
        raise
