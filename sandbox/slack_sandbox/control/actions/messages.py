"""Actions on messages: post, edit, delete, react, and run a command."""

from slack_sandbox.control import payloads
from slack_sandbox.control.actions.built_in_commands import BUILT_IN, run_built_in
from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.control.response_urls import respond
from slack_sandbox.model.emoji import reaction_name
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.links import link_urls
from slack_sandbox.model.mentions import resolve_mentions
from slack_sandbox.model.triggers import ResponseTarget
from slack_sandbox.model.workspace import Channel, Json
from slack_sandbox.operations import messages


@register("post")
async def post(action: Action) -> Json:
    text = action.text("text")
    _require_open_composer(action)
    if text.startswith("/"):
        return await _run_command(action, text)
    channel = action.joined_channel()
    thread = _thread(channel, action) if action.fields.get("thread_ts") else {}
    composed = compose(action, text)
    message = messages.post(action.slack, channel, action.person.id, composed, **thread)
    return {"ts": message.ts}


@register("edit")
async def edit(action: Action) -> Json:
    """Change the text of the person's own message; the composer edits nothing else."""
    channel = action.joined_channel()
    message = action.message(channel)
    if message.user != action.person.id or message.is_system_message:
        raise SlackError("cant_update_message")
    composed = compose(action, action.text("text"))
    edited_ts = action.slack.workspace.next_ts()
    messages.edit(action.slack, channel, message, text=composed, edited_ts=edited_ts)
    return {}


@register("react")
async def react(action: Action) -> Json:
    channel = action.joined_channel()
    message = action.message(channel)
    messages.react(
        action.slack, channel, message, action.person, reaction_name(action.text("emoji"))
    )
    return {}


@register("remove_reaction")
async def remove_reaction(action: Action) -> Json:
    channel = action.joined_channel()
    message = action.message(channel)
    messages.remove_reaction(
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


def _require_open_composer(action: Action) -> None:
    """Raise SlackError if the manifest keeps people from writing to the app.

    Slack then allows neither messages nor commands in the Messages tab:
    https://docs.slack.dev/surfaces/app-home#messages-tab
    """
    channel = action.channel()
    with_app = channel.is_im and action.slack.bot.id in channel.members
    if with_app and not action.slack.app.accepts_direct_messages:
        notice = "Sending messages to this app has been turned off."
        raise SlackError("messages_tab_read_only", notice)


def _thread(channel: Channel, action: Action) -> Json:
    """Return the message fields of a reply. Raise SlackError if there is no such parent."""
    parent = channel.messages.get(action.text("thread_ts"))
    if parent is None or parent.is_ephemeral or parent.thread_ts not in (None, parent.ts):
        raise SlackError("thread_not_found")
    in_channel = bool(action.fields.get("reply_broadcast"))
    return {"thread_ts": parent.ts, "subtype": "thread_broadcast" if in_channel else None}


def compose(action: Action, text: str) -> str:
    """Return typed text as Slack's composer sends it: escaped, with references and links."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return link_urls(resolve_mentions(action.slack.workspace, action.person, escaped))


async def _run_command(action: Action, typed: str) -> Json:
    name, _, text = typed.partition(" ")
    if (
        name in BUILT_IN
    ):  # works in threads too: https://docs.slack.dev/interactivity/slash-commands
        return await run_built_in(action, BUILT_IN[name], text)
    if action.fields.get("thread_ts"):  # docs.slack.dev/interactivity/implementing-slash-commands
        notice = f"{name} is not supported in threads. Sorry!"
        action.slack.screens.show_notice(action.person, notice)
        raise SlackError("not_supported_in_threads", notice)
    declared = action.slack.app.commands.get(name)
    if declared is None or not action.slack.installation.is_installed:
        action.slack.screens.show_notice(action.person, f"{name} is not a valid command.")
        raise SlackError("unknown_command", f"{name} is not a valid command.")
    channel = action.channel()
    sent = compose(action, text.strip()) if declared.should_escape else text.strip()
    payload = payloads.command(action.slack, action.person, channel, declared, sent)
    ack = await action.send_to_app(name, name, payload, envelope="slash_commands")
    if ack:
        _apply_response(action, channel, name, ack)
    return {}


def _apply_response(action: Action, channel: Channel, name: str, ack: Json) -> None:
    try:
        respond(action.slack, ResponseTarget(action.person, channel.id, None, issued=0), ack)
    except SlackError as refusal:
        action.report_invalid_ack(name, name, ack, refusal)
        raise
