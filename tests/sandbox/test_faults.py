"""Faults on demand: which calls they meet, and how often."""

from typing import Any

import pytest

from sandbox.faults import LONGEST_HANG, Fault, Faults
from sandbox.refusal import Refused


@pytest.fixture
def faults() -> Faults:
    return Faults()


def met(faults: Faults, *methods: str) -> list[str]:
    """Of these calls, one after another, those that meet a fault: by its error, or "-"."""
    return [fault.error if (fault := faults.take(method)) else "-" for method in methods]


def test_a_fault_meets_the_next_call_of_its_method_alone(faults: Faults) -> None:
    faults.add({"method": "chat.update", "error": "fatal_error"})
    assert met(faults, "chat.postMessage", "chat.update", "chat.update") == [
        "-",
        "fatal_error",
        "-",
    ]


def test_it_meets_as_many_calls_as_told(faults: Faults) -> None:
    faults.add({"method": "chat.update", "error": "a", "times": 2})
    assert met(faults, *["chat.update"] * 3) == ["a", "a", "-"]


def test_a_star_meets_any_method(faults: Faults) -> None:
    faults.add({"method": "*", "error": "a", "times": 2})
    assert met(faults, "chat.update", "users.info", "users.info") == ["a", "a", "-"]


def test_faults_come_in_the_order_in_which_they_were_asked_for(faults: Faults) -> None:
    for error in "ab":
        faults.add({"method": "chat.update", "error": error})
    assert met(faults, *["chat.update"] * 3) == ["a", "b", "-"]


def test_chance_falls_the_same_way_for_the_same_seed() -> None:
    drawn = []
    for seed in (1, 1, 2):
        faults = Faults()
        faults.add({"method": "*", "error": "a", "times": 50, "probability": 0.5, "seed": seed})
        drawn.append(met(faults, *["users.info"] * 50))
    assert drawn[0] == drawn[1] != drawn[2]
    assert 10 < drawn[0].count("a") < 40


@pytest.mark.parametrize(
    "given",
    [
        {"times": 0},
        {"probability": 0},
        {"probability": 1.1},
        {"hang": -1},
        {"hang": LONGEST_HANG + 1},
        {"sometimes": True},
    ],
    ids=str,
)
def test_a_fault_that_makes_no_sense_is_refused(faults: Faults, given: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="invalid_arguments"):
        faults.add({"method": "chat.update", "error": "a"} | given)
    assert met(faults, "chat.update") == ["-"]


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        (Fault("*", error="fatal_error"), True),
        (Fault("*", status=500), True),
        (Fault("*", hang=0.1), False),
    ],
)
def test_a_fault_that_is_only_late_leaves_slacks_own_answer(fault: Fault, *, answers: bool) -> None:
    assert fault.answers == answers


def test_it_answers_with_its_status_error_and_when_to_try_again() -> None:
    answer = Fault("*", status=429, error="ratelimited", retry_after=7).answer()
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "7"
    assert answer.body == b'{"ok":false,"error":"ratelimited"}'
    assert "Retry-After" not in Fault("*", status=500).answer().headers
