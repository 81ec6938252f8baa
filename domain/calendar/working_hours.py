"""A team's working hours, on weekdays by its own clock, and the nights between them."""

from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, model_validator

from domain.calendar.time_zones import TimeZone, to_utc

WEEKDAYS_PER_WEEK = 5
DAYS_PER_WEEK = 7


class WorkingHours(BaseModel):
    """From Monday to Friday. Holidays are not known here."""

    model_config = ConfigDict(frozen=True)

    time_zone: TimeZone = "UTC"
    starts: time = time(9)
    ends: time = time(18)

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.starts >= self.ends:
            raise ValueError("work ends after it starts, on the same day")
        return self

    @property
    def minutes_per_day(self) -> int:
        return _minutes_since_midnight(self.ends) - _minutes_since_midnight(self.starts)

    def to_local(self, when: datetime) -> datetime:
        return when.astimezone(ZoneInfo(self.time_zone))

    def is_out_of_hours(self, when: datetime) -> bool:
        """Whether what starts then starts out of hours, whenever it ends."""
        here = self.to_local(when)
        at_work = self.starts <= here.time() < self.ends
        return here.weekday() >= WEEKDAYS_PER_WEEK or not at_work

    def night_date(self, when: datetime) -> date | None:
        """The day after whose work that night began; None by day, also at a weekend."""
        here = self.to_local(when)
        if here.time() >= self.ends:
            return here.date()
        return here.date() - timedelta(days=1) if here.time() < self.starts else None

    def start_of_day(self, day: date) -> datetime:
        """When that day begins on this clock."""
        return to_utc(day, time(), self.time_zone)

    def working_minutes(self, first: date, after: date) -> int:
        """One person's working minutes from one day up to, and without, another."""
        return count_weekdays(first, after) * self.minutes_per_day


def count_weekdays(first: date, after: date) -> int:
    """How many days from Monday to Friday there are from one day up to, and without, another."""
    weeks, rest = divmod(max(0, (after - first).days), DAYS_PER_WEEK)
    return weeks * WEEKDAYS_PER_WEEK + sum(
        (first.weekday() + day) % DAYS_PER_WEEK < WEEKDAYS_PER_WEEK for day in range(rest)
    )


def _minutes_since_midnight(clock: time) -> int:
    return clock.hour * 60 + clock.minute
