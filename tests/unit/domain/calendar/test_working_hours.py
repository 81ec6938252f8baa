"""Working hours in the team's time zone, across clock changes."""

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
        ("2026-11-21 12:00", None),  # Saturday noon is out of hours, but not at night
        ("2026-11-23 03:10", date(2026, 11, 22)),  # the night before Monday
        ("2026-11-01 01:30", date(2026, 10, 31)),  # the hour that comes twice
        ("2026-03-08 02:30", date(2026, 3, 7)),  # the hour that never comes
    ],
)
def test_start_outside_working_hours__is_out_of_hours(start: str, night: date | None) -> None:
    assert OFFICE.is_out_of_hours(new_york(start))
    assert OFFICE.night_date(new_york(start)) == night


@pytest.mark.parametrize("start", ["2026-11-20 09:00", "2026-11-20 17:59"])
def test_start_within_working_hours__is_not_out_of_hours(start: str) -> None:
    assert not OFFICE.is_out_of_hours(new_york(start))
    assert OFFICE.night_date(new_york(start)) is None


@given(working_hours(), MOMENTS)
def test_same_moment_in_other_zones__gives_the_same_result(
    hours: WorkingHours, moment: datetime
) -> None:
    here = moment.astimezone(ZoneInfo(hours.time_zone))
    there = moment.astimezone(ZoneInfo("Asia/Kathmandu"))
    assert (
        hours.is_out_of_hours(moment) == hours.is_out_of_hours(here) == hours.is_out_of_hours(there)
    )
    assert hours.night_date(moment) == hours.night_date(there)


@given(working_hours(), MOMENTS)
def test_any_moment__out_of_hours_means_night_or_weekend(
    hours: WorkingHours, moment: datetime
) -> None:
    at_night = hours.night_date(moment) is not None
    weekend = hours.to_local(moment).weekday() >= 5
    assert hours.is_out_of_hours(moment) == (at_night or weekend)


@given(working_hours(), MOMENTS)
def test_night__began_on_that_day_or_the_day_before(hours: WorkingHours, moment: datetime) -> None:
    night = hours.night_date(moment)
    if night is not None:
        assert hours.to_local(moment).date() - night in (timedelta(0), timedelta(days=1))


@given(ZONES, DAYS)
def test_midnight_is_skipped__day_starts_on_its_date(zone: str, day: date) -> None:
    hours = WorkingHours(time_zone=zone)
    begins = hours.start_of_day(day)
    skipped = day == date(2011, 12, 30) and zone == "Pacific/Apia"  # Apia skipped this day
    assert skipped or hours.to_local(begins).date() == day
    assert hours.start_of_day(day) <= hours.start_of_day(day + timedelta(days=1))


@given(DAYS, st.integers(0, 400))
def test_any_span__weekday_count_equals_a_daily_count(first: date, days: int) -> None:
    counted = sum((first + timedelta(days=day)).weekday() < 5 for day in range(days))
    assert count_weekdays(first, first + timedelta(days=days)) == counted


def test_span_ends_before_it_starts__has_no_weekdays() -> None:
    assert count_weekdays(date(2026, 11, 20), date(2026, 11, 2)) == 0


def test_one_week__has_five_days_of_working_minutes() -> None:
    assert OFFICE.working_minutes(date(2026, 11, 16), date(2026, 11, 23)) == 5 * 9 * 60


@pytest.mark.parametrize("ends", [time(9), time(8)])
def test_work_ends_before_it_starts__is_rejected(ends: time) -> None:
    with pytest.raises(ValidationError, match="after it starts"):
        WorkingHours(starts=time(9), ends=ends)


def test_hours_start_within_an_hour__minutes_are_exact() -> None:
    assert WorkingHours(starts=time(8, 45), ends=time(17, 15)).minutes_per_day == 510
