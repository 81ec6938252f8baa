"""A team's working hours on weekdays, in its time zone, and the nights between them."""

from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, model_validator

from domain.calendar.time_zones import TimeZone, to_utc

WEEKDAYS_PER_WEEK = 5
DAYS_PER_WEEK = 7


class WorkingHours(BaseModel):
    """Working hours from Monday to Friday. Holidays are ignored."""

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
        """Return whether something that starts at `when` starts outside working hours."""
        local = self.to_local(when)
        at_work = self.starts <= local.time() < self.ends
        return local.weekday() >= WEEKDAYS_PER_WEEK or not at_work

    def night_date(self, when: datetime) -> date | None:
        """Return the day after whose work the night began.

        Return None during the day, also on a weekend.
        """
        local = self.to_local(when)
        if local.time() >= self.ends:
            return local.date()
        return local.date() - timedelta(days=1) if local.time() < self.starts else None

    def start_of_day(self, day: date) -> datetime:
        """Return the moment of midnight at the start of a day, in UTC."""
        return to_utc(day, time(), self.time_zone)

    def working_minutes(self, first: date, after: date) -> int:
        """Return one person's working minutes from `first` up to but excluding `after`."""
        return count_weekdays(first, after) * self.minutes_per_day


def count_weekdays(first: date, after: date) -> int:
    """Return the number of days from Monday to Friday, from `first` up to but excluding `after`."""
    weeks, rest = divmod(max(0, (after - first).days), DAYS_PER_WEEK)
    return weeks * WEEKDAYS_PER_WEEK + sum(
        (first.weekday() + day) % DAYS_PER_WEEK < WEEKDAYS_PER_WEEK for day in range(rest)
    )


def _minutes_since_midnight(clock: time) -> int:
    return clock.hour * 60 + clock.minute
