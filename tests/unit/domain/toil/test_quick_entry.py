"""Toil entries as people type them."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.working_hours import WorkingHours
from domain.toil.ledger import ToilEntry, ToilType
from domain.toil.quick_entry import InvalidQuickEntry, parse_duration, parse_quick_entry

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
    ],
)
def test_duration__is_parsed_into_minutes(duration: str, minutes: int) -> None:
    assert parse_duration(duration) == minutes


def test_invalid_duration__error_has_examples() -> None:
    with pytest.raises(InvalidQuickEntry, match=r"like 45m, 1h30m, or 1\.5h"):
        parse_duration("soon")


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


@pytest.mark.parametrize("note", ["at night again", "yesterday too", "at 3:1", "at 03:10pm"])
def test_text_that_is_no_time__belongs_to_the_note(note: str) -> None:
    entry = read(f"page ci 1h {note}")
    assert (entry.started_at, entry.note) == (NOW, note)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("pager db 45m", "“pager” isn't a type of toil"),
        (f"{'x' * 60} db 45m", f"^“{'x' * 50}” isn't a type of toil"),
        ("page", "Enter the source and how long"),
        ("page db", "how long"),
        ("page 45m", "Enter the source"),
        ("page db 45", "how long"),
        ("page db 1h at 25:10", "25:10 isn't a time of day"),
        ("page db 0m", "from 1 minute"),
        ("page db 169h", "to 168 hours"),
        (f"page {'x' * 101} 1h", "at most 100 characters"),
        (f"page db 1h {'x' * 501}", "a note 500"),
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
