"""What-if rankings with other weights."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter, Value
from domain.ranking.ranking import rank
from domain.ranking.whatif import (
    UnknownValue,
    missing_from,
    parse_weights,
    rank_changes,
    rerank,
    with_weights,
)
from tests.support.strategies import KEYS, boards, charters, fires

PEOPLE = ("ana", "ben", "mia")


def moving(number: int, **impacts: int) -> Candidate:
    scores = dict.fromkeys(PEOPLE, impacts)
    return Candidate(id=number, title=f"Project {number}", effort_weeks=2, scores=scores)


def test_several_weights__are_parsed() -> None:
    assert parse_weights("cost 2 security 1.5", DEFAULT_CHARTER) == {"cost": 2, "security": 1.5}
    assert parse_weights("Cost=2, security ×3", DEFAULT_CHARTER) == {"cost": 2, "security": 3}
    assert parse_weights("cost x0.5 security 1000", DEFAULT_CHARTER) == {
        "cost": 0.5,
        "security": 1000,
    }


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("“cost” 2", {"cost": 2}),
        ("'security' 1,5, cost 0,5", {"security": 1.5, "cost": 0.5}),
        ("cost 2,security 3", {"cost": 2, "security": 3}),
        ("“time to ship” 2", {"ship": 2}),
        ("Time_To_Ship: 2", {"ship": 2}),
    ],
)
def test_quotes_commas_and_spaces__are_understood(text: str, weights: dict[str, float]) -> None:
    ship = Value(key="ship", name="Time to ship", emoji="ship", weight=1)
    assert parse_weights(text, DEFAULT_CHARTER.with_value(ship)) == weights


@given(st.dictionaries(st.sampled_from(DEFAULT_CHARTER.keys), st.integers(1, 1000), min_size=1))
def test_any_weights__are_read_as_written(weights: dict[str, int]) -> None:
    text = " ".join(f"{key} {weight}" for key, weight in weights.items())
    assert parse_weights(text, DEFAULT_CHARTER) == weights


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Which value should get a different weight"),
        ("cost", "Give cost a weight above 0"),
        ("cost 0", "Give cost a weight above 0"),
        ("cost -1", "Give cost a weight above 0"),
        ("cost nan", "Give cost a weight above 0"),
        ("cost inf", "Give cost a weight above 0"),
        ("cost 1001", "up to 1000"),
        ("cost two", "Give cost a weight above 0"),
        ("cost 2 cost 3", "You gave two"),
        ("cost 2 security", "Give security a weight above 0"),
    ],
)
def test_invalid_weights__error_asks_for_them(text: str, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        parse_weights(text, DEFAULT_CHARTER)


@given(st.text())
def test_any_text__is_read_or_raises_value_error(text: str) -> None:
    with suppress(ValueError):
        assert all(0 < weight <= 1000 for weight in parse_weights(text, DEFAULT_CHARTER).values())


def test_word_that_is_no_value__is_named() -> None:
    with pytest.raises(UnknownValue) as error:
        parse_weights("cots 2", DEFAULT_CHARTER)
    assert error.value.name == "cots"


def test_heavier_value__reranks_and_shows_former_ranks() -> None:
    now = rank([moving(1, performance=3), moving(2, cost=2), moving(3, security=-3)])
    then = rerank(now, {"cost": 2})
    changes = [
        (change.after.candidate.id, change.after.rank, change.rank_before)
        for change in rank_changes(now, then)
    ]
    assert changes == [(2, 1, 2), (1, 2, 1)]


def test_fire_burning__still_decides_after_rerank() -> None:
    now = rank([moving(1, performance=3), moving(2, cost=2)], fires=["performance"])
    then = rerank(now, {"cost": 100})
    assert [each.candidate.id for each in then.projects] == [1, 2]


@given(
    boards, charters, fires, st.dictionaries(st.sampled_from(KEYS), st.sampled_from([0.5, 1, 2, 5]))
)
def test_any_weights__rerank_as_if_the_charter_had_them(
    board: tuple[Candidate, ...],
    charter: Charter,
    fires: frozenset[str],
    weights: dict[str, float],
) -> None:
    then = rerank(rank(board, charter, fires), weights)
    anew = rank(board, with_weights(charter, weights), fires)
    assert then == anew
    for again, new in zip(then.projects, anew.projects, strict=True):
        assert (again.explain(str), again.too_close_to) == (new.explain(str), new.too_close_to)


def test_some_weights_changed__others_stay() -> None:
    changed = with_weights(DEFAULT_CHARTER, {"cost": 2})
    assert [value.weight for value in changed.values] == [3, 3, 1, 1, 2, 1]
    assert [value.weight for value in DEFAULT_CHARTER.values] == [3, 3, 1, 1, 1, 1]


def test_new_projects__are_those_missing_before() -> None:
    first, second, third = rank([moving(n, cost=3) for n in (1, 2, 3)]).projects
    assert missing_from([first, second], [third, second]) == (third,)


def test_weight_with_letters_around_it__is_refused() -> None:
    with pytest.raises(ValueError, match="Give cost a weight above 0"):
        parse_weights("cost X2", DEFAULT_CHARTER)


def test_no_weights__asks_for_a_value() -> None:
    with pytest.raises(ValueError, match=r"^Which value should get a different weight\?$"):
        parse_weights(" ", DEFAULT_CHARTER)


def test_unknown_value__says_its_name() -> None:
    with pytest.raises(UnknownValue, match=r"^luck isn't a value$"):
        parse_weights("luck 2", DEFAULT_CHARTER)
