"""Similarity of titles: the Sørensen–Dice coefficient of their letter pairs.

Pairs are within words, so the order of words and plurals matter little. The cost is linear in the
number of titles.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

MIN_SIMILARITY = 0.75


def find_similar(title: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Return the numbers of the (number, title) pairs that are very similar, most similar first."""
    pairs = _letter_pairs(title)
    scored = [(_dice(pairs, _letter_pairs(other)), number) for number, other in others]
    return [number for score, number in sorted(scored, key=_closest) if score >= MIN_SIMILARITY]


def _closest(scored: tuple[float, int]) -> tuple[float, int]:
    score, number = scored
    return (-score, number)


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _letter_pairs(title: str) -> Counter[str]:
    """Count pairs of adjacent letters. A word of one letter counts as itself."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", title).casefold())
    return Counter(word[at : at + 2] for word in words for at in range(max(len(word) - 1, 1)))
