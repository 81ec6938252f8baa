"""The weeks of the story: when what happens in the demo happens."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from domain.calendar.quarter import Quarter

WEEK = timedelta(weeks=1)
# The weeks of the present quarter count from here: the one before has 13 Mondays, at times 14.
PRESENT = 14


class Hour(IntEnum):
    """The hours of a week in which people act."""

    EARLY = 0  # before the digest
    MORNING = 1  # over the digest
    MEETING = 2
    TUESDAY = 3  # who owes scores is reminded of them


# Days after Monday, and the time. The bot looks every hour for what it has missed: a story whose
# Mondays are over within the hour is told sooner.
HOURS = {
    Hour.EARLY: (0, time(9, 15)),
    Hour.MORNING: (0, time(9, 40)),
    Hour.MEETING: (0, time(10, 5)),
    Hour.TUESDAY: (1, time(9, 30)),
}


@dataclass(frozen=True)
class Calendar:
    """Weeks by number: the team prepares in week 0, the finished quarter is that of week 1 to 13,
    the present one starts with week `PRESENT`. Nothing is later than `end`.
    """

    end: datetime
    zone: str

    @property
    def start(self) -> datetime:
        """When the bot is invited."""
        return self.at(0, Hour.MORNING)

    def at(self, week: int, hour: Hour) -> datetime:
        days, time_of_day = HOURS[hour]
        day = self.monday(week) + timedelta(days=days)
        return min(datetime.combine(day, time_of_day, ZoneInfo(self.zone)), self.end)

    def monday(self, week: int) -> date:
        quarter, first = (self.present, PRESENT) if week >= PRESENT else (self.finished, 1)
        monday = quarter.start + timedelta(days=-quarter.start.weekday() % 7)
        return monday + (week - first) * WEEK

    @property
    def weeks(self) -> int:
        """How many of the present quarter have begun."""
        today = self.end.astimezone(ZoneInfo(self.zone)).date()
        return max(0, (today - self.monday(PRESENT)).days // 7 + 1)

    @property
    def present(self) -> Quarter:
        return Quarter.containing(self.end.astimezone(ZoneInfo(self.zone)).date())

    @property
    def finished(self) -> Quarter:
        return self.present.previous()

    def label(self, week: int) -> str:
        if week < 1:
            return f"Before {self.finished.label}"
        if week < PRESENT:
            return f"{self.finished.label}, week {week}"
        return f"{self.present.label}, week {week - PRESENT + 1}"
