"""A line of the toil ledger as people type it: `page db-primary 45m at 03:10 replica lag`."""

import re
from datetime import datetime, time, timedelta

from pydantic import ValidationError

from domain.calendar.time_zones import moment
from domain.calendar.working_hours import WorkingHours
from domain.toil.ledger import LONGEST_NOTE, LONGEST_SOURCE, MOST_MINUTES, Entry, Kind

DURATION = re.compile(
    r"(?:(?P<hours>\d{1,4}(?:[.,]\d{1,2})?)h(?:(?P<rest>\d{1,2})m?)?|(?P<minutes>\d{1,5})m(?:ins?)?)",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"(?:(?P<yesterday>yesterday)\s+(?:at\s+)?|at\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\S)\s*",
    re.IGNORECASE,
)
SAY_HOW_LONG = "Say where it came from and how long it took, like 45m, 1h30m or 1.5h."
TOO_LONG = (
    f"A source takes at most {LONGEST_SOURCE} characters, a note {LONGEST_NOTE},"
    f" and an entry from 1 minute to {MOST_MINUTES // 60} hours."
)


class BadLine(ValueError):
    """A line that can't be read; the text says what to write instead."""


def parse_line(text: str, hours: WorkingHours, now: datetime) -> Entry:
    """Kind, source, duration, and perhaps when it started (now, unless it is said) and a note."""
    word, *words = text.split()
    try:
        kind = Kind(word.lower())
    except ValueError:
        raise BadLine(f"“{word[:50]}” is no kind of toil: write page, bug or interrupt.") from None
    at = next((at for at, each in enumerate(words) if DURATION.fullmatch(each)), 0)
    if at == 0:  # also if there is nothing before it
        raise BadLine(SAY_HOW_LONG)
    when, note = _when(" ".join(words[at + 1 :]), hours, now)
    try:
        return Entry(kind, " ".join(words[:at]), minutes_of(words[at]), when, note=note)
    except ValidationError:
        raise BadLine(TOO_LONG) from None


def minutes_of(duration: str) -> int:
    """Of `45m`, `1h30m`, `1.5h`; raises BadLine for anything else."""
    found = DURATION.fullmatch(duration.strip())
    if not found:
        raise BadLine(SAY_HOW_LONG)
    if found["minutes"]:
        return int(found["minutes"])
    return round(float(found["hours"].replace(",", ".")) * 60) + int(found["rest"] or 0)


def _when(rest: str, hours: WorkingHours, now: datetime) -> tuple[datetime, str]:
    """When it started, and what is left to be its note. A time alone is the last such time."""
    said = WHEN.match(rest)
    if not said:
        return now, rest
    try:
        clock = time(int(said["hour"]), int(said["minute"]))
    except ValueError:
        raise BadLine(f"{said['hour']}:{said['minute']} is no time of day.") from None
    today = hours.local(now).date()
    started = moment(today, clock, hours.time_zone)
    if said["yesterday"] or started > now:
        started = moment(today - timedelta(days=1), clock, hours.time_zone)
    return started, rest[said.end() :]
