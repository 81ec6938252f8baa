"""Exact 0/1 knapsack: the selection of items with the highest total value that fits a capacity."""

from collections import defaultdict
from collections.abc import Sequence


def solve_knapsack(sizes: Sequence[int], worths: Sequence[int], room: int) -> list[int]:
    """Return the indices, ascending, of the items that fit and are worth the most together.

    Sizes are at least 1. Of equally good choices, prefer earlier items. Uses dynamic programming
    over whole sizes: time and bytes of memory both grow with items × room, where room beyond the
    sum of all sizes costs nothing, and of each size only as many items count as fit. A quarter's
    plan with 100 projects and 85 weeks (170 half weeks) takes at most 17,000 steps.
    """
    room = min(room, sum(sizes))
    considered = _indices_that_may_be_chosen(sizes, worths, room)
    best = [0] * (room + 1)
    taken_at = []
    for index in considered:
        size, worth = sizes[index], worths[index]
        taken = bytearray(room + 1)
        for space in range(room, size - 1, -1):  # from the top, so that an item is taken only once
            if best[space - size] + worth > best[space]:
                best[space] = best[space - size] + worth
                taken[space] = True
        taken_at.append(taken)
    chosen = []
    for index, taken in zip(reversed(considered), reversed(taken_at), strict=True):
        if taken[room]:
            chosen.append(index)
            room -= sizes[index]
    return chosen[::-1]


def _indices_that_may_be_chosen(
    sizes: Sequence[int], worths: Sequence[int], room: int
) -> list[int]:
    """Return the indices, ascending, of the items worth most of each size: as many as fit together.

    An item of which so many of its size are better, or as good and earlier, is never chosen: one of
    them is left out and could take its place.
    """
    by_size: dict[int, list[int]] = defaultdict(list)
    for index, (size, _) in enumerate(zip(sizes, worths, strict=True)):
        by_size[size].append(index)
    return sorted(
        index
        for size, indices in by_size.items()
        for index in sorted(indices, key=lambda index: -worths[index])[: room // size]
    )
