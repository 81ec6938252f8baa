"""Formatting of numbers, lists and texts for people."""

from collections.abc import Sequence

from domain.graphemes import cut

# Enough for the values of a charter.
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
MINUS_SIGN = "−"
# Control characters, lone halves of surrogate pairs, the blank Braille pattern, and Unicode's
# Default_Ignorable_Code_Point: https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt
INVISIBLE = frozenset(
    {
        *range(0x20),
        *range(0x7F, 0xA0),
        *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x180B, 0x1810),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xD800, 0xE000),
        *range(0xFE00, 0xFE10),
        *range(0xFFF0, 0xFFFC),
        *range(0x1BCA0, 0x1BCA4),
        *range(0x1D173, 0x1D17B),
        *range(0xE0000, 0xE1000),
    }
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
    return all(character.isspace() or ord(character) in INVISIBLE for character in text)


def visible_or_empty(text: str) -> str:
    """Return the text, or an empty text if it is blank."""
    return "" if is_blank(text) else text


def shorten(text: str, limit: int) -> str:
    """Cut a text to at most `limit` code points. If it was cut, it ends with an ellipsis."""
    return text if len(text) <= limit else cut(text, limit - 1).rstrip() + "…"
