"""Parsers for text and values that a request may hold in any shape."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from bot.views.blocks.escape import escape
from domain.formatting import collapse_whitespace, join_with_and, shorten
from domain.ranking.charter import Charter

MAX_QUOTED_LENGTH = 50  # characters of typed text that an error quotes
MAX_DIGITS = 9  # Python raises ValueError for numbers of thousands of digits.


def parse_number(value: Any) -> int | None:
    """Return the number in a payload's value or in typed text, or None if there is none."""
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None


def split_value(action: dict[str, Any]) -> tuple[str, str]:
    """Return the channel's id in a button's value, and what the button names in that channel."""
    channel_id, _, name = str(action.get("value", "")).partition(":")
    return channel_id, name


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like a typed one, or None if none is close."""
    return next(iter(get_close_matches(word.lower(), known, n=1)), None)


def quote(typed: str) -> str:
    """Return typed text in quotation marks, short and escaped, to be repeated in a reply."""
    return f"“{escape(shorten(collapse_whitespace(typed), MAX_QUOTED_LENGTH))}”"


def unknown_value(name: str, charter: Charter) -> str:
    """Return the refusal of a name that is no value."""
    words = [value.slug for value in charter.values]
    suggestion = closest(name, words)
    hint = (
        f"Did you mean *{escape(suggestion)}*?"
        if suggestion
        else f"Your values: {escape(join_with_and(words))}."
    )
    return f"{quote(name)} isn't one of your values. {hint}"
