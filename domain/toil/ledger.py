"""Totals of a toil ledger: how much time toil takes, and its sources."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field
from pydantic.dataclasses import dataclass as checked

from domain.calendar.working_hours import WorkingHours
from domain.calendar.years import AFTER_LAST_MOMENT, FIRST_MOMENT
from domain.formatting import visible_or_empty

DEFAULT_PLANNED_SHARE = 0.82  # the share of planned work until a ledger can measure it
MIN_MEASURED_PERIOD = timedelta(weeks=4)
FREQUENT_SOURCE_ENTRIES = 5  # entries of one source in four weeks: a project should remove it
TREND_WEEKS = 8
SPARKLINE_BARS = "▁▂▃▄▅▆▇█"
MAX_SOURCE_LENGTH = 100
MAX_NOTE_LENGTH = 500
MAX_MINUTES = 7 * 24 * 60


class ToilType(StrEnum):
    """A type of toil."""

    PAGE = "page"
    BUG = "bug"
    INTERRUPT = "interrupt"


@checked(frozen=True, config=ConfigDict(str_strip_whitespace=True))
class ToilEntry:
    """An entry of the toil ledger. Its start decides whether it's after hours."""

    toil_type: ToilType
    source: Annotated[str, Field(min_length=1, max_length=MAX_SOURCE_LENGTH)]
    minutes: Annotated[int, Field(ge=1, le=MAX_MINUTES)]
    started_at: Annotated[AwareDatetime, Field(ge=FIRST_MOMENT, lt=AFTER_LAST_MOMENT)]
    out_of_hours: bool = False
    note: Annotated[str, Field(max_length=MAX_NOTE_LENGTH), AfterValidator(visible_or_empty)] = ""


@dataclass(frozen=True)
class DateRange:
    """Days in the team's time zone, from `start` to the day before `after`."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return max(0, (self.end - self.start).days)


@dataclass(frozen=True)
class SourceTotals:
    """A source of toil by its latest spelling, with the number of entries and minutes."""

    name: str
    entries: int
    minutes: int


@dataclass(frozen=True)
class WeekTotals:
    """A week of the trend, identified by its Monday."""

    monday: date
    pages: int
    nights: int
    minutes: int


@dataclass(frozen=True)
class ToilSummary:
    """The toil in a range of days. `planned_share` is None if there is too little data."""

    entries: int
    pages: int
    pages_out_of_hours: int
    disturbed_nights: int  # each night counts once
    minutes: int
    planned_share: float | None
    sources: tuple[SourceTotals, ...]  # the most frequent first


def summarize(
    entries: Sequence[ToilEntry],
    hours: WorkingHours,
    people: float,
    span: DateRange,
    since: date | None,
) -> ToilSummary:
    """Summarize the entries in the span. `since` is the day of the ledger's first entry."""
    within = [entry for entry in entries if span.start <= local_day(entry, hours) < span.end]
    pages = [entry for entry in within if entry.toil_type is ToilType.PAGE]
    return ToilSummary(
        entries=len(within),
        pages=len(pages),
        pages_out_of_hours=sum(entry.out_of_hours for entry in pages),
        disturbed_nights=_count_nights(pages, hours),
        minutes=sum(entry.minutes for entry in within),
        planned_share=measure_planned_share(within, hours, people, span, since),
        sources=totals_by_source(within),
    )


def measure_planned_share(
    entries: Sequence[ToilEntry],
    hours: WorkingHours,
    people: float,
    span: DateRange,
    since: date | None,
) -> float | None:
    """Return the share of working time that toil left since the ledger began.

    Return None before four weeks of it.
    """
    if since is None:
        return None
    first = max(span.start, since)
    if span.end - first < MIN_MEASURED_PERIOD or people <= 0:
        return None
    toil = sum(entry.minutes for entry in entries if first <= local_day(entry, hours) < span.end)
    return max(0.0, 1 - toil / (people * hours.working_minutes(first, span.end)))


def weekly_trend(
    entries: Sequence[ToilEntry], hours: WorkingHours, today: date, weeks: int = TREND_WEEKS
) -> tuple[WeekTotals, ...]:
    """Total the last weeks, oldest first. The last is the current one, however short so far."""
    this_monday = today - timedelta(days=today.weekday())
    by_monday: dict[date, list[ToilEntry]] = defaultdict(list)
    for entry in entries:
        day = local_day(entry, hours)
        by_monday[day - timedelta(days=day.weekday())].append(entry)
    mondays = [this_monday - timedelta(weeks=ago) for ago in reversed(range(weeks))]
    return tuple(_week_totals(monday, by_monday[monday], hours) for monday in mondays)


def sparkline(numbers: Sequence[float]) -> str:
    """Draw each number as a bar. Zero is the lowest bar, the largest number the highest."""
    highest = max(numbers, default=0)
    if highest <= 0:
        return SPARKLINE_BARS[0] * len(numbers)
    return "".join(
        SPARKLINE_BARS[round(number / highest * (len(SPARKLINE_BARS) - 1))] for number in numbers
    )


def totals_by_source(entries: Sequence[ToilEntry]) -> tuple[SourceTotals, ...]:
    """Total the entries of each source, sorted by most entries, most minutes, then name."""
    by_source: dict[str, list[ToilEntry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.started_at, entry.source)):
        by_source[normalize_source(entry.source)].append(entry)
    sources = [
        SourceTotals(group[-1].source, len(group), sum(entry.minutes for entry in group))
        for group in by_source.values()
    ]
    return tuple(
        sorted(sources, key=lambda totals: (-totals.entries, -totals.minutes, totals.name))
    )


def normalize_source(source: str) -> str:
    """Return the form in which two spellings of one source are equal."""
    return " ".join(source.casefold().split())


def is_source_named(source: str, texts: Collection[str]) -> bool:
    """Return whether a text names the source: `pages from db-primary` names `db-primary`."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(normalize_source(source))}(?![\w-])")
    return any(pattern.search(normalize_source(text)) for text in texts)


def local_day(entry: ToilEntry, hours: WorkingHours) -> date:
    """Return the day on which the entry started, in the team's time zone."""
    return hours.to_local(entry.started_at).date()


def _week_totals(monday: date, entries: Sequence[ToilEntry], hours: WorkingHours) -> WeekTotals:
    pages = [entry for entry in entries if entry.toil_type is ToilType.PAGE]
    minutes = sum(entry.minutes for entry in entries)
    return WeekTotals(monday, len(pages), _count_nights(pages, hours), minutes)


def _count_nights(pages: Sequence[ToilEntry], hours: WorkingHours) -> int:
    nights = {hours.night_date(entry.started_at) for entry in pages}
    return len(nights - {None})
