import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.projects.similarity import find_similar

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
    ("one", "other"),
    [
        ("abcde", "abcdf"),  # 3 of 4 pairs: 3/4
        ("a b c", "a b c d"),  # a word of one letter counts as itself: 6/7
        ("night night", "night night light"),  # repeated pairs count: 4/5
    ],
)
def test_similarity_at_threshold__is_similar(one: str, other: str) -> None:
    assert find_similar(one, [(4, other)]) == [4]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("abcdefghijklmno", "abcdefghijk1234"),  # 10 of 14 pairs: 5/7
        ("night night", "night"),  # repeated pairs count: 2/3
        ("a", "a b"),  # 2/3
        ("a", "b"),
        ("", "!?"),
    ],
)
def test_similarity_below_threshold__is_not_similar(one: str, other: str) -> None:
    assert find_similar(one, [(4, other)]) == []


@given(st.text(), st.text())
def test_any_titles__similarity_is_symmetric(one: str, other: str) -> None:
    assert find_similar(one, [(1, other)]) == find_similar(other, [(1, one)])


@given(st.text(alphabet="ab c", min_size=1).filter(str.strip))
def test_any_title__is_similar_to_itself(title: str) -> None:
    assert find_similar(title, [(1, title)]) == [1]
