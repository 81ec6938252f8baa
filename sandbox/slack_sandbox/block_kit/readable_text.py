"""Readable text of a message or view: its blocks as plain text, without markup."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sandbox.model.emoji import CHARACTERS

Json = dict[str, Any]
EMOJI = re.compile(r":([\w+'-]+)(?:::skin-tone-[2-6])?:")
REFERENCE = re.compile(r"<([^<>]+)>")
STYLE = re.compile(r"(?<!\w)([*_~`])(?=\S)(.+?)(?<=\S)\1(?!\w)")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))

# By the type of a rich text element: the character before the mention, and the key of its ID.
MENTIONS = {
    "user": ("@", "user_id"),
    "usergroup": ("@", "usergroup_id"),
    "team": ("@", "team_id"),
    "channel": ("#", "channel_id"),
}
# Keys of a block or element whose values can be read, in reading order.
PARTS = (
    "alt_text",
    "title",
    "rich_text_title",
    "subtitle",
    "label",
    "text",
    "body",
    "fields",
    "elements",
    "element",
    "actions",
    "child_blocks",
    "tasks",
    "details",
    "output",
    "sources",
    "accessory",
    "hint",
    "options",
    "option_groups",
    "positive_button",
    "negative_button",
)


def readable_text(content: Json, names: Mapping[str, str]) -> str:
    """Return the text that a person can read, with one line per part.

    `content` is a message or view. `names` are the names of people and channels by id.
    """
    blocks = content.get("blocks")
    if blocks:
        lines = [line for block in blocks for line in _lines(block, names)]
    else:
        lines = [_without_mrkdwn(str(content.get("text", "")), names)]
    attached = [
        line
        for attachment in content.get("attachments") or []
        for line in _attachment_lines(attachment, names)
    ]
    files = [str(file.get("title") or file.get("name")) for file in content.get("files") or []]
    return "\n".join(filter(None, [*lines, *attached, *files]))


def _attachment_lines(attachment: Json, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of an attachment, in reading order."""
    for name in ("pretext", "author_name", "title", "text"):
        yield _without_mrkdwn(str(attachment.get(name) or ""), names)
    for field in attachment.get("fields") or []:
        for name in ("title", "value"):
            yield _without_mrkdwn(str(field.get(name) or ""), names)
    yield from _lines(attachment.get("blocks"), names)
    yield _without_mrkdwn(str(attachment.get("footer") or ""), names)


def _without_mrkdwn(text: str, names: Mapping[str, str]) -> str:
    """Return mrkdwn without its markup (docs.slack.dev/messaging/formatting-message-text)."""
    unmarked = STYLE.sub(r"\2", text)
    resolved = REFERENCE.sub(lambda match: _reference(match.group(1), names), unmarked)
    return _with_emoji(without_entities(resolved))


def without_entities(text: str) -> str:
    """Return plain_text as a person reads it, without Slack's escapes of `&<>`."""
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def _with_emoji(text: str) -> str:
    return EMOJI.sub(lambda match: CHARACTERS.get(match.group(1), match.group()), text)


def _reference(reference: str, names: Mapping[str, str]) -> str:
    target, _, label = reference.partition("|")
    if target.startswith(("@", "#")):
        return target[0] + names.get(target[1:], label or target[1:])
    if target.startswith("!"):
        return label or "@" + target[1:]
    return label or target


def _lines(value: Any, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a block, element or composition object, in reading order."""
    if isinstance(value, list):
        for item in value:
            yield from _lines(item, names)
        return
    if not isinstance(value, dict):
        return
    value_type = value.get("type")
    if value_type in ("plain_text", "mrkdwn", "raw_text", "raw_number", "markdown"):
        yield _text(value, names)
    elif value_type in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        yield "".join(_inline(element, names) for element in value["elements"])
    elif value_type in ("table", "data_table"):
        yield str(value.get("caption", ""))
        for row in value["rows"]:
            yield " | ".join(" ".join(_lines(cell, names)) for cell in row)
    else:
        yield from _parts(value, names)


def _parts(value: Json, names: Mapping[str, str]) -> Iterator[str]:
    for name in PARTS:
        part = value.get(name)
        if name in ("alt_text", "title") and isinstance(part, str):
            yield part
        yield from _lines(part, names)


def _text(value: Json, names: Mapping[str, str]) -> str:
    text = str(value["text"])
    if value["type"].startswith("raw_"):
        return text
    if value["type"] == "plain_text":
        return _with_emoji(without_entities(text))
    return _without_mrkdwn(text, names)


def _inline(element: Json, names: Mapping[str, str]) -> str:
    """Return the text of a rich text element.

    docs.slack.dev/reference/block-kit/blocks/rich-text-block
    """
    if element["type"] in MENTIONS:
        sign, id_key = MENTIONS[element["type"]]
        return sign + names.get(element[id_key], element[id_key])
    match element["type"]:
        case "text":
            return str(element["text"])
        case "emoji":
            return CHARACTERS.get(element["name"], f":{element['name']}:")
        case "link":
            return str(element.get("text") or element["url"])
        case "color":
            return str(element["value"])
        case "broadcast":
            return "@" + str(element["range"])
        case "date":
            return str(element.get("fallback") or element["timestamp"])
        case other:
            return f"[{other}]"
