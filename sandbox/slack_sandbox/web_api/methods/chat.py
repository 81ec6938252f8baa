"""chat.*: messages (docs.slack.dev/reference/methods/chat.postmessage, …)."""

from slack_sandbox.block_kit.attachments import validate_attachments
from slack_sandbox.block_kit.validation import stored_text, validate_blocks, validate_metadata
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import POSTING_IN_CHANNEL, POSTING_IN_TEAM, TIER_3, TIER_4
from slack_sandbox.model.workspace import Channel, Json, Message
from slack_sandbox.operations import messages
from slack_sandbox.surfaces.serializers import message_object
from slack_sandbox.web_api.methods.posting import posting_channel, thread_fields
from slack_sandbox.web_api.methods.registry import Call, method

MAX_UPDATE_LENGTH = 4000


@method("chat.postMessage", scopes=("chat:write",), required=("channel",))
def post_message(call: Call) -> Json:
    channel = posting_channel(call, call.text("channel"))
    call.slack.rate_limiter.count("chat.postMessage", POSTING_IN_TEAM)
    call.slack.rate_limiter.count(f"chat.postMessage in {channel.id}", POSTING_IN_CHANNEL)
    content = _content(call)
    thread = thread_fields(call, channel)
    if thread and call.flag("reply_broadcast"):
        thread["subtype"] = "thread_broadcast"
    if call.has("username"):
        call.require_scope("chat:write.customize")
    message = messages.post(
        call.slack,
        channel,
        call.slack.bot.id,
        **content,
        metadata=validate_metadata(call.json("metadata", "invalid_metadata_format")),
        username=call.text("username") or None,
        **thread,
    )
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message.ts,
        "message": _message_object(call, message),
    }


@method("chat.postEphemeral", scopes=("chat:write",), tier=TIER_4, required=("channel", "user"))
def post_ephemeral(call: Call) -> Json:
    channel = posting_channel(call, call.text("channel"))
    if call.text("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    content, thread = _content(call), thread_fields(call, channel)
    if thread and not channel.messages[thread["thread_ts"]].replies:
        # Slack shows it only in a thread that has replies (reference/methods/chat.postEphemeral).
        return {"ok": True, "message_ts": call.slack.workspace.next_ts()}
    message = messages.post(
        call.slack,
        channel,
        call.slack.bot.id,
        **content,
        only_visible_to=call.text("user"),
        **thread,
    )
    return {"ok": True, "message_ts": message.ts}


@method("chat.update", scopes=("chat:write",), tier=TIER_3, required=("channel", "ts"))
def update(call: Call) -> Json:
    channel, message = _own_message(call, "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    if len(call.text("text")) > MAX_UPDATE_LENGTH:
        raise SlackError("msg_too_long")
    content = _content(call)
    if not call.has("text"):
        content["text"] = message.text
    metadata = call.json("metadata", "invalid_metadata_format")
    if metadata is not None:  # an omitted value keeps the metadata, and an empty one removes it
        content["metadata"] = validate_metadata(metadata) if metadata != {} else None
    if not content["blocks"]:  # Slack doesn't mark a message with blocks as edited
        content["edited_ts"] = call.slack.workspace.next_ts()
    messages.edit(call.slack, channel, message, **content)
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": _message_object(call, message),
    }


@method("chat.delete", scopes=("chat:write",), tier=TIER_3, required=("channel", "ts"))
def delete(call: Call) -> Json:
    channel, message = _own_message(call, "cant_delete_message")
    if channel.is_archived:  # undocumented; people can't delete there either
        raise SlackError("is_archived")
    messages.remove(call.slack, channel, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


@method("chat.getPermalink", required=("channel", "message_ts"))
def get_permalink(call: Call) -> Json:
    channel = call.channel()
    ts = call.message(channel, "message_ts").ts
    link = f"{call.slack.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def _content(call: Call) -> Json:
    blocks = validate_blocks(call.json("blocks", "invalid_blocks_format"))
    if call.has("markdown_text"):
        if call.has("text") or blocks:
            raise SlackError("markdown_text_conflict")
        blocks = validate_blocks([{"type": "markdown", "text": call.text("markdown_text")}])
    attachments = validate_attachments(call.json("attachments", "invalid_attachments"))
    if not (call.has("text") or blocks or attachments):
        raise SlackError("no_text")
    content: Json = {"text": stored_text(call.text("text")), "blocks": blocks}
    # An update without attachments keeps the existing ones: reference/methods/chat.update
    return content | ({"attachments": attachments} if call.has("attachments") else {})


def _own_message(call: Call, error: str) -> tuple[Channel, Message]:
    channel = call.channel()
    message = call.message(channel)
    if message.user != call.slack.bot.id or message.is_system_message:
        raise SlackError(error)
    return channel, message


def _message_object(call: Call, message: Message) -> Json:
    team_id = call.slack.workspace.team_id
    return message_object(message, call.slack.app, team_id, with_metadata=True)
