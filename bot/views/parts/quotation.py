"""Quotations of Slack messages in forms."""

from domain.formatting import shorten

MAX_LENGTH = 2000  # characters that the summary input accepts


def quotation(text: str, link: str) -> str:
    """Return a message's text with its link. Long text is cut, the link never."""
    end = f"\n\n{link}" if link else ""
    return shorten(text, MAX_LENGTH - len(end)) + end
