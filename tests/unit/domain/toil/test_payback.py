"""Paybacks and outcomes of shipped projects."""

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


def came(*days: float, source: str = "db-primary") -> list[ToilEntry]:
    """Return entries from these days after shipping."""
    return [ToilEntry(ToilType.PAGE, source, 5, SHIPPED + timedelta(days=day)) for day in days]


def look(entries: list[ToilEntry], days: int = 30, *, began: datetime | None = LONG_AGO) -> Payback:
    return compute_payback(entries, "pages from db-primary", SHIPPED, days, began=began, promised=6)


def test_a_month_before_is_compared_with_a_month_since() -> None:
    seen = look([*came(-1, -2, -29, 1), *came(-3, source="other"), *came(-31, 30)])
    assert seen == Payback(
        days_after_shipping=30, before_per_month=3, after_per_month=1, promised_per_month=6
    )
    assert seen.removed_per_month == 2


def test_three_months_are_counted_by_the_month() -> None:
    seen = look(came(-1, -40, -80, -2, -3, -4, 80), days=90)
    assert seen.before_per_month == 2
    assert seen.after_per_month == pytest.approx(1 / 3)


def test_a_ledger_that_began_late_is_compared_by_what_it_knows() -> None:
    began = SHIPPED - timedelta(days=15)
    assert look(came(-1, -2), began=began).before_per_month == 4
    late = look(came(-1, -2), began=SHIPPED - timedelta(days=13))
    assert late.before_per_month is None
    assert late.removed_per_month is None
    assert look([], began=None).before_per_month is None


def test_the_moment_of_shipping_is_after_it() -> None:
    seen = look(came(0))
    assert (seen.before_per_month, seen.after_per_month) == (0, 1)


@given(st.lists(st.integers(-100, 100)))
def test_the_order_of_entries_does_not_matter(days: list[int]) -> None:
    assert look(came(*days)) == look(came(*reversed(days)))


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, None), (29.9, None), (30, 30), (89.9, 30), (90, 90), (119.9, 90), (120, None)],
)
def test_it_is_looked_at_after_thirty_and_after_ninety_days(days: float, due: int | None) -> None:
    assert days_due(SHIPPED, SHIPPED + timedelta(days=days)) == due


def test_what_was_foreseen_stands_beside_what_was_seen() -> None:
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


def test_both_ends_of_what_is_compared_belong_to_it() -> None:
    assert look(came(-30, 30)).before_per_month == 1
    assert look(came(-1), began=SHIPPED - timedelta(days=14)).before_per_month == pytest.approx(
        30 / 14
    )


def test_a_value_that_nobody_foresaw_was_foreseen_to_stay() -> None:
    [seen] = forecast_accuracy(
        [Outcome({}, {"cost": 2}), Outcome({"cost": 2}, {"cost": 2})], ["cost"]
    )
    assert (seen.forecast, seen.observed) == (1, 2)
