"""Payback of shipped projects: the expected and actual removal of toil, and impact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.toil.ledger import ToilEntry, is_source_named

MEASURED_AFTER_DAYS = (30, 90)  # days after shipping on which the payback is measured
DAYS_PER_MONTH = 30
MAX_DAYS_AFTER_SHIPPING = 120  # missed measurements aren't made up for later
MIN_BASELINE = timedelta(days=14)  # the shortest time before shipping that can be compared


@dataclass(frozen=True)
class Payback:
    """A source's entries per month, before and after a project shipped.

    `before_per_month` is None if the ledger doesn't go back far enough.
    """

    days_after_shipping: int
    before_per_month: float | None
    after_per_month: float
    promised_per_month: int | None

    @property
    def removed_per_month(self) -> float | None:
        return (
            None if self.before_per_month is None else self.before_per_month - self.after_per_month
        )


def compute_payback(
    entries: Iterable[ToilEntry],
    named: str,
    shipped: datetime,
    days: int,
    *,
    began: datetime | None,
    promised: int | None,
) -> Payback:
    """Compare the sources that `named` names before and after shipping.

    The period before is as long as the one after, or as long as the ledger was kept.
    """
    starts = [entry.started_at for entry in entries if is_source_named(entry.source, [named])]
    span = timedelta(days=days)
    first = max(shipped - span, began or shipped)
    before = sum(first <= at < shipped for at in starts)
    after = sum(shipped <= at < shipped + span for at in starts)
    return Payback(
        days_after_shipping=days,
        before_per_month=_per_month(before, shipped - first)
        if shipped - first >= MIN_BASELINE
        else None,
        after_per_month=_per_month(after, span),
        promised_per_month=promised,
    )


def _per_month(count: int, span: timedelta) -> float:
    return count * (timedelta(days=DAYS_PER_MONTH) / span)


def days_due(shipped: datetime, now: datetime) -> int | None:
    """Return how many days after shipping the latest due measurement is, or None.

    A missed measurement is skipped once the next is due.
    """
    if shipped + timedelta(days=MAX_DAYS_AFTER_SHIPPING) <= now:
        return None
    passed = [days for days in MEASURED_AFTER_DAYS if shipped + timedelta(days=days) <= now]
    return passed[-1] if passed else None


@dataclass(frozen=True)
class Outcome:
    """A person's predicted and observed impacts of a project, by value.

    A prediction is None if the person had no opinion.
    """

    forecast: Mapping[str, int | None]
    observed: Mapping[str, int]


@dataclass(frozen=True)
class ForecastAccuracy:
    """A value's mean predicted and mean observed impact, and the number of answers."""

    value: str
    forecast: float
    observed: float
    answers: int


def forecast_accuracy(
    outcomes: Sequence[Outcome], values: Iterable[str], least: int = 1
) -> tuple[ForecastAccuracy, ...]:
    """Compare forecasts with observations by value, in order.

    Leave out people who had no opinion on a value, and values with fewer than `least` answers.
    """
    rows = []
    for value in values:
        answered = [
            (foreseen, outcome.observed[value])
            for outcome in outcomes
            if value in outcome.observed
            and (foreseen := outcome.forecast.get(value, 0)) is not None
        ]
        if len(answered) >= max(1, least):
            forecast = sum(foreseen for foreseen, _ in answered)
            observed = sum(seen for _, seen in answered)
            count = len(answered)
            rows.append(ForecastAccuracy(value, forecast / count, observed / count, count))
    return tuple(rows)
