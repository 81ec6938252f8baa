"""The demo's calendar: its weeks by number, and the times at which people act."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from domain.calendar.quarter import Quarter

WEEK = timedelta(weeks=1)
# The number of the current quarter's first week. The quarter before has 13 Mondays, sometimes 14.
CURRENT_QUARTER_START = 14


class TimeSlot(IntEnum):
    """The times of a week at which people act."""

    EARLY = 0  # before the digest
    MORNING = 1  # after the digest
    MEETING = 2
    FRIDAY = 3  # after the reminders of missing scores


# Days after Monday, and the time. The bot runs a backfill every hour, so the demo is faster if all
# of a Monday's slots are within one hour.
SLOT_TIMES = {
    TimeSlot.EARLY: (0, time(9, 15)),
    TimeSlot.MORNING: (0, time(9, 40)),
    TimeSlot.MEETING: (0, time(10, 5)),
    TimeSlot.FRIDAY: (4, time(9, 30)),
}


@dataclass(frozen=True)
class Calendar:
    """Moments of the demo by week number. None is later than `end`.

    The team prepares in week 0. The previous quarter is weeks 1 to 13, and the current one starts
    with week `CURRENT_QUARTER_START`.
    """

    end: datetime
    zone: str

    @property
    def start(self) -> datetime:
        """The moment when the bot is invited."""
        return self.at(0, TimeSlot.MORNING)

    def at(self, week: int, slot: TimeSlot) -> datetime:
        """Return the moment of a slot in a week, or `end` if that is earlier."""
        days, time_of_day = SLOT_TIMES[slot]
        day = self.monday(week) + timedelta(days=days)
        return min(datetime.combine(day, time_of_day, ZoneInfo(self.zone)), self.end)

    def monday(self, week: int) -> date:
        """Return the first day of a week."""
        quarter, first = (
            (self.current_quarter, CURRENT_QUARTER_START)
            if week >= CURRENT_QUARTER_START
            else (self.previous_quarter, 1)
        )
        monday = quarter.start + timedelta(days=-quarter.start.weekday() % 7)
        return monday + (week - first) * WEEK

    @property
    def weeks_begun(self) -> int:
        """The number of weeks of the current quarter that have begun."""
        today = self.end.astimezone(ZoneInfo(self.zone)).date()
        return max(0, (today - self.monday(CURRENT_QUARTER_START)).days // 7 + 1)

    @property
    def current_quarter(self) -> Quarter:
        return Quarter.containing(self.end.astimezone(ZoneInfo(self.zone)).date())

    @property
    def previous_quarter(self) -> Quarter:
        return self.current_quarter.previous()

    def label(self, week: int) -> str:
        """Return a week's name for the progress display."""
        if week < 1:
            return f"Before {self.previous_quarter.label}"
        if week < CURRENT_QUARTER_START:
            return f"{self.previous_quarter.label}, week {week}"
        return f"{self.current_quarter.label}, week {week - CURRENT_QUARTER_START + 1}"
