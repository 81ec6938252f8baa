"""Toil entries as people type them: `page db-primary 45m at 03:10 replica lag`."""

import re
from datetime import datetime, time, timedelta

from pydantic import ValidationError

from domain.calendar.time_zones import to_utc
from domain.calendar.working_hours import WorkingHours
from domain.toil.ledger import MAX_MINUTES, MAX_NOTE_LENGTH, MAX_SOURCE_LENGTH, ToilEntry, ToilType

DURATION_PATTERN = re.compile(
    r"(?:(?P<hours>\d{1,4}(?:[.,]\d{1,2})?)h(?:(?P<rest>\d{1,2})m?)?|(?P<minutes>\d{1,5})m(?:ins?)?)",
    re.IGNORECASE,
)
START_PATTERN = re.compile(
    r"(?:(?P<yesterday>yesterday)\s+(?:at\s+)?|at\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\S)\s*",
    re.IGNORECASE,
)
MISSING_DURATION = "Enter the source and how long it took, like 45m, 1h30m, or 1.5h."
LIMITS_EXCEEDED = (
    f"A source takes at most {MAX_SOURCE_LENGTH} characters, a note {MAX_NOTE_LENGTH},"
    f" and an entry from 1 minute to {MAX_MINUTES // 60} hours."
)


class InvalidQuickEntry(ValueError):
    """An invalid entry. The text says what to write instead."""


def parse_quick_entry(text: str, hours: WorkingHours, now: datetime) -> ToilEntry:
    """Parse a type, source, duration, and an optional start (default: now) and note.

    Raise InvalidQuickEntry if the line can't be read.
    """
    word, *words = text.split()
    try:
        toil_type = ToilType(word.lower())
    except ValueError:
        raise InvalidQuickEntry(
            f"“{word[:50]}” isn't a type of toil. Enter page, bug, or interrupt."
        ) from None
    durations = (index for index, part in enumerate(words) if DURATION_PATTERN.fullmatch(part))
    index = next(durations, 0)
    if index == 0:  # no duration, or no source before it
        raise InvalidQuickEntry(MISSING_DURATION)
    started_at, note = _parse_start(" ".join(words[index + 1 :]), hours, now)
    try:
        return ToilEntry(
            toil_type, " ".join(words[:index]), parse_duration(words[index]), started_at, note=note
        )
    except ValidationError:
        raise InvalidQuickEntry(LIMITS_EXCEEDED) from None


def parse_duration(duration: str) -> int:
    """Parse `45m`, `1h30m` or `1.5h` into minutes. Raise InvalidQuickEntry for anything else."""
    match = DURATION_PATTERN.fullmatch(duration.strip())
    if not match:
        raise InvalidQuickEntry(MISSING_DURATION)
    if match["minutes"]:
        return int(match["minutes"])
    return round(float(match["hours"].replace(",", ".")) * 60) + int(match["rest"] or 0)


def _parse_start(rest: str, hours: WorkingHours, now: datetime) -> tuple[datetime, str]:
    """Split the rest into its start and note.

    A time without a day is its latest occurrence before `now`.
    """
    match = START_PATTERN.match(rest)
    if not match:
        return now, rest
    try:
        clock = time(int(match["hour"]), int(match["minute"]))
    except ValueError:
        raise InvalidQuickEntry(f"{match['hour']}:{match['minute']} isn't a time of day.") from None
    today = hours.to_local(now).date()
    started = to_utc(today, clock, hours.time_zone)
    if match["yesterday"] or started > now:
        started = to_utc(today - timedelta(days=1), clock, hours.time_zone)
    return started, rest[match.end() :]
