"""Working hours across time zones and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.calendar.working_hours import WorkingHours, count_weekdays

ZONES = st.sampled_from(
    ["UTC", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]
)
MOMENTS = st.integers(946_684_800, 2_208_988_800).map(lambda at: datetime.fromtimestamp(at, UTC))
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@st.composite
def working_hours(draw: st.DrawFn) -> WorkingHours:
    starts, ends = sorted(draw(st.lists(st.times(), min_size=2, max_size=2, unique=True)))
    return WorkingHours(time_zone=draw(ZONES), starts=starts, ends=ends)


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"))


OFFICE = WorkingHours(time_zone="America/New_York")


@pytest.mark.parametrize(
    ("start", "night"),
    [
        ("2026-11-20 08:59", date(2026, 11, 19)),  # a Friday
        ("2026-11-20 18:00", date(2026, 11, 20)),
        ("2026-11-21 03:10", date(2026, 11, 20)),
        ("2026-11-21 12:00", None),  # Saturday noon is out of hours, but no night
        ("2026-11-23 03:10", date(2026, 11, 22)),  # the night before Monday
        ("2026-11-01 01:30", date(2026, 10, 31)),  # the hour that comes twice
        ("2026-03-08 02:30", date(2026, 3, 7)),  # the hour that never comes
    ],
)
def test_out_of_hours(start: str, night: date | None) -> None:
    assert OFFICE.is_out_of_hours(new_york(start))
    assert OFFICE.night_date(new_york(start)) == night


@pytest.mark.parametrize("start", ["2026-11-20 09:00", "2026-11-20 17:59"])
def test_what_starts_at_work_is_within_hours_however_long_it_lasts(start: str) -> None:
    assert not OFFICE.is_out_of_hours(new_york(start))
    assert OFFICE.night_date(new_york(start)) is None


@given(working_hours(), MOMENTS)
def test_it_is_a_matter_of_the_local_clock_alone(hours: WorkingHours, moment: datetime) -> None:
    here = moment.astimezone(ZoneInfo(hours.time_zone))
    there = moment.astimezone(ZoneInfo("Asia/Kathmandu"))
    assert (
        hours.is_out_of_hours(moment) == hours.is_out_of_hours(here) == hours.is_out_of_hours(there)
    )
    assert hours.night_date(moment) == hours.night_date(there)


@given(working_hours(), MOMENTS)
def test_a_night_is_out_of_hours_and_all_of_a_weekend_is(
    hours: WorkingHours, moment: datetime
) -> None:
    at_night = hours.night_date(moment) is not None
    weekend = hours.to_local(moment).weekday() >= 5
    assert hours.is_out_of_hours(moment) == (at_night or weekend)


@given(working_hours(), MOMENTS)
def test_a_night_began_on_that_day_or_the_one_before(hours: WorkingHours, moment: datetime) -> None:
    night = hours.night_date(moment)
    if night is not None:
        assert hours.to_local(moment).date() - night in (timedelta(0), timedelta(days=1))


@given(ZONES, DAYS)
def test_a_day_begins_with_its_midnight_even_where_the_clock_leaves_it_out(
    zone: str, day: date
) -> None:
    hours = WorkingHours(time_zone=zone)
    begins = hours.start_of_day(day)
    skipped = day == date(2011, 12, 30) and zone == "Pacific/Apia"  # a day that never was
    assert skipped or hours.to_local(begins).date() == day
    assert hours.start_of_day(day) <= hours.start_of_day(day + timedelta(days=1))


@given(DAYS, st.integers(0, 400))
def test_weekdays_are_counted_without_counting(first: date, days: int) -> None:
    counted = sum((first + timedelta(days=day)).weekday() < 5 for day in range(days))
    assert count_weekdays(first, first + timedelta(days=days)) == counted


def test_before_it_begins_a_span_has_no_weekdays() -> None:
    assert count_weekdays(date(2026, 11, 20), date(2026, 11, 2)) == 0


def test_a_week_of_work() -> None:
    assert OFFICE.working_minutes(date(2026, 11, 16), date(2026, 11, 23)) == 5 * 9 * 60


@pytest.mark.parametrize("ends", [time(9), time(8)])
def test_work_must_end_after_it_starts(ends: time) -> None:
    with pytest.raises(ValidationError, match="after it starts"):
        WorkingHours(starts=time(9), ends=ends)


def test_a_working_day_has_its_minutes_whatever_the_minute_it_starts_at() -> None:
    assert WorkingHours(starts=time(8, 45), ends=time(17, 15)).minutes_per_day == 510
