"""What a message says, taken into a form."""

from typing import Any

from bot.views.blocks.escape import without_markup
from domain.formatting import shorten

MAX_LENGTH = 2000  # what the form takes


def message_text(message: dict[str, Any]) -> str:
    """Alerts often say it only in an attachment, which is then what a notification shows."""
    attachments = message.get("attachments") or [{}]
    text: str = message.get("text") or attachments[0].get("fallback") or ""
    return without_markup(text).strip()


def quotation(message: dict[str, Any], link: str) -> str:
    """What was said, then where; a long text is cut, never its link."""
    end = f"\n\n{link}" if link else ""
    return shorten(message_text(message), MAX_LENGTH - len(end)) + end
