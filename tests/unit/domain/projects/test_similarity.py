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
def test_titles_differ_slightly__are_similar(other: str) -> None:
    assert find_similar(TITLE, [(4, other)]) == [4]


@pytest.mark.parametrize(
    "other", ["Retire the last bastion host", "Rotate every long-lived key", "", "box", "!?"]
)
def test_titles_differ_a_lot__are_not_similar(other: str) -> None:
    assert find_similar(TITLE, [(4, other)]) == []


def test_other_scripts__titles_are_compared() -> None:
    assert find_similar("Резервные копии в холод", [(1, "резервные копии — в холод")]) == [1]
    assert find_similar("替换最后一个网关", [(1, "替换最后一个网关盒"), (2, "轮换所有密钥")]) == [1]


def test_several_similar__closest_then_oldest_comes_first() -> None:
    others = [(3, "Retire the NAT box"), (2, TITLE), (1, TITLE), (4, "Rotate keys")]
    assert find_similar(TITLE, others) == [1, 2, 3]


@pytest.mark.parametrize(
    ("one", "other", "coefficient"),
    [
        ("night", "nacht", 1 / 4),  # ni ig gh ht, na ac ch ht
        ("night night", "night", 2 / 3),
        ("a", "a b", 2 / 3),  # a word of one letter counts as itself
        ("ab", "ab", 1),
        ("a", "b", 0),
        ("", "!?", 0),
    ],
)
def test_similarity__is_the_dice_coefficient(one: str, other: str, coefficient: float) -> None:
    assert similarity(one, other) == pytest.approx(coefficient)


def test_similarity_at_threshold__is_similar() -> None:
    assert similarity("abcde", "abcdf") == 0.75
    assert find_similar("abcde", [(4, "abcdf")]) == [4]


@given(st.text(), st.text())
def test_any_titles__similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1
