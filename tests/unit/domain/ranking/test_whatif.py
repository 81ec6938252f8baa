"""What-if rankings."""

import pytest

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import rank
from domain.ranking.whatif import missing_from, parse_weights, rank_changes, rerank, with_weights

PEOPLE = ("ana", "ben", "mia")


def moving(number: int, **impacts: int) -> Candidate:
    given = dict.fromkeys(PEOPLE, impacts)
    return Candidate(id=number, title=f"Project {number}", effort_weeks=2, scores=given)


def test_several_weights_can_be_tried_at_once() -> None:
    assert parse_weights("cost 2 security 1.5", DEFAULT_CHARTER) == {"cost": 2, "security": 1.5}
    assert parse_weights("Cost=2, security ×3", DEFAULT_CHARTER) == {"cost": 2, "security": 3}
    assert parse_weights("cost x0.5 security 1000", DEFAULT_CHARTER) == {
        "cost": 0.5,
        "security": 1000,
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Say a value and its weight"),
        ("cots 2", "“cots” is none of the values: security,"),
        ("cost", "Say what cost would weigh: a number above 0"),
        ("cost 0", "Say what cost would weigh"),
        ("cost -1", "Say what cost would weigh"),
        ("cost nan", "Say what cost would weigh"),
        ("cost inf", "Say what cost would weigh"),
        ("cost 1001", "up to 1000"),
        ("cost two", "Say what cost would weigh"),
        (f"{'x' * 60} 2", f"“{'x' * 50}” is none"),
        ("cost 2 cost 3", "Cost is there twice"),
        ("cost 2 security", "Say what security would weigh"),
    ],
)
def test_what_can_not_be_tried_is_told_in_words(text: str, told: str) -> None:
    with pytest.raises(ValueError, match="^" + told if told[0] != "u" else told):
        parse_weights(text, DEFAULT_CHARTER)


def test_a_heavier_value_lifts_what_moves_it_and_each_is_shown_with_its_rank_now() -> None:
    now = rank([moving(1, performance=3), moving(2, cost=2), moving(3, security=-3)])
    then = rerank(now, with_weights(DEFAULT_CHARTER, {"cost": 2}))
    shown = [
        (each.after.candidate.id, each.after.rank, each.rank_before)
        for each in rank_changes(now, then)
    ]
    assert shown == [(2, 1, 2), (1, 2, 1)]


def test_what_burns_burns_on() -> None:
    now = rank([moving(1, performance=3), moving(2, cost=2)], fires=["performance"])
    then = rerank(now, with_weights(DEFAULT_CHARTER, {"cost": 100}))
    assert [each.candidate.id for each in then.projects] == [1, 2]


def test_the_weights_that_are_not_named_stay() -> None:
    changed = with_weights(DEFAULT_CHARTER, {"cost": 2})
    assert [value.weight for value in changed.values] == [3, 3, 1, 1, 2, 1]
    assert [value.weight for value in DEFAULT_CHARTER.values] == [3, 3, 1, 1, 1, 1]


def test_what_comes_in_is_what_was_not_there() -> None:
    first, second, third = rank([moving(n, cost=3) for n in (1, 2, 3)]).projects
    assert missing_from([first, second], [third, second]) == (third,)
