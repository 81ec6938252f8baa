"""Toil entries as people type them: `page db-primary 45m at 03:10 replica lag`."""

import re
from datetime import datetime, time, timedelta

from pydantic import ValidationError

from domain.calendar.time_zones import to_utc
from domain.calendar.working_hours import WorkingHours
from domain.formatting import collapse_whitespace, is_blank, shorten
from domain.toil.ledger import MAX_MINUTES, MAX_NOTE_LENGTH, MAX_SOURCE_LENGTH, ToilEntry, ToilType
from domain.typed_text import QUOTES, split_first

MAX_WORD_LENGTH = 50  # characters of an unknown type that an error quotes

HOUR_UNIT = r"h(?:rs?|ours?)?"
MINUTE_UNIT = r"m(?:ins?|inutes?)?"
# `45m`, `90 min`, `1h30`, `1 h 30 min`, `1,5h`. Minutes after a space need their unit: in
# `1h 30 pods restarted`, the 30 begins the note.
DURATION_PATTERN = re.compile(
    rf"(?:(?P<hours>\d{{1,4}}(?:[.,]\d{{1,2}})?)[ ]?{HOUR_UNIT}"
    rf"(?:(?P<rest>\d{{1,2}})(?:[ ]?{MINUTE_UNIT})?"
    rf"|[ ](?P<spaced_rest>\d{{1,2}})[ ]?{MINUTE_UNIT})?"
    rf"|(?P<minutes>\d{{1,5}})[ ]?{MINUTE_UNIT})",
    re.IGNORECASE,
)
# The first duration after a source. A comma or colon may follow it.
DURATION_IN_TEXT = re.compile(rf"(?<!\S){DURATION_PATTERN.pattern}[,:;]?(?!\S)", re.IGNORECASE)
START_PATTERN = re.compile(
    r"(?:(?P<yesterday>yesterday)\s+(?:at\s+)?|at\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\S)\s*",
    re.IGNORECASE,
)
# A host's clock may be this much behind. So `at 03:10`, typed at that minute, is not yesterday's.
CLOCK_TOLERANCE = timedelta(minutes=2)
EXAMPLE = "page db-primary 45m"
WRONG_TYPE = "{word} isn't a type of toil: start with page, bug or interrupt."
MISSING_SOURCE = "Which source did it come from?"
MISSING_DURATION = "How long did it take?"
LIMITS_EXCEEDED = (
    f"Use up to {MAX_SOURCE_LENGTH} characters for the source, up to {MAX_NOTE_LENGTH} for the"
    f" note, and 1 minute to {MAX_MINUTES // 60} hours for the duration."
)


class InvalidQuickEntry(ValueError):
    """An invalid entry. The text says what to write instead."""


def parse_quick_entry(text: str, hours: WorkingHours, now: datetime) -> ToilEntry:
    """Parse a type, source, duration, and an optional start (default: now) and note.

    Quotes around the source aren't part of it, and may enclose a duration: `page "job 5m" 2h`.
    Raise InvalidQuickEntry if the line can't be read.
    """
    word, rest = split_first(text)
    try:
        toil_type = ToilType(word.lower())
    except ValueError:
        quoted = f"“{shorten(word, MAX_WORD_LENGTH)}”"
        raise InvalidQuickEntry(WRONG_TYPE.format(word=quoted)) from None
    source, minutes, after = _parse_source_and_duration(rest)
    started_at, note = _parse_start(after, hours, now)
    try:
        return ToilEntry(toil_type, source, minutes, started_at, note=note)
    except ValidationError:
        raise InvalidQuickEntry(LIMITS_EXCEEDED) from None


def _parse_source_and_duration(text: str) -> tuple[str, int, str]:
    """Split text into a source, minutes, and the text after them."""
    text = collapse_whitespace(text)
    quoted, after_quoted = split_first(text)
    is_quoted = text[:1] in QUOTES and bool(quoted)
    source, rest = (quoted, after_quoted) if is_quoted else ("", text)
    match = DURATION_IN_TEXT.search(rest)
    if match is None:
        raise InvalidQuickEntry(MISSING_DURATION if text else MISSING_SOURCE)
    source = collapse_whitespace(f"{source} {rest[: match.start()]}")
    if is_blank(source):
        raise InvalidQuickEntry(MISSING_SOURCE)
    return source, _minutes(match), rest[match.end() :].strip()


def parse_duration(duration: str) -> int:
    """Parse `45m`, `1h30m` or `1.5h` into minutes. Raise InvalidQuickEntry for anything else."""
    match = DURATION_PATTERN.fullmatch(collapse_whitespace(duration))
    if not match:
        raise InvalidQuickEntry(MISSING_DURATION)
    return _minutes(match)


def _minutes(match: re.Match[str]) -> int:
    if match["minutes"]:
        return int(match["minutes"])
    rest = match["rest"] or match["spaced_rest"] or 0
    return round(float(match["hours"].replace(",", ".")) * 60) + int(rest)


def _parse_start(rest: str, hours: WorkingHours, now: datetime) -> tuple[datetime, str]:
    """Split the rest into its start and note.

    A time without a day is its latest occurrence, at most CLOCK_TOLERANCE after `now`.
    """
    match = START_PATTERN.match(rest)
    if not match:
        return now, rest
    try:
        clock = time(int(match["hour"]), int(match["minute"]))
    except ValueError:
        raise InvalidQuickEntry(f"{match['hour']}:{match['minute']} isn't a time of day.") from None
    latest = now if match["yesterday"] else now + CLOCK_TOLERANCE
    today = hours.to_local(latest).date()
    started = to_utc(today, clock, hours.time_zone)
    if match["yesterday"] or started > latest:
        started = to_utc(today - timedelta(days=1), clock, hours.time_zone)
    return started, rest[match.end() :]
