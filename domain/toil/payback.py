"""What shipped: the toil it was to remove and did, the values it was to move and did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.toil.ledger import Entry, is_named

AFTER_DAYS = (30, 90)  # of shipping, it is looked at what became of it
MONTH_DAYS = 30
LATEST_DAYS = 120  # what could not be looked at by then is not looked at any more
LEAST_BEFORE = timedelta(days=14)  # that the ledger must know of, to compare with


@dataclass(frozen=True)
class Payback:
    """Entries of a source in a month before shipping, and in a month since.

    `before` is None if the ledger was not kept for long enough by then.
    """

    days: int  # since shipping
    before: float | None
    since: float
    promised: int | None

    @property
    def removed(self) -> float | None:
        return None if self.before is None else self.before - self.since


def payback(
    entries: Iterable[Entry],
    named: str,
    shipped: datetime,
    days: int,
    *,
    began: datetime | None,
    promised: int | None,
) -> Payback:
    """Of the sources that `named` names, as long before shipping as after it, or as is known."""
    ours = [each.at for each in entries if is_named(each.source, [named])]
    span = timedelta(days=days)
    first = max(shipped - span, began or shipped)
    before = sum(first <= at < shipped for at in ours)
    since = sum(shipped <= at < shipped + span for at in ours)
    return Payback(
        days=days,
        before=_a_month(before, shipped - first) if shipped - first >= LEAST_BEFORE else None,
        since=_a_month(since, span),
        promised=promised,
    )


def _a_month(count: int, span: timedelta) -> float:
    return count * (timedelta(days=MONTH_DAYS) / span)


def looks_due(shipped: datetime, now: datetime) -> int | None:
    """The latest look that is due; one that was missed and is overtaken comes no more."""
    if shipped + timedelta(days=LATEST_DAYS) <= now:
        return None
    passed = [days for days in AFTER_DAYS if shipped + timedelta(days=days) <= now]
    return passed[-1] if passed else None


@dataclass(frozen=True)
class Outcome:
    """What one person foresaw of a project, and what they saw afterwards, by value."""

    foreseen: Mapping[str, int]
    seen: Mapping[str, int]


@dataclass(frozen=True)
class Foresight:
    """A value's mean impact as it was foreseen and as it was seen, over so many answers."""

    value: str
    foreseen: float
    seen: float
    answers: int


def foresight(
    outcomes: Sequence[Outcome], values: Iterable[str], least: int = 1
) -> tuple[Foresight, ...]:
    """By value, in that order; a value with fewer answers than `least` is left out."""
    found = []
    for value in values:
        answered = [each for each in outcomes if value in each.seen]
        if len(answered) >= max(1, least):
            foreseen = sum(each.foreseen.get(value, 0) for each in answered)
            seen = sum(each.seen[value] for each in answered)
            count = len(answered)
            found.append(Foresight(value, foreseen / count, seen / count, count))
    return tuple(found)
