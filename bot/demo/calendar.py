"""The weeks of the story: when what happens in the demo happens."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from values.quarter import Quarter

WEEK = timedelta(weeks=1)
# The weeks of the present quarter count from here: the one before has 13 Mondays, at times 14.
PRESENT = 14


class Hour(IntEnum):
    """The hours of a week in which people act."""

    MORNING = 0  # over the digest
    MEETING = 1
    NIGHT = 2


# Day and time, in the order of the week. The bot looks every hour for what it has missed, so a demo
# in which little time passes between the digest and the meeting is told sooner.
HOURS = {
    Hour.MORNING: (timedelta(days=0), time(9, 40)),
    Hour.MEETING: (timedelta(days=0), time(10, 5)),
    Hour.NIGHT: (timedelta(days=3), time(3, 12)),
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
        quarter, first = (self.present, PRESENT) if week >= PRESENT else (self.finished, 1)
        monday = quarter.start + timedelta(days=-quarter.start.weekday() % 7)
        day, time_of_day = HOURS[hour]
        moment = monday + (week - first) * WEEK + day
        return min(datetime.combine(moment, time_of_day, ZoneInfo(self.zone)), self.end)

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
