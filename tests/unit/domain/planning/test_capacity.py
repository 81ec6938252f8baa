"""Capacity, where its numbers come from, and how much of it is committed."""

from datetime import date
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.quarter import Quarter
from domain.planning.capacity import (
    Budget,
    Capacity,
    PeopleSource,
    TeamSize,
    round_up_to_half_weeks,
)

people = st.integers(1, 100).map(lambda halves: halves / 2)
weeks = st.integers(0, 140).map(lambda tenths: tenths / 10)
shares = st.integers(0, 1000).map(lambda per_mille: per_mille / 1000)
efforts = st.floats(0, 26, allow_nan=False)
capacities = st.builds(Capacity, people, weeks, weeks_away=weeks, planned_share=shares)


@pytest.mark.parametrize(
    ("capacity", "engineer_weeks", "calculation"),
    [
        (
            Capacity(8, 13),
            85,
            "8 people × 13 weeks × 82 % planned = 85 engineer-weeks, rounded down",
        ),
        (
            Capacity(6, 13.2, weeks_away=11.2, planned_share=0.75),
            51,
            "(6 people × 13.2 weeks − 11.2 weeks away) × 75 % planned = 51 engineer-weeks",
        ),
        (
            Capacity(1, 13, weeks_away=1),
            9.5,
            "(1 person × 13 weeks − 1 week away) × 82 % planned = 9.5 engineer-weeks, rounded down",
        ),
        (
            Capacity(2, 1, planned_share=0.5),
            1,
            "2 people × 1 week × 50 % planned = 1 engineer-week",
        ),
        (
            Capacity(2, 2, weeks_away=9),
            0,
            "(2 people × 2 weeks − 9 weeks away) × 82 % planned is below 0, so the capacity is 0"
            " engineer-weeks",
        ),
    ],
)
def test_capacity__shows_its_calculation(
    capacity: Capacity, engineer_weeks: float, calculation: str
) -> None:
    assert capacity.engineer_weeks == engineer_weeks
    assert capacity.calculation == calculation


def test_commit_on_29_november__counts_the_weeks_that_are_left() -> None:
    left = Quarter(2026, 4).weeks_left(date(2026, 11, 29))
    assert left == 4.8  # 24 weekdays from Monday, 30 November, to Thursday, 31 December
    assert Capacity(5, left).engineer_weeks == 19.5  # and not 53


@given(capacities)
def test_capacity__is_in_half_weeks_and_never_more_than_exact(capacity: Capacity) -> None:
    exact = (capacity.people * capacity.weeks - capacity.weeks_away) * capacity.planned_share
    assert capacity.engineer_weeks * 2 == floor(capacity.engineer_weeks * 2)
    assert max(0, exact) - 0.5 < capacity.engineer_weeks <= max(0, exact) + 1e-9


@given(capacities, st.lists(efforts), st.lists(efforts))
def test_budget__is_on_one_basis(
    capacity: Capacity, carried_over: list[float], added: list[float]
) -> None:
    budget = Budget.of(capacity, carried_over, added)
    assert budget.capacity == capacity.engineer_weeks
    assert budget.committed == budget.carried_over + budget.added
    assert budget.capacity == budget.committed + budget.free
    assert all(amount * 2 == floor(amount * 2) for amount in vars(budget).values())
    assert budget == Budget.of(capacity, carried_over[::-1], added[::-1])


@given(efforts)
def test_effort__is_rounded_up_to_half_weeks(effort: float) -> None:
    rounded = round_up_to_half_weeks(effort)
    assert rounded * 2 == floor(rounded * 2)
    assert effort - 1e-9 <= rounded < effort + 0.5 or (effort > 0 and rounded == 0.5)
    assert (rounded > 0) is (effort > 0)


@pytest.mark.parametrize(
    ("effort", "rounded"),
    [(0, 0), (1e-12, 0.5), (0.5, 0.5), (0.1 + 0.4, 0.5), (0.51, 1), (3, 3), (2.9999999999999, 3)],
)
def test_effort__takes_half_weeks(effort: float, rounded: float) -> None:
    assert round_up_to_half_weeks(effort) == rounded


def test_float_error_in_capacity__is_not_lost_time() -> None:
    # 0.7 − 0.4 is 0.29999999999999993.
    assert Capacity(1, 10, planned_share=0.7 - 0.4).engineer_weeks == 3


@pytest.mark.parametrize(
    ("setting", "active", "size"),
    [
        (None, [], TeamSize(1, PeopleSource.ACTIVITY)),
        (None, ["U1"], TeamSize(1, PeopleSource.ACTIVITY)),
        (None, ["U1", "U2", "U3"], TeamSize(3, PeopleSource.ACTIVITY)),
        (0.5, ["U1", "U2", "U3"], TeamSize(0.5, PeopleSource.SETTING)),
    ],
)
def test_people__come_from_the_setting_or_from_activity(
    setting: float | None, active: list[str], size: TeamSize
) -> None:
    assert TeamSize.of(setting, active) == size
