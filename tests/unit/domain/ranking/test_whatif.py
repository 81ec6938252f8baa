"""What-if rankings with other weights."""

import pytest

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import rank
from domain.ranking.whatif import missing_from, parse_weights, rank_changes, rerank, with_weights

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
    ("text", "error"),
    [
        ("", "Enter a value and its weight"),
        ("cots 2", "“cots” isn't a value. Values: security,"),
        ("cost", "Enter a weight for cost: a number above 0"),
        ("cost 0", "Enter a weight for cost"),
        ("cost -1", "Enter a weight for cost"),
        ("cost nan", "Enter a weight for cost"),
        ("cost inf", "Enter a weight for cost"),
        ("cost 1001", "up to 1000"),
        ("cost two", "Enter a weight for cost"),
        (f"{'x' * 60} 2", f"“{'x' * 50}” isn't a value"),
        ("cost 2 cost 3", "Cost is repeated"),
        ("cost 2 security", "Enter a weight for security"),
    ],
)
def test_invalid_weights__error_says_why(text: str, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        parse_weights(text, DEFAULT_CHARTER)


def test_heavier_value__reranks_and_shows_former_ranks() -> None:
    now = rank([moving(1, performance=3), moving(2, cost=2), moving(3, security=-3)])
    then = rerank(now, with_weights(DEFAULT_CHARTER, {"cost": 2}))
    changes = [
        (change.after.candidate.id, change.after.rank, change.rank_before)
        for change in rank_changes(now, then)
    ]
    assert changes == [(2, 1, 2), (1, 2, 1)]


def test_fire_burning__still_decides_after_rerank() -> None:
    now = rank([moving(1, performance=3), moving(2, cost=2)], fires=["performance"])
    then = rerank(now, with_weights(DEFAULT_CHARTER, {"cost": 100}))
    assert [each.candidate.id for each in then.projects] == [1, 2]


def test_some_weights_changed__others_stay() -> None:
    changed = with_weights(DEFAULT_CHARTER, {"cost": 2})
    assert [value.weight for value in changed.values] == [3, 3, 1, 1, 2, 1]
    assert [value.weight for value in DEFAULT_CHARTER.values] == [3, 3, 1, 1, 1, 1]


def test_new_projects__are_those_missing_before() -> None:
    first, second, third = rank([moving(n, cost=3) for n in (1, 2, 3)]).projects
    assert missing_from([first, second], [third, second]) == (third,)
