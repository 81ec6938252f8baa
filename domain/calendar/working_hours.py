"""A team's working hours, on weekdays by its own clock, and the nights between them."""

from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, model_validator

from domain.calendar.time_zones import TimeZone, moment

WEEKDAYS = 5
DAYS_A_WEEK = 7


class WorkingHours(BaseModel):
    """From Monday to Friday. Holidays are not known here."""

    model_config = ConfigDict(frozen=True)

    time_zone: TimeZone = "UTC"
    starts: time = time(9)
    ends: time = time(18)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts >= self.ends:
            raise ValueError("work ends after it starts, on the same day")
        return self

    @property
    def minutes_a_day(self) -> int:
        return _minutes(self.ends) - _minutes(self.starts)

    def local(self, when: datetime) -> datetime:
        return when.astimezone(ZoneInfo(self.time_zone))

    def outside(self, when: datetime) -> bool:
        """Whether what starts then starts out of hours, whenever it ends."""
        here = self.local(when)
        at_work = self.starts <= here.time() < self.ends
        return here.weekday() >= WEEKDAYS or not at_work

    def night_of(self, when: datetime) -> date | None:
        """The day after whose work that night began; None by day, also at a weekend."""
        here = self.local(when)
        if here.time() >= self.ends:
            return here.date()
        return here.date() - timedelta(days=1) if here.time() < self.starts else None

    def midnight(self, day: date) -> datetime:
        """When that day begins on this clock."""
        return moment(day, time(), self.time_zone)

    def minutes_in(self, first: date, after: date) -> int:
        """One person's working minutes from one day up to, and without, another."""
        return weekdays(first, after) * self.minutes_a_day


def weekdays(first: date, after: date) -> int:
    """How many days from Monday to Friday there are from one day up to, and without, another."""
    weeks, rest = divmod(max(0, (after - first).days), DAYS_A_WEEK)
    return weeks * WEEKDAYS + sum(
        (first.weekday() + day) % DAYS_A_WEEK < WEEKDAYS for day in range(rest)
    )


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
