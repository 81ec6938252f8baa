"""The characters that readers see: a letter and its accents, a family, a flag.

See https://unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries.
"""

import regex

VISIBLE_CHARACTER = regex.compile(r"\X")


def cut(text: str, limit: int) -> str:
    """Return as much of the text as fits in `limit` code points, without a part of a character.

    A single character that is longer than `limit` is cut.
    """
    if len(text) <= limit:
        return text
    end = 0
    for character in VISIBLE_CHARACTER.finditer(text):
        if character.end() > limit:
            break
        end = character.end()
    return text[: end or max(limit, 0)]
