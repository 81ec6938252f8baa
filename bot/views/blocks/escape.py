"""Texts as Slack and a screen take them: escaped, tamed, short enough.

The one text of people's that Slack parses, a message's top-level `text`, goes through `escape`.
"""

import re
from collections.abc import Iterable

MAX_MESSAGE_TEXT = 4_000  # https://docs.slack.dev/reference/methods/chat.update

# What a screen obeys instead of showing it: control characters, and what makes text run backwards
# (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
CONTROL_CHARACTERS = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    - {*map(ord, "\t\n\r")}
)
MARKUP = re.compile(r"<(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")  # a link or a mention


def escape(text: str) -> str:
    """https://docs.slack.dev/messaging/formatting-message-text#escaping"""
    return strip_controls(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def without_markup(text: str) -> str:
    """What a message says, as its readers see it: https://docs.slack.dev/messaging/formatting-message-text"""
    shown = MARKUP.sub(lambda found: found["label"] or found["target"], text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def strip_controls(text: str) -> str:
    """Without what could disguise its surroundings. Arabic and Hebrew lose nothing by it."""
    return text.translate(CONTROL_CHARACTERS)


def non_empty(text: str) -> str:
    """Slack refuses a text of which nothing is left."""
    return strip_controls(text) or "…"


def join_lines(*parts: Iterable[str], max_length: int = MAX_MESSAGE_TEXT) -> str:
    """A top-level text of whole lines. While it is too long, the longest of its parts loses its
    last line: so that a long list costs nothing of what is said after it.
    """
    kept = [list(part) for part in parts]
    cut: set[int] = set()
    while sum(map(_size, kept)) + len("…\n") * len(cut) > max_length:
        most = max(range(len(kept)), key=lambda index: _size(kept[index]))
        kept[most].pop()
        cut.add(most)
    for index in cut:
        kept[index].append("…")
    return "\n".join(line for part in kept for line in part)


def _size(part: Iterable[str]) -> int:
    """In characters, each line with its end."""
    return sum(len(line) + 1 for line in part)
