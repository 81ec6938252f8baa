"""Saying something, calling a command, reacting, deleting."""

from slack_sandbox.control import payloads
from slack_sandbox.control.actions.built_in_commands import BUILT_IN, call_built_in
from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.control.response_urls import reply
from slack_sandbox.model.emoji import reaction_name
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.mentions import resolve_mentions
from slack_sandbox.model.triggers import ResponseTarget
from slack_sandbox.model.workspace import Channel, Json
from slack_sandbox.operations import messages


@register("say")
async def say(action: Action) -> Json:
    text = action.text("text")
    if text.startswith("/"):
        return await _call_command(action, text)
    channel = action.joined_channel()
    thread = _thread(channel, action) if action.fields.get("thread_ts") else {}
    said = composed(action, text)
    message = messages.post(action.slack, channel, action.person.id, said, **thread)
    return {"ts": message.ts}


@register("edit")
async def edit(action: Action) -> Json:
    """One's own message, as the composer lets them: its words alone."""
    channel = action.joined_channel()
    message = action.message(channel)
    if message.user != action.person.id or message.is_system_message:
        raise SlackError("cant_update_message")
    said = composed(action, action.text("text"))
    edited_ts = action.slack.workspace.next_ts()
    messages.edit(action.slack, channel, message, text=said, edited_ts=edited_ts)
    return {}


@register("react")
async def react(action: Action) -> Json:
    channel = action.joined_channel()
    message = action.message(channel)
    messages.react(
        action.slack, channel, message, action.person, reaction_name(action.text("emoji"))
    )
    return {}


@register("unreact")
async def unreact(action: Action) -> Json:
    channel = action.joined_channel()
    message = action.message(channel)
    messages.unreact(
        action.slack, channel, message, action.person, reaction_name(action.text("emoji"))
    )
    return {}


@register("delete")
async def delete(action: Action) -> Json:
    channel = action.joined_channel()
    message = action.message(channel)
    own = message.user == action.person.id or message.only_visible_to == action.person.id
    if not own and not action.person.is_admin:
        raise SlackError("cant_delete_message")
    messages.remove(action.slack, channel, message)
    return {}


def _thread(channel: Channel, action: Action) -> Json:
    """Where a reply stands: under the message that began the thread, perhaps in the channel too."""
    first = channel.messages.get(action.text("thread_ts"))
    if first is None or first.is_ephemeral or first.thread_ts not in (None, first.ts):
        raise SlackError("thread_not_found")
    in_channel = bool(action.fields.get("reply_broadcast"))
    return {"thread_ts": first.ts, "subtype": "thread_broadcast" if in_channel else None}


def composed(action: Action, text: str) -> str:
    """Return what Slack's composer sends for what was typed: escaped, with mentions as ids."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return resolve_mentions(action.slack.workspace, action.person, escaped)


async def _call_command(action: Action, typed: str) -> Json:
    name, _, text = typed.partition(" ")
    if name in BUILT_IN:  # works in threads too: docs.slack.dev/interactivity/slash-commands
        return await call_built_in(action, BUILT_IN[name], text)
    if action.fields.get("thread_ts"):  # docs.slack.dev/interactivity/implementing-slash-commands
        why = f"{name} is not supported in threads. Sorry!"
        action.slack.screens.show_notice(action.person, why)
        raise SlackError("not_supported_in_threads", why)
    called = action.slack.app.commands.get(name)
    if called is None:
        action.slack.screens.show_notice(action.person, f"{name} is not a valid command.")
        raise SlackError("unknown_command", f"{name} is not a valid command.")
    channel = action.channel()
    sent = composed(action, text.strip()) if called.should_escape else text.strip()
    payload = payloads.command(action.slack, action.person, channel, called, sent)
    ack = await action.send_to_app(name, name, payload, envelope="slash_commands")
    if ack:
        _answer(action, channel, name, ack)
    return {}


def _answer(action: Action, channel: Channel, name: str, ack: Json) -> None:
    try:
        reply(action.slack, ResponseTarget(action.person, channel.id, None, issued=0), ack)
    except SlackError as refusal:
        action.report_invalid_ack(name, name, ack, refusal)
        raise
