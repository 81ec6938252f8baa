"""Texts as Slack and a screen take them: escaped, tamed, short enough.

The one text of people's that Slack parses, a message's top-level `text`, goes through `escape`.
"""

from collections.abc import Iterable

MESSAGE_TEXT = 4_000  # https://docs.slack.dev/reference/methods/chat.update

# What a screen obeys instead of showing it: control characters, and what makes text run backwards
# (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
OBEYED = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    - {*map(ord, "\t\n\r")}
)


def escape(text: str) -> str:
    """https://docs.slack.dev/messaging/formatting-message-text#escaping"""
    return tame(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tame(text: str) -> str:
    """Without what could disguise its surroundings. Arabic and Hebrew lose nothing by it."""
    return text.translate(OBEYED)


def visible(text: str) -> str:
    """Slack refuses a text of which nothing is left."""
    return tame(text) or "…"


def one_line(text: str) -> str:
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def lines(parts: Iterable[str]) -> str:
    """A top-level text: whole lines, as many as Slack takes."""
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part) + 1
        if size > MESSAGE_TEXT - 2:
            return "\n".join([*kept, "…"])
        kept.append(part)
    return "\n".join(kept)
