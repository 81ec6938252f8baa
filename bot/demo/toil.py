"""What interrupts the people of the demo: the incidents that they import into the toil ledger."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from bot.demo.calendar import PRESENT, Calendar, Hour

EVER = range(-4, 100)  # weeks of the story


@dataclass(frozen=True)
class Nuisance:
    """Something that comes again and again: at the same times of each of those weeks."""

    source: str
    kind: str
    minutes: int
    weeks: range
    times: tuple[tuple[int, str], ...]  # days after Monday, and the time
    note: str


NUISANCES = (
    Nuisance(
        "nat-1", "page", 80, range(-4, 6), ((1, "03:20"), (5, "14:05")), "packet loss to the VPCs"
    ),
    Nuisance(
        "worker hosts",
        "page",
        40,
        range(-4, PRESENT + 3),
        ((0, "22:40"), (2, "02:15"), (4, "11:00")),
        "one host does not answer",
    ),
    Nuisance(
        "db-primary",
        "page",
        75,
        range(PRESENT, EVER.stop),
        ((1, "04:10"), (3, "15:50")),
        "replica lag",
    ),
    Nuisance("billing import", "bug", 210, EVER, ((2, "10:00"),), "one invoice stops the rest"),
    Nuisance(
        "access requests",
        "interrupt",
        420,
        EVER,
        ((0, "09:00"), (1, "09:00"), (2, "09:00"), (3, "09:00"), (4, "09:00")),
        "accounts, keys, firewall rules",
    ),
)


def incidents_before(week: int, calendar: Calendar) -> str:
    """The week that ends with that morning, as a file that `needle import toil` reads."""
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(("kind", "source", "minutes", "at", "note"))
    rows.writerows(_rows(week - 1, calendar))
    return file.getvalue()


def _rows(week: int, calendar: Calendar) -> Iterator[tuple[str, str, int, str, str]]:
    """Nothing that is still to come, if the story ends before."""
    until, monday = calendar.at(week + 1, Hour.EARLY), calendar.monday(week)
    for each in NUISANCES:
        for day, hour in each.times if week in each.weeks else ():
            date = monday + timedelta(days=day)
            at = datetime.combine(date, time.fromisoformat(hour), ZoneInfo(calendar.zone))
            if at < until:
                yield each.kind, each.source, each.minutes, at.isoformat(), each.note
