"""Checks of a view against Slack's rules for structure and text."""

import re
from collections.abc import Iterator
from typing import Any

from bot.views.blocks.block_kit import Message
from bot.views.blocks.escape import MAX_MESSAGE_TEXT
from slack_sandbox.block_kit.block_errors import message_errors, view_errors
from slack_sandbox.block_kit.traversal import text_length

# "Far below": bot.views.overview.
MOST_IN_ALL = 12_000


def plain_data(surface: Message | dict[str, Any]) -> dict[str, Any]:
    """Return a view as it's sent to Slack."""
    if isinstance(surface, Message):
        return {"text": surface.text, "blocks": surface.blocks}
    return surface


def problems(surface: Message | dict[str, Any]) -> list[str]:
    """Return the errors that Slack would report for a view."""
    if not isinstance(surface, Message):
        return view_errors(surface)
    found = message_errors(surface.blocks)
    if not 0 < len(surface.text) <= MAX_MESSAGE_TEXT:
        found.append(f"{len(surface.text)} characters of text")
    if text_length(surface.blocks) > MOST_IN_ALL:
        found.append(f"{text_length(surface.blocks)} characters in all")
    return found


def objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield each object in the data, at any depth."""
    if isinstance(data, dict):
        yield data
    for part in data.values() if isinstance(data, dict) else data:
        if isinstance(part, dict | list):
            yield from objects(part)


def parsed(surface: Message | dict[str, Any]) -> list[str]:
    """Return the texts that Slack parses for mentions, links and entities."""
    data = plain_data(surface)
    own = [data["text"]] if "text" in data else []
    return own + [each["text"] for each in objects(data) if each.get("type") == "mrkdwn"]


def unescaped(text: str, people: str = r"U\w+") -> str:
    """Return what remains of a parsed text without entities and Needle's own mentions."""
    whole = re.sub(rf"<@(?:{people})>|&(?:amp|lt|gt);", "", text)
    return "".join(re.findall("[<>&].{0,20}", whole))
