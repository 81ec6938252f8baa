"""files.*: uploads in three steps (docs.slack.dev/reference/methods/files.getUploadURLExternal)."""

from typing import Any

from slack_sandbox.block_kit.validation import stored_text
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.files import File
from slack_sandbox.model.rate_limits import TIER_4
from slack_sandbox.model.workspace import Json
from slack_sandbox.operations import messages
from slack_sandbox.web_api.methods.posting import posting_channel, thread_fields
from slack_sandbox.web_api.methods.registry import Call, invalid_arguments, method

MAX_ALT_TEXT_LENGTH = 1000
MAX_CHANNELS = 100


@method(
    "files.getUploadURLExternal",
    scopes=("files:write",),
    tier=TIER_4,
    required=("filename", "length"),
)
def get_upload_url(call: Call) -> Json:
    length, alt_text = call.integer("length", 0), call.text("alt_txt")
    if length < 1:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    if len(alt_text) > MAX_ALT_TEXT_LENGTH:
        raise SlackError("alt_txt_too_large")
    slack = call.slack
    file, url = slack.files.reserve(call.text("filename"), length, slack.bot.id, alt_text)
    return {"ok": True, "upload_url": url, "file_id": file.id}


@method("files.completeUploadExternal", scopes=("files:write",), tier=TIER_4, required=("files",))
def complete_upload(call: Call) -> Json:
    files = _uploaded(call)
    channel_keys = call.text("channel_id") or call.text("channels")
    channels = [posting_channel(call, key) for key in channel_keys.split(",") if key]
    if len(channels) > MAX_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    for channel in channels:
        ts = call.slack.workspace.next_ts()
        for file in files:
            file.shares.append((channel, ts))
        messages.post(
            call.slack,
            channel,
            call.slack.bot.id,
            stored_text(call.text("initial_comment")),
            ts=ts,
            subtype="file_share",
            files=[call.slack.files.as_json(file) for file in files],
            **thread_fields(call, channel),
        )
    return {"ok": True, "files": [call.slack.files.as_json(file) for file in files]}


def _uploaded(call: Call) -> list[File]:
    items: Any = call.json("files", "invalid_arguments")
    if not isinstance(items, list) or not items:
        raise invalid_arguments("must be a non-empty array [json-pointer:/files]")
    files = []
    for item in items:
        if not isinstance(item, dict) or "id" not in item:
            raise invalid_arguments("missing required field: id [json-pointer:/files/0]")
        file = call.slack.files.find(str(item["id"]))
        file.title = str(item.get("title") or file.name)
        files.append(file)
    return files
