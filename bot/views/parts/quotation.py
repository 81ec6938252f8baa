"""Quotations of Slack messages in forms."""

from typing import Any

from bot.views.blocks.escape import without_markup
from domain.formatting import shorten

MAX_LENGTH = 2000  # characters that the summary input accepts


def message_text(message: dict[str, Any]) -> str:
    """Return a message's text without markup.

    Alerts often have text only in an attachment's fallback, which notifications show.
    """
    attachments = message.get("attachments") or [{}]
    text: str = message.get("text") or attachments[0].get("fallback") or ""
    return without_markup(text).strip()


def quotation(message: dict[str, Any], link: str) -> str:
    """Return a message's text with its link. Long text is cut, the link never."""
    end = f"\n\n{link}" if link else ""
    return shorten(message_text(message), MAX_LENGTH - len(end)) + end
