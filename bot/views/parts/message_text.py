"""A Slack message of any shape as the plain text that its readers see.

People write text. Apps that raise alerts often send only blocks or attachments. See
https://docs.slack.dev/messaging/formatting-message-text,
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and
https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.views.blocks.escape import NO_NAMES, Names, escape, without_markup
from domain.formatting import is_blank

# What Slack sends in place of a text or fallback that an app left out.
PLACEHOLDERS = frozenset({"This content can't be displayed.", "[no preview available]"})
MENTIONED_PERSON = re.compile(r"<@([A-Z0-9]+)>")
MENTIONED_CHANNEL = re.compile(r"<#([A-Z0-9]+)\|?>")
LINES = ("rich_text_section", "rich_text_preformatted", "rich_text_quote")


def message_text(message: Mapping[str, Any], names: Names = NO_NAMES) -> str:
    """Return a message's text: that of its blocks or attachments if it has no other.

    `names` has the names of people and channels by ID.
    """
    return without_markup(_markup(message), names).strip()


def mentioned_people(message: Mapping[str, Any]) -> list[str]:
    """Return the IDs of the people whom the message mentions without a name, in order."""
    return list(dict.fromkeys(MENTIONED_PERSON.findall(_markup(message))))


def mentioned_channels(message: Mapping[str, Any]) -> list[str]:
    """Return the IDs of the channels that the message mentions without a name, in order."""
    return list(dict.fromkeys(MENTIONED_CHANNEL.findall(_markup(message))))


def _markup(message: Mapping[str, Any]) -> str:
    """Return a message's mrkdwn."""
    text = _string(message.get("text"))
    if not _is_missing(text):
        return text
    blocks = "\n".join(_block_lines(message.get("blocks")))
    if not _is_missing(blocks):
        return blocks
    return "\n".join(_attachment(each) for each in _objects(message.get("attachments")))


def _attachment(attachment: Mapping[str, Any]) -> str:
    """Return an attachment's summary for notifications, or else what it shows."""
    fallback = _string(attachment.get("fallback"))
    if not _is_missing(fallback):
        return fallback
    lines = [_string(attachment.get(name)) for name in ("pretext", "title", "text")]
    lines += [
        f"{_string(field.get('title'))}: {_string(field.get('value'))}"
        for field in _objects(attachment.get("fields"))
    ]
    return "\n".join(line for line in [*lines, *_block_lines(attachment.get("blocks"))] if line)


def _block_lines(blocks: Any) -> Iterator[str]:
    """Yield the lines of text in blocks, from top to bottom, as mrkdwn."""
    for block in _objects(blocks):
        if block.get("type") == "rich_text":
            yield from _rich_text_lines(block)
            continue
        yield from _text_object(block.get("text"))
        for field in (*_objects(block.get("fields")), *_objects(block.get("elements"))):
            yield from _text_object(field)


def _text_object(text: Any) -> Iterator[str]:
    """Yield the text of a text object, or of a markdown block, if it has any."""
    if isinstance(text, str):
        yield text
    elif isinstance(text, Mapping) and text.get("type") in ("mrkdwn", "plain_text"):
        words = _string(text.get("text"))
        yield words if text["type"] == "mrkdwn" else escape(words)


def _rich_text_lines(block: Mapping[str, Any]) -> Iterator[str]:
    for element in _objects(block.get("elements")):
        if element.get("type") in LINES:
            yield "".join(map(_rich_text, _objects(element.get("elements"))))
        else:
            yield from _rich_text_lines(element)  # a list of sections


def _rich_text(element: Mapping[str, Any]) -> str:
    """Return an inline element of rich text as mrkdwn."""
    match element:
        case {"type": "user", "user_id": str(person)}:
            return f"<@{person}>"
        case {"type": "channel", "channel_id": str(channel)}:
            return f"<#{channel}>"
        case {"type": "usergroup", "usergroup_id": str(group)}:
            return f"<!subteam^{group}>"
        case {"type": "broadcast", "range": str(who)}:
            return f"<!{who}>"
        case {"type": "emoji", "name": str(name)}:
            return f":{name}:"
        case _:
            texts = (_string(element.get(name)) for name in ("text", "fallback", "url"))
            return escape(next(filter(None, texts), ""))


def _is_missing(text: str) -> bool:
    return is_blank(text) or text.strip() in PLACEHOLDERS


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list. Return nothing if it is something else."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
