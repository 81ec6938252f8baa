"""Formatting of numbers, lists and texts for people."""

import re
from collections.abc import Sequence

from domain.graphemes import cut

# Enough for the values of a charter.
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
MINUS_SIGN = "−"
# Whitespace, control characters, lone halves of surrogate pairs, the blank Braille pattern, and
# Unicode's Default_Ignorable_Code_Point:
# https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt
BLANK = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)


def key_to_words(key: str) -> str:
    """Return a value's key as words for a sentence."""
    return key.replace("_", " ")


def join_with_and(texts: Sequence[str]) -> str:
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def join_with_or(texts: Sequence[str]) -> str:
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} or {texts[-1]}"


def ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def format_signed(number: float) -> str:
    """Format a number with its sign and one decimal. A number that rounds to zero has no sign."""
    if round(number, 1) == 0:
        return "0.0"
    return f"{number:+.1f}".replace("-", MINUS_SIGN)


def format_decimal(number: float) -> str:
    """Format a number with one decimal, and with a sign only if it is negative."""
    return format_signed(number).removeprefix("+")


def format_impact(impact: float) -> str:
    """Format a project's impact on a value with two decimals: 1.80, −1.33."""
    return f"{impact:.2f}".replace("-", MINUS_SIGN)


def format_percent(share: float) -> str:
    """Format a share with at most one decimal: 20 %, 12.5 %."""
    return f"{round(100 * share, 1):g} %"


def format_scorers(scorer_count: int, quorum: int) -> str:
    """Say how many people have scored a project: 1 of 3 has scored, 2 of 3 have scored."""
    return f"{scorer_count} of {quorum} {'has' if scorer_count == 1 else 'have'} scored"


def format_scored_by(scorer_count: int, quorum: int) -> str:
    """Say how many people have scored a project with results: scored by 4, scored by 1 of 3."""
    return f"scored by {scorer_count}" + (f" of {quorum}" if scorer_count < quorum else "")


def collapse_whitespace(text: str) -> str:
    """Replace line breaks and runs of spaces by one space each."""
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Return whether the text has no visible character."""
    return BLANK.fullmatch(text) is not None


def visible_or_empty(text: str) -> str:
    """Return the text, or an empty text if it is blank."""
    return "" if is_blank(text) else text


def shorten(text: str, limit: int) -> str:
    """Cut a text to at most `limit` code points. If it was cut, it ends with an ellipsis."""
    return text if len(text) <= limit else cut(text, limit - 1).rstrip() + "…"
