import pytest
from pydantic import ValidationError

from values.charter import DEFAULT_CHARTER, IMPACTS, Charter, Value

SECURITY = {"key": "security", "emoji": "lock", "weight": 3}
COST = {"key": "cost", "emoji": "moneybag", "weight": 1}


def test_security_and_availability_are_number_one_and_count_three_times() -> None:
    number_ones = {value.key: value.weight for value in DEFAULT_CHARTER.values if value.number_one}
    assert number_ones == {"security": 3, "availability": 3}


def test_every_value_says_what_the_most_impact_looks_like() -> None:
    assert all(value.rubric.startswith("+3: ") for value in DEFAULT_CHARTER.values)


def test_impacts_run_from_unacceptable_to_moving_the_needle() -> None:
    assert sorted(IMPACTS) == [-3, -2, -1, 0, 1, 2, 3]
    assert (IMPACTS[-3], IMPACTS[3]) == ("unacceptable", "moves the needle")


def test_a_label_is_the_key_as_people_write_it() -> None:
    assert Value(key="time_to_ship", emoji="ship", weight=1).label == "Time to ship"


def test_a_charter_survives_being_written_and_read() -> None:
    assert Charter.model_validate_json(DEFAULT_CHARTER.model_dump_json()) == DEFAULT_CHARTER


@pytest.mark.parametrize(
    "change",
    [
        {"key": "Security"},
        {"key": "1st"},
        {"key": "a" * 31},
        {"emoji": "two words"},
        {"emoji": "<!channel>"},
        {"emoji": "a*b"},
        {"emoji": ""},
        {"emoji": "thumbsup"},
        {"weight": 0},
        {"weight": -1},
        {"weight": float("nan")},
        {"weight": float("inf")},
        {"weight": True},
        {"weight": "3"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_value_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    Value.model_validate(SECURITY)
    with pytest.raises(ValidationError):
        Value.model_validate(SECURITY | change)


@pytest.mark.parametrize(
    "change",
    [
        {"values": [SECURITY]},
        {"values": [SECURITY, SECURITY | {"emoji": "key"}]},
        {"values": [SECURITY, COST | {"emoji": "lock"}]},
        {"values": [COST | {"key": f"v{n}", "emoji": f"e{n}"} for n in range(9)]},
        {"prior_people": -1},
        {"moves_at": 0},
        {"breadth_bonus": -0.1},
        {"breadth_bonus": float("nan")},
        {"quorum": 0},
        {"quorum": 2.5},
        {"quick_impact": 4},
        {"mood": "good"},
    ],
    ids=str,
)
def test_a_charter_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Charter.model_validate(change)
