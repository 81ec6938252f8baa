"""Text escaping, control characters, and length limits for Slack.

Slack parses only one text that can contain what people typed: a message's top-level `text`. It goes
through `escape`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType

from domain.formatting import is_blank

# chat.update refuses more than 4,000 characters:
# https://docs.slack.dev/reference/methods/chat.update
MAX_MESSAGE_TEXT = 3_900

# Control characters, and characters that reverse the direction of text
# (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
CONTROL_CHARACTERS = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    - {*map(ord, "\t\n\r")}
)
Names = Mapping[str, str]  # names of people and channels, by ID
NO_NAMES: Names = MappingProxyType({})
MARKUP = re.compile(r"<(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")  # a link or a mention


def escape(text: str) -> str:
    """Return text without control characters, escaped for Slack.

    See https://docs.slack.dev/messaging/formatting-message-text#escaping.
    """
    return strip_controls(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def without_markup(text: str, names: Names = NO_NAMES) -> str:
    """Return a message's mrkdwn as plain text, as its readers see it.

    `names` has the names of people and channels by ID. Other mentions become words such as
    `@someone`, because readers don't know IDs. See
    https://docs.slack.dev/messaging/formatting-message-text.
    """

    def visible(match: re.Match[str]) -> str:
        target, label = match["target"], match["label"]
        kind, named = target[:1], target[1:]
        if kind == "@":
            return f"@{label or names.get(named, 'someone')}"
        if kind == "#":
            return f"#{label or names.get(named, 'unknown-channel')}"
        if kind == "!" and not label:
            command = named.partition("^")[0]
            return "@group" if command == "subteam" else f"@{command}"
        return label or target

    unlinked = MARKUP.sub(visible, text)
    return unlinked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def strip_controls(text: str) -> str:
    """Remove control characters and characters that reverse text.

    Arabic and Hebrew don't need them.
    """
    return text.translate(CONTROL_CHARACTERS)


def non_empty(text: str) -> str:
    """Return text without control characters, or … if nothing visible is left.

    Slack refuses empty text, and older versions stored invisible titles.
    """
    visible = strip_controls(text)
    return visible if visible.isspace() or not is_blank(visible) else "…"


def join_lines(
    *parts: Iterable[str], commands: Sequence[str] = (), max_length: int = MAX_MESSAGE_TEXT
) -> str:
    """Return a top-level text of whole lines, at most `max_length` characters long.

    While the text is too long, drop the last line of the longest part. A long list therefore
    doesn't cut the parts after it. In place of the dropped lines, say how many there are and the
    part's command, in the order of `commands`, that shows them.
    """
    kept = [list(part) for part in parts]
    hidden = [0] * len(kept)
    part_commands = [command for command, _ in zip_longest(commands, kept, fillvalue="")]
    while True:
        shown = [
            [*lines, *([_more_rows(count, command)] if count else [])]
            for lines, count, command in zip(kept, hidden, part_commands, strict=True)
        ]
        text = "\n".join(line for lines in shown for line in lines)
        if len(text) <= max_length:
            return text
        longest = max(range(len(kept)), key=lambda index: _length(kept[index]))
        kept[longest].pop()
        hidden[longest] += 1


def _more_rows(count: int, command: str) -> str:
    more = f"and {count} more {'row' if count == 1 else 'rows'}"
    return f"{more}: `{command}`" if command else more


def _length(part: Iterable[str]) -> int:
    """Return the length in characters, including one line end for each line."""
    return sum(len(line) + 1 for line in part)
