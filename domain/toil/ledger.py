"""The toil ledger's arithmetic: what work that nobody planned costs, and where it comes from."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, ConfigDict, Field
from pydantic.dataclasses import dataclass as checked

from domain.calendar.working_hours import WorkingHours

USUAL_SHARE = 0.82  # of the time is left for planned work, until a ledger says otherwise
MEASURED_AFTER = timedelta(weeks=4)
FREQUENT = 5  # entries of one source in four weeks: a project should remove it
TREND_WEEKS = 8
BARS = "▁▂▃▄▅▆▇█"
LONGEST_SOURCE = 100
LONGEST_NOTE = 500
MOST_MINUTES = 7 * 24 * 60


class Kind(StrEnum):
    """What interrupted planned work."""

    PAGE = "page"
    BUG = "bug"
    INTERRUPT = "interrupt"


@checked(frozen=True, config=ConfigDict(str_strip_whitespace=True))
class Entry:
    """One line of the ledger. It counts as out of hours by when it started."""

    kind: Kind
    source: Annotated[str, Field(min_length=1, max_length=LONGEST_SOURCE)]
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)]
    at: AwareDatetime
    out_of_hours: bool = False
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


@dataclass(frozen=True)
class Span:
    """Days of a team's own calendar, from the first up to, and without, `after`."""

    first: date
    after: date

    @property
    def days(self) -> int:
        return max(0, (self.after - self.first).days)


@dataclass(frozen=True)
class Source:
    """Where toil comes from, as it was last spelled, and how often and how long."""

    name: str
    entries: int
    minutes: int


@dataclass(frozen=True)
class Week:
    """A week of the trend, by its Monday."""

    monday: date
    pages: int
    nights: int
    minutes: int


@dataclass(frozen=True)
class Summary:
    """What a span of days cost. `planned_share` is None until it can be measured."""

    days: int  # those on which the ledger was kept
    entries: int
    pages: int
    pages_out_of_hours: int
    nights: int  # that pages disturbed, each counted once
    minutes: int
    planned_share: float | None
    sources: tuple[Source, ...]  # the most frequent first

    @property
    def nights_slept_through(self) -> int:
        return self.days - self.nights


def summary(
    entries: Sequence[Entry], hours: WorkingHours, people: float, span: Span, since: date | None
) -> Summary:
    """Of the entries that lie in the span; `since` is the day of the ledger's first entry."""
    within = [each for each in entries if span.first <= day_of(each, hours) < span.after]
    pages = [each for each in within if each.kind is Kind.PAGE]
    kept = 0 if since is None else Span(max(span.first, since), span.after).days
    return Summary(
        days=kept,
        entries=len(within),
        pages=len(pages),
        pages_out_of_hours=sum(each.out_of_hours for each in pages),
        nights=_nights(pages, hours),
        minutes=sum(each.minutes for each in within),
        planned_share=planned_share(within, hours, people, span, since),
        sources=by_source(within),
    )


def planned_share(
    entries: Sequence[Entry], hours: WorkingHours, people: float, span: Span, since: date | None
) -> float | None:
    """What toil left of the working time since the ledger began; None before four weeks of it."""
    if since is None:
        return None
    first = max(span.first, since)
    if span.after - first < MEASURED_AFTER or people <= 0:
        return None
    toil = sum(each.minutes for each in entries if first <= day_of(each, hours) < span.after)
    return max(0.0, 1 - toil / (people * hours.minutes_in(first, span.after)))


def trend(
    entries: Sequence[Entry], hours: WorkingHours, today: date, weeks: int = TREND_WEEKS
) -> tuple[Week, ...]:
    """The last weeks, the current one last, however little of it has passed."""
    this_monday = today - timedelta(days=today.weekday())
    by_monday: dict[date, list[Entry]] = defaultdict(list)
    for each in entries:
        day = day_of(each, hours)
        by_monday[day - timedelta(days=day.weekday())].append(each)
    mondays = [this_monday - timedelta(weeks=ago) for ago in reversed(range(weeks))]
    return tuple(_week(monday, by_monday[monday], hours) for monday in mondays)


def sparkline(numbers: Sequence[float]) -> str:
    """Each number as a bar: none is the lowest, the most is the highest."""
    most = max(numbers, default=0)
    if most <= 0:
        return BARS[0] * len(numbers)
    return "".join(BARS[round(number / most * (len(BARS) - 1))] for number in numbers)


def by_source(entries: Sequence[Entry]) -> tuple[Source, ...]:
    """The most frequent first, then the longest, then by name."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for each in sorted(entries, key=lambda each: (each.at, each.source)):
        found[same(each.source)].append(each)
    sources = [
        Source(several[-1].source, len(several), sum(each.minutes for each in several))
        for several in found.values()
    ]
    return tuple(sorted(sources, key=lambda each: (-each.entries, -each.minutes, each.name)))


def same(source: str) -> str:
    """What is alike for sources that are the same, however they were typed."""
    return " ".join(source.casefold().split())


def is_named(source: str, texts: Collection[str]) -> bool:
    """Whether one of the texts names that source: `pages from db-primary` names `db-primary`."""
    whole = re.compile(rf"(?<![\w-]){re.escape(same(source))}(?![\w-])")
    return any(whole.search(same(text)) for text in texts)


def day_of(entry: Entry, hours: WorkingHours) -> date:
    """The day on which it started, by the team's clock."""
    return hours.local(entry.at).date()


def _week(monday: date, entries: Sequence[Entry], hours: WorkingHours) -> Week:
    pages = [each for each in entries if each.kind is Kind.PAGE]
    minutes = sum(each.minutes for each in entries)
    return Week(monday, len(pages), _nights(pages, hours), minutes)


def _nights(pages: Sequence[Entry], hours: WorkingHours) -> int:
    nights = {hours.night_of(each.at) for each in pages}
    return len(nights - {None})
