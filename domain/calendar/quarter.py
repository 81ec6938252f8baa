"""Quarters of a calendar year or fiscal year."""

import json
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from domain.calendar import years
from domain.calendar.working_hours import WEEKDAYS_PER_WEEK, count_weekdays

QUARTER_PATTERNS = (
    re.compile(r"(?:FY)?(?P<year>[0-9]{4})[- ]?Q(?P<number>[1-4])", re.IGNORECASE),
    re.compile(r"Q(?P<number>[1-4])[- ]?(?P<year>[0-9]{4})", re.IGNORECASE),
)
MONTHS_PER_YEAR = 12
MONTHS_PER_QUARTER = 3
MAX_QUOTE_LENGTH = 20


class YearOutOfRange(ValueError):
    """A quarter of a year that isn't accepted."""


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter. A fiscal year has the number of the calendar year in which it ends."""

    year: int
    number: int
    fiscal_start: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.fiscal_start <= MONTHS_PER_YEAR:
            raise ValueError(f"{self.fiscal_start} is not a month: a fiscal year starts in 1 to 12")
        if not 1 <= self.number <= MONTHS_PER_YEAR // MONTHS_PER_QUARTER:
            raise ValueError(f"{self.number} is not the number of a quarter: it is 1 to 4")
        if not MINYEAR < self.year < MAXYEAR:  # the first and last day must be valid dates
            raise ValueError(f"{self.year} is not a year between {MINYEAR} and {MAXYEAR}")

    @classmethod
    def containing(cls, day: date, fiscal_start: int = 1) -> "Quarter":
        months = _month_index(day.year, day.month) - _fiscal_offset(fiscal_start)
        year, month = divmod(months, MONTHS_PER_YEAR)
        return cls(year, month // MONTHS_PER_QUARTER + 1, fiscal_start)

    @classmethod
    def parse(cls, text: str, fiscal_start: int = 1) -> "Quarter":
        """Read `2026-Q4`, or as people say it: `Q4 2026`, `FY2026 Q4`.

        Raise ValueError if the text is no quarter, and YearOutOfRange if its year isn't accepted.
        """
        matches = (pattern.fullmatch(text.strip()) for pattern in QUARTER_PATTERNS)
        match = next(filter(None, matches), None)
        if not match:
            quoted = json.dumps(text[:MAX_QUOTE_LENGTH]) + (
                "…" if len(text) > MAX_QUOTE_LENGTH else ""
            )
            raise ValueError(f"{quoted} is not a quarter: write it like 2026-Q4 or Q4 2026")
        if not years.is_accepted(int(match["year"])):
            raise YearOutOfRange(f"use a year from {years.YEAR_RANGE}")
        return cls(int(match["year"]), int(match["number"]), fiscal_start)

    @classmethod
    def from_key(cls, key: str, fiscal_start: int = 1) -> "Quarter":
        """Return the quarter that starts on the day `key`, as the fiscal year names it."""
        return cls.containing(date.fromisoformat(key), fiscal_start)

    @property
    def key(self) -> str:
        """The ISO date of the quarter's first day. It identifies the quarter, because names depend
        on the fiscal year.
        """
        return self.start.isoformat()

    @property
    def start(self) -> date:
        months = _month_index(self.year, 1) + MONTHS_PER_QUARTER * (self.number - 1)
        return _first_day_of_month(months + _fiscal_offset(self.fiscal_start))

    @property
    def end(self) -> date:
        """The quarter's last day."""
        following = _month_index(self.start.year, self.start.month) + MONTHS_PER_QUARTER
        return _first_day_of_month(following) - timedelta(days=1)

    def weeks_left(self, today: date) -> float:
        """Return the weekdays from today, or from the first day if that is later, divided by 5.

        One decimal. It is 0 when the quarter is over. Holidays are ignored.
        """
        weekdays = count_weekdays(max(today, self.start), self.end + timedelta(days=1))
        return round(weekdays / WEEKDAYS_PER_WEEK, 1)

    @property
    def first_working_day(self) -> date:
        """The first day from Monday to Friday. Holidays are ignored."""
        days_to_monday = {5: 2, 6: 1}.get(self.start.weekday(), 0)
        return self.start + timedelta(days=days_to_monday)

    @property
    def label(self) -> str:
        if self.fiscal_start == 1:
            return f"Q{self.number} {self.year}"
        return f"FY{self.year} Q{self.number}"

    def next(self) -> "Quarter":
        return self._shifted(1)

    def previous(self) -> "Quarter":
        return self._shifted(-1)

    def _shifted(self, quarters: int) -> "Quarter":
        year, number = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, number + 1, self.fiscal_start)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"


def _month_index(year: int, month: int) -> int:
    """Return the number of months since the start of year 0."""
    return year * MONTHS_PER_YEAR + month - 1


def _first_day_of_month(months: int) -> date:
    year, month = divmod(months, MONTHS_PER_YEAR)
    return date(year, month + 1, 1)


def _fiscal_offset(fiscal_start: int) -> int:
    """Return the offset in months from January of a year to the start of that fiscal year."""
    return 0 if fiscal_start == 1 else fiscal_start - 1 - MONTHS_PER_YEAR
