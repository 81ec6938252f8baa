"""The demo's toil: recurring incidents, as CSV files for `needle import toil`."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from bot.demo.calendar import CURRENT_QUARTER_START, Calendar, TimeSlot

ALL_WEEKS = range(-4, 100)  # by the demo's calendar


@dataclass(frozen=True)
class RecurringIncident:
    """An incident that recurs at the same times every week, in a range of weeks."""

    source: str
    kind: str
    minutes: int
    weeks: range
    times: tuple[tuple[int, str], ...]  # days after Monday, and the time
    note: str


RECURRING_INCIDENTS = (
    RecurringIncident(
        "nat-1", "page", 80, range(-4, 6), ((1, "03:20"), (5, "14:05")), "packet loss to the VPCs"
    ),
    RecurringIncident(
        "worker hosts",
        "page",
        40,
        range(-4, CURRENT_QUARTER_START + 3),
        ((0, "22:40"), (2, "02:15"), (4, "11:00")),
        "one host doesn't respond",
    ),
    RecurringIncident(
        "db-primary",
        "page",
        75,
        range(CURRENT_QUARTER_START, ALL_WEEKS.stop),
        ((1, "04:10"), (3, "15:50")),
        "replica lag",
    ),
    RecurringIncident(
        "billing import", "bug", 210, ALL_WEEKS, ((2, "10:00"),), "one bad invoice blocks the rest"
    ),
    RecurringIncident(
        "access requests",
        "interrupt",
        420,
        ALL_WEEKS,
        ((0, "09:00"), (1, "09:00"), (2, "09:00"), (3, "09:00"), (4, "09:00")),
        "accounts, keys, firewall rules",
    ),
)


def incidents_of_week_before(week: int, calendar: Calendar) -> str:
    """Return the incidents of the week before this one, as a file for `needle import toil`."""
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(("kind", "source", "minutes", "at", "note"))
    rows.writerows(_rows(week - 1, calendar))
    return file.getvalue()


def _rows(week: int, calendar: Calendar) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield a row for each incident. Leave out those after the demo's end."""
    end, monday = calendar.at(week + 1, TimeSlot.EARLY), calendar.monday(week)
    for incident in RECURRING_INCIDENTS:
        for day, clock_time in incident.times if week in incident.weeks else ():
            date = monday + timedelta(days=day)
            at = datetime.combine(date, time.fromisoformat(clock_time), ZoneInfo(calendar.zone))
            if at < end:
                yield (
                    incident.kind,
                    incident.source,
                    incident.minutes,
                    at.isoformat(),
                    incident.note,
                )
