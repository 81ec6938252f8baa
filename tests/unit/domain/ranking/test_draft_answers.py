"""Answers to a charter draft, from buttons and reactions in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ranking.draft_answers import AnswerAct, answer_of, current_answers

PEOPLE = st.sampled_from(["U1", "U2", "U3"])
TIMES = st.integers(1, 20)
BUTTONS = st.builds(AnswerAct, PEOPLE, st.booleans(), TIMES, st.sampled_from([True]))
REACTIONS = st.builds(AnswerAct, PEOPLE, st.booleans(), TIMES | st.none(), st.sampled_from([False]))
ACTS = st.lists(BUTTONS | REACTIONS, max_size=12)


def reaction(at: int | None, *, agrees: bool) -> AnswerAct:
    return AnswerAct("U1", agrees, at)


def button(at: int, *, agrees: bool) -> AnswerAct:
    return AnswerAct("U1", agrees, at, is_button=True)


@pytest.mark.parametrize(
    ("name", "agrees"),
    [
        ("white_check_mark", True),
        ("hand", False),
        ("raised_hand::skin-tone-3", False),
        ("+1", None),
        ("heavy_check_mark", None),
    ],
)
def test_reaction__is_an_answer_or_not(name: str, agrees: bool | None) -> None:  # noqa: FBT001 — parametrized
    assert answer_of(name) is agrees


@pytest.mark.parametrize(
    ("acts", "agrees"),
    [
        ([reaction(1, agrees=True), reaction(2, agrees=False)], False),
        ([reaction(2, agrees=True), reaction(1, agrees=False)], True),
        ([button(1, agrees=True), reaction(2, agrees=False)], False),
        ([button(2, agrees=True), reaction(1, agrees=False)], True),
        ([button(1, agrees=True), reaction(None, agrees=False)], True),
        ([reaction(None, agrees=True), reaction(None, agrees=False)], False),
        ([reaction(5, agrees=True), reaction(None, agrees=False)], False),
        ([reaction(5, agrees=False), reaction(None, agrees=True)], False),
        ([reaction(5, agrees=True), reaction(5, agrees=False)], False),
        ([button(5, agrees=True), button(5, agrees=False)], False),
        ([button(1, agrees=False), reaction(2, agrees=True), reaction(None, agrees=False)], False),
    ],
)
def test_several_acts__one_counts(acts: list[AnswerAct], *, agrees: bool) -> None:
    assert current_answers(acts) == {"U1": agrees}


@given(ACTS, st.randoms())
def test_order_and_repetition__do_not_matter(acts: list[AnswerAct], random: object) -> None:
    shuffled = [*acts, *acts[::2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert list(current_answers(shuffled).items()) == list(current_answers(acts).items())


@given(ACTS)
def test_everyone_who_acted__has_one_answer_of_their_own(acts: list[AnswerAct]) -> None:
    answers = current_answers(acts)
    assert answers.keys() == {act.person for act in acts}
    for person, agrees in answers.items():
        assert agrees in {act.agrees for act in acts if act.person == person}


@given(ACTS, st.booleans())
def test_latest_button__always_counts(acts: list[AnswerAct], agrees: bool) -> None:  # noqa: FBT001 — drawn
    assert current_answers([*acts, button(21, agrees=agrees)])["U1"] is agrees


@given(ACTS)
def test_other_people__change_nothing(acts: list[AnswerAct]) -> None:
    alone = [act for act in acts if act.person == "U1"]
    assert current_answers(acts).get("U1") == current_answers(alone).get("U1")
