import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.projects.similarity import find_similar, similarity

TITLE = "Retire the last NAT box"


@pytest.mark.parametrize(
    "other",
    [
        "Retire the NAT box",
        "retire the last nat box!",
        "Retire the last NAT boxes",
        "The last NAT box: retire",
        "Retire teh last NAT box",
    ],
)
def test_the_same_in_other_words_is_alike(other: str) -> None:
    assert find_similar(TITLE, [(4, other)]) == [4]


@pytest.mark.parametrize(
    "other", ["Retire the last bastion host", "Rotate every long-lived key", "", "box", "!?"]
)
def test_something_else_is_not(other: str) -> None:
    assert find_similar(TITLE, [(4, other)]) == []


def test_titles_in_any_script_are_compared() -> None:
    assert find_similar("Резервные копии в холод", [(1, "резервные копии — в холод")]) == [1]
    assert find_similar("替换最后一个网关", [(1, "替换最后一个网关盒"), (2, "轮换所有密钥")]) == [1]


def test_the_closest_comes_first_and_the_older_of_equals() -> None:
    others = [(3, "Retire the NAT box"), (2, TITLE), (1, TITLE), (4, "Rotate keys")]
    assert find_similar(TITLE, others) == [1, 2, 3]


@pytest.mark.parametrize(
    ("one", "other", "coefficient"),
    [
        ("night", "nacht", 1 / 4),  # ni ig gh ht, na ac ch ht
        ("night night", "night", 2 / 3),
        ("a", "a b", 2 / 3),  # a word of one letter is what there is of it
        ("ab", "ab", 1),
        ("a", "b", 0),
        ("", "!?", 0),
    ],
)
def test_it_is_the_coefficient_of_their_pairs(one: str, other: str, coefficient: float) -> None:
    assert similarity(one, other) == pytest.approx(coefficient)


def test_three_quarters_in_common_are_alike() -> None:
    assert similarity("abcde", "abcdf") == 0.75
    assert find_similar("abcde", [(4, "abcdf")]) == [4]


@given(st.text(), st.text())
def test_it_is_between_0_and_1_whichever_comes_first(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1
