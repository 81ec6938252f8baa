"""Toil paybacks and forecast accuracy of shipped projects."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.toil.ledger import ToilEntry, ToilType
from domain.toil.payback import (
    ForecastAccuracy,
    Outcome,
    Payback,
    compute_payback,
    days_due,
    forecast_accuracy,
)

SHIPPED = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
LONG_AGO = SHIPPED - timedelta(days=365)


def entries_after(*days: float, source: str = "db-primary") -> list[ToilEntry]:
    """Return an entry for each number of days after shipping."""
    return [ToilEntry(ToilType.PAGE, source, 5, SHIPPED + timedelta(days=day)) for day in days]


def payback(
    entries: list[ToilEntry], days: int = 30, *, began: datetime | None = LONG_AGO
) -> Payback:
    return compute_payback(entries, "pages from db-primary", SHIPPED, days, began=began, promised=6)


def test_month_after_shipping__is_compared_with_month_before() -> None:
    result = payback(
        [
            *entries_after(-1, -2, -29, 1),
            *entries_after(-3, source="other"),
            *entries_after(-31, 30),
        ]
    )
    assert result == Payback(
        days_after_shipping=30, before_per_month=3, after_per_month=1, promised_per_month=6
    )
    assert result.removed_per_month == 2


def test_ninety_days__are_counted_per_month() -> None:
    result = payback(entries_after(-1, -40, -80, -2, -3, -4, 80), days=90)
    assert result.before_per_month == 2
    assert result.after_per_month == pytest.approx(1 / 3)


def test_ledger_started_late__baseline_is_shorter_or_missing() -> None:
    began = SHIPPED - timedelta(days=15)
    assert payback(entries_after(-1, -2), began=began).before_per_month == 4
    late = payback(entries_after(-1, -2), began=SHIPPED - timedelta(days=13))
    assert late.before_per_month is None
    assert late.removed_per_month is None
    assert payback([], began=None).before_per_month is None


def test_entry_at_shipping__counts_as_after() -> None:
    result = payback(entries_after(0))
    assert (result.before_per_month, result.after_per_month) == (0, 1)


@given(st.lists(st.integers(-100, 100)))
def test_entries_reversed__payback_is_the_same(days: list[int]) -> None:
    assert payback(entries_after(*days)) == payback(entries_after(*reversed(days)))


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, None), (29.9, None), (30, 30), (89.9, 30), (90, 90), (119.9, 90), (120, None)],
)
def test_days_since_shipping__decide_which_measurement_is_due(days: float, due: int | None) -> None:
    assert days_due(SHIPPED, SHIPPED + timedelta(days=days)) == due


def test_outcomes__mean_forecast_is_beside_mean_observation() -> None:
    outcomes = [
        Outcome({"cost": 3, "security": 1}, {"cost": 1, "security": 1}),
        Outcome({"cost": 1}, {"cost": 2}),
        Outcome({"cost": 2}, {"cost": 0}),
    ]
    assert forecast_accuracy(outcomes, ["security", "cost", "efficiency"]) == (
        ForecastAccuracy("security", 1, 1, 1),
        ForecastAccuracy("cost", 2, 1, 3),
    )
    assert [row.value for row in forecast_accuracy(outcomes, ["security", "cost"], least=2)] == [
        "cost"
    ]
    assert forecast_accuracy([], ["cost"], least=0) == ()


def test_entry_at_the_edge_of_a_period__is_counted() -> None:
    assert payback(entries_after(-30, 30)).before_per_month == 1
    assert payback(
        entries_after(-1), began=SHIPPED - timedelta(days=14)
    ).before_per_month == pytest.approx(30 / 14)


def test_value_without_forecast__counts_as_zero_forecast() -> None:
    [accuracy] = forecast_accuracy(
        [Outcome({}, {"cost": 2}), Outcome({"cost": 2}, {"cost": 2})], ["cost"]
    )
    assert (accuracy.forecast, accuracy.observed) == (1, 2)
