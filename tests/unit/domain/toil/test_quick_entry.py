"""Toil entries as people type them."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.working_hours import WorkingHours
from domain.toil.ledger import ToilEntry, ToilType
from domain.toil.quick_entry import (
    CLOCK_TOLERANCE,
    InvalidQuickEntry,
    parse_duration,
    parse_quick_entry,
)

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)  # 09:05 in New York
NEW_YORK = WorkingHours(time_zone="America/New_York")


def read(text: str) -> ToilEntry:
    return parse_quick_entry(text, NEW_YORK, NOW)


def test_type_source_duration_and_note__are_parsed() -> None:
    assert read("page db-primary 45m replica lag") == ToilEntry(
        ToilType.PAGE, "db-primary", 45, NOW, note="replica lag"
    )
    assert read("  BUG  the  NAT box\t1h30m ") == ToilEntry(ToilType.BUG, "the NAT box", 90, NOW)


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        ("45m", 45),
        ("45min", 45),
        ("45MINS", 45),
        ("1h", 60),
        ("1h30m", 90),
        ("1h30", 90),
        ("1.5h", 90),
        ("0,25h", 15),
        ("1,5h", 90),
        ("90 min", 90),
        ("15 minutes", 15),
        ("1 minute", 1),
        ("2 hours", 120),
        ("1.5 hrs", 90),
        ("1 h 30 min", 90),
        ("1h 30m", 90),
    ],
)
def test_duration__is_parsed_into_minutes(duration: str, minutes: int) -> None:
    assert parse_duration(duration) == minutes


@pytest.mark.parametrize("duration", ["soon", "45", "1h 30", "m", "1:30", "-5m", "5m5m"])
def test_other_text__is_no_duration(duration: str) -> None:
    with pytest.raises(InvalidQuickEntry, match="How long did it take"):
        parse_duration(duration)


UNITS = st.sampled_from(["m", "min", "mins", "minute", "minutes", "M", " min", " minutes"])
HOUR_UNITS = st.sampled_from(["h", "hr", "hrs", "hour", "hours", "H", " h", " hours"])


@given(st.integers(1, 99), st.integers(0, 59), HOUR_UNITS, UNITS, st.sampled_from(["", " "]))
def test_hours_and_minutes__are_added(
    hours: int, minutes: int, hour_unit: str, unit: str, space: str
) -> None:
    line = f"page db {hours}{hour_unit}{space}{minutes}{unit} 30 pods restarted"
    entry = read(line)
    assert (entry.source, entry.minutes) == ("db", 60 * hours + minutes)
    assert entry.note == "30 pods restarted"


@pytest.mark.parametrize(
    ("text", "source", "minutes", "note"),
    [
        ("“db-primary” 90 min replica lag", "db-primary", 90, "replica lag"),
        ('"the 5 min job" 1,5h', "the 5 min job", 90, ""),
        ("'db' and cache 15 minutes", "db and cache", 15, ""),
        ("db 1h 30 pods restarted", "db", 60, "30 pods restarted"),
        ("db-primary 45m: it hung", "db-primary", 45, "it hung"),
        ("db 45m took 2h last time", "db", 45, "took 2h last time"),
    ],
)
def test_quotes_spaces_and_commas__are_understood(
    text: str, source: str, minutes: int, note: str
) -> None:
    entry = read(f"page {text}")
    assert (entry.source, entry.minutes, entry.note) == (source, minutes, note)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("at 03:10", datetime(2026, 11, 20, 8, 10, tzinfo=UTC)),
        ("at 9:05", NOW),
        (
            "at 23:50",
            datetime(2026, 11, 20, 4, 50, tzinfo=UTC),
        ),  # later than now, so it was yesterday
        ("yesterday 03:10", datetime(2026, 11, 19, 8, 10, tzinfo=UTC)),
        ("Yesterday at 03:10", datetime(2026, 11, 19, 8, 10, tzinfo=UTC)),
    ],
)
def test_start_time__is_in_the_boards_time_zone(start: str, expected: datetime) -> None:
    entry = read(f"page ci 1h {start} it hung")
    assert (entry.started_at, entry.note) == (expected, "it hung")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001 - a local time
    st.timedeltas(timedelta(0), CLOCK_TOLERANCE),
)
def test_time_of_this_minute__is_now_though_the_clock_is_behind(
    typed_at: datetime, behind: timedelta
) -> None:
    typed_at = typed_at.replace(tzinfo=UTC)
    host_now = typed_at - behind
    entry = parse_quick_entry(f"page db 45m at {typed_at:%H:%M}", WorkingHours(), host_now)
    assert entry.started_at == typed_at.replace(second=0, microsecond=0)


def test_time_after_this_minute__was_yesterday() -> None:
    now = datetime(2026, 11, 30, 3, 7, 59, tzinfo=UTC)
    entry = parse_quick_entry("page db 45m at 03:10", WorkingHours(), now)
    assert entry.started_at == datetime(2026, 11, 29, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize("note", ["at night again", "yesterday too", "at 3:1", "at 03:10pm"])
def test_text_that_is_no_time__belongs_to_the_note(note: str) -> None:
    entry = read(f"page ci 1h {note}")
    assert (entry.started_at, entry.note) == (NOW, note)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("pager db 45m", "“pager” isn't a type of toil"),
        (f"{'x' * 60} db 45m", f"^“{'x' * 49}…” isn't a type of toil"),
        ("page", "Which source"),
        ("page db", "How long"),
        ("page 45m", "Which source"),
        ("page db 45", "How long"),
        ("page db 1h at 25:10", "25:10 isn't a time of day"),
        ("page db 0m", "and 1 minute"),
        ("page db 169h", "to 168 hours"),
        (f"page {'x' * 101} 1h", "up to 100 characters"),
        (f"page db 1h {'x' * 501}", "up to 500 for the note"),
    ],
)
def test_invalid_entry__error_says_what_to_write(text: str, error: str) -> None:
    with pytest.raises(InvalidQuickEntry, match=error.replace("(", r"\(")):
        read(text)


@given(st.text(min_size=1).filter(str.strip))
def test_any_text__is_parsed_or_raises_invalid_entry(text: str) -> None:
    for line in (text, f"page {text}", f"page db 1h {text}"):
        with suppress(InvalidQuickEntry):
            assert read(line).started_at <= NOW
