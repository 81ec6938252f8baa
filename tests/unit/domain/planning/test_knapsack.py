from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.planning.knapsack import solve_knapsack

items = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 50)), max_size=8)


def test_equal_choices__prefers_earlier_items() -> None:
    assert solve_knapsack([2, 2, 2], [5, 5, 5], 4) == [0, 1]


def test_more_of_a_size_than_fit__chooses_best_then_earlier() -> None:
    assert solve_knapsack([2, 2, 2, 2, 2], [1, 5, 5, 9, 5], 5) == [1, 3]


def test_size_without_a_worth__is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        solve_knapsack([2, 2], [5], 4)


@given(items, st.integers(0, 30))
def test_any_items__result_equals_brute_force(items: list[tuple[int, int]], room: int) -> None:
    chosen = solve_knapsack([size for size, _ in items], [worth for _, worth in items], room)

    def size_and_worth(indices: Sequence[int]) -> tuple[int, int]:
        picked = [items[index] for index in indices]
        return sum(size for size, _ in picked), sum(worth for _, worth in picked)

    every_choice = [
        size_and_worth(choice)
        for count in range(len(items) + 1)
        for choice in combinations(range(len(items)), count)
    ]
    size, worth = size_and_worth(chosen)
    assert chosen == sorted(set(chosen))
    assert size <= room
    assert worth == max(worth for size, worth in every_choice if size <= room)
