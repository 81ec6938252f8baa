"""Text that people type: phones and keyboards put straight, curly or angle quotes around words."""

import re

from domain.formatting import collapse_whitespace

QUOTES = "\"'“”„‟‘’‚‛«»"
# A quote inside a word, as in `team's`, ends nothing.
LEADING_QUOTATION = re.compile(
    rf"[{QUOTES}](?P<quoted>[^\n]*?)[{QUOTES}][:,]?(?!\S)\s*(?P<rest>.*)", re.DOTALL
)

ORDINAL_WORDS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
ORDINAL = re.compile(r"([0-9]{1,4})(st|nd|rd|th)")
RANK = re.compile(r"rank ([0-9]{1,4})")


def parse_ordinal(text: str) -> int | None:
    """Return the number of `second`, `2nd` or `rank 2`, or None."""
    word = collapse_whitespace(text).lower()
    if word in ORDINAL_WORDS:
        return ORDINAL_WORDS.index(word) + 1
    match = ORDINAL.fullmatch(word) or RANK.fullmatch(word)
    return int(match[1]) if match else None


def split_first(text: str) -> tuple[str, str]:
    """Split text into its first word, or the words that its leading quotes enclose, and the rest.

    A colon or comma may follow: `“time to ship”: builds fail` and `security: tokens leak`.
    """
    text = text.strip()
    match = LEADING_QUOTATION.match(text)
    if match and match["quoted"].strip():
        return collapse_whitespace(match["quoted"]), match["rest"].rstrip()
    # Any whitespace may follow the first word: people paste texts from elsewhere.
    word, rest = [*text.split(maxsplit=1), "", ""][:2]
    return word.strip(QUOTES + ":,"), rest
