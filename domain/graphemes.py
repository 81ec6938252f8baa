"""Graphemes, the characters that readers see: a letter with its accents, a family, a flag.

See https://unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries.
"""

import regex

VISIBLE_CHARACTER = regex.compile(r"\X")


def cut(text: str, limit: int) -> str:
    """Return as many whole characters of the text as fit in `limit` code points.

    If the first character is longer than `limit`, cut that character.
    """
    if len(text) <= limit:
        return text
    end = 0
    for character in VISIBLE_CHARACTER.finditer(text):
        if character.end() > limit:
            break
        end = character.end()
    return text[: end or max(limit, 0)]
