"""Where text may be cut: between the characters that readers see.

One of them can be several code points: a letter and its accents, a family, a flag. The rules are
those of https://unicode.org/reports/tr29/#Grapheme_Cluster_Boundary_Rules. Python has no function
for them, and the ones that Needle meets fit in a page. What this leaves out only cuts too early:
prepended marks (GB9b) and conjuncts of Indic scripts (GB9c).
"""

import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
TAGS = range(0xE0020, 0xE0080)  # in flags of regions, such as Scotland's
REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)  # two make a country's flag
HANGUL_VOWELS_AND_ENDINGS = range(0x1160, 0x1200)
HANGUL = (range(0x1100, 0x1200), range(0xAC00, 0xD7A4))


def cut(text: str, limit: int) -> str:
    """Return as much of the text as fits in `limit` code points, without a part of a character.

    A single character that is longer than `limit` is cut.
    """
    if len(text) <= limit:
        return text
    end = max(limit, 0)
    while end and not _can_end(text, end):
        end -= 1
    return text[: end or limit]


def _can_end(text: str, at: int) -> bool:
    """Return whether a visible character ends before the code point at `at`."""
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return False
    if before == ZERO_WIDTH_JOINER or _extends(after):
        return False
    if ord(after) in REGIONAL_INDICATORS:
        return _indicators_before(text, at) % 2 == 0
    return not (
        ord(after) in HANGUL_VOWELS_AND_ENDINGS and any(ord(before) in part for part in HANGUL)
    )


def _extends(character: str) -> bool:
    """Return whether the character belongs to the one before it."""
    return (
        character == ZERO_WIDTH_JOINER
        or ord(character) in SKIN_TONES
        or ord(character) in TAGS
        or unicodedata.category(character).startswith("M")
    )


def _indicators_before(text: str, at: int) -> int:
    start = at
    while start and ord(text[start - 1]) in REGIONAL_INDICATORS:
        start -= 1
    return at - start
