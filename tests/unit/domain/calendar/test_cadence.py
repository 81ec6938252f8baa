"""Due times in the board's time zone, across clock changes and calendar irregularities."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.calendar.cadence import Cadence

WEEK = timedelta(weeks=1)
INSTANT = timedelta(microseconds=1)
MONDAYS_AT_HALF_PAST_NINE = Cadence(time_zone="America/New_York")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "weekday", "clock", "period", "at"),
    [
        ("UTC", 0, "09:30", "2026-W35", "2026-08-24T09:30"),
        # New York's clocks go forward on Sunday 8 March and back on Sunday 1 November.
        ("America/New_York", 0, "09:30", "2026-W10", "2026-03-02T14:30"),
        ("America/New_York", 0, "09:30", "2026-W11", "2026-03-09T13:30"),
        ("America/New_York", 0, "09:30", "2026-W44", "2026-10-26T13:30"),
        ("America/New_York", 0, "09:30", "2026-W45", "2026-11-02T14:30"),
        # There is no 02:30 on the one day: half an hour after 01:59 it is 03:30.
        ("America/New_York", 6, "02:30", "2026-W10", "2026-03-08T07:30"),
        # There are two of 01:30 on the other: the first.
        ("America/New_York", 6, "01:30", "2026-W44", "2026-11-01T05:30"),
        # Lord Howe's clocks change by half an hour, on 5 April and on 4 October.
        ("Australia/Lord_Howe", 6, "01:45", "2026-W14", "2026-04-04T14:45"),
        ("Australia/Lord_Howe", 6, "02:15", "2026-W40", "2026-10-03T15:45"),
        ("Australia/Lord_Howe", 0, "09:30", "2026-W41", "2026-10-04T22:30"),
        # Apia is a day ahead of UTC's date for most of the day.
        ("Pacific/Apia", 0, "09:30", "2026-W35", "2026-08-23T20:30"),
        # Apia had no Friday 30 December 2011: it crossed the date line in that night.
        ("Pacific/Apia", 4, "09:30", "2011-W52", "2011-12-30T19:30"),
        ("Pacific/Apia", 5, "09:30", "2011-W52", "2011-12-30T19:30"),
        ("Pacific/Apia", 4, "09:30", "2012-W01", "2012-01-05T19:30"),
        # 2026 has a week 53, which ends in 2027.
        ("UTC", 0, "09:30", "2026-W53", "2026-12-28T09:30"),
        ("UTC", 6, "09:30", "2026-W53", "2027-01-03T09:30"),
        ("UTC", 0, "09:30", "2027-W01", "2027-01-04T09:30"),
        # The first days of 2028 belong to 2027's last week.
        ("UTC", 5, "09:30", "2027-W52", "2028-01-01T09:30"),
        ("UTC", 0, "00:00", "2026-W35", "2026-08-24T00:00"),
        ("UTC", 6, "23:59", "2026-W35", "2026-08-30T23:59"),
    ],
)
def test_a_week_s_digest_is_due_at_its_moment_and_not_before(
    zone: str, weekday: int, clock: str, period: str, at: str
) -> None:
    cadence = Cadence(time_zone=zone, digest_weekday=weekday, digest_time=time.fromisoformat(clock))
    due = cadence.latest_digest(utc(at))
    assert (due.period, due.due_at) == (period, utc(at))
    assert cadence.latest_digest(utc(at) - INSTANT).period != period


def test_a_late_look_finds_the_latest_digest_and_no_older_one() -> None:
    cadence = MONDAYS_AT_HALF_PAST_NINE
    for late in (INSTANT, timedelta(days=3), WEEK - INSTANT):
        assert cadence.latest_digest(utc("2026-08-24T13:30") + late).period == "2026-W35"
    assert cadence.latest_digest(utc("2026-09-14T13:30") + WEEK - INSTANT).period == "2026-W38"


@pytest.mark.parametrize(
    ("zone", "weekday", "clock"),
    [
        ("America/New_York", 6, "01:30"),
        ("America/New_York", 6, "02:30"),
        ("Australia/Lord_Howe", 6, "01:45"),
        ("Australia/Lord_Howe", 6, "02:15"),
        ("Pacific/Apia", 0, "09:30"),
        ("Africa/Cairo", 4, "00:00"),  # its clocks skip midnight
    ],
)
def test_every_week_of_ten_years_has_its_digest_once(zone: str, weekday: int, clock: str) -> None:
    """A check every six hours sees each week's digest come due once."""
    cadence = Cadence(time_zone=zone, digest_weekday=weekday, digest_time=time.fromisoformat(clock))
    found: Counter[str] = Counter()
    now, end, last = utc("2020-01-01"), utc("2030-01-01"), ""
    while now < end:
        due = cadence.latest_digest(now)
        if due.period != last:
            found[last := due.period] += 1
        now += timedelta(hours=6)
    weeks = {
        "{}-W{:02d}".format(*(date(2019, 12, 30) + week * WEEK).isocalendar()[:2])
        for week in range(522)
    }
    assert weeks - set(found) == set()
    assert set(found.values()) == {1}


zones = st.sampled_from(
    [
        "UTC",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "America/Santiago",
        "Africa/Cairo",
        "Asia/Kathmandu",
        "Antarctica/Troll",
    ]
)
cadences = st.builds(
    Cadence,
    time_zone=zones,
    digest_weekday=st.integers(0, 6),
    digest_time=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    fiscal_start=st.integers(1, 12),
)
moments = st.datetimes(datetime(2012, 2, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


@given(cadences, moments)
def test_the_digest_that_is_due_is_the_latest_one(cadence: Cadence, now: datetime) -> None:
    due = cadence.latest_digest(now)
    assert (
        due.due_at <= now < due.due_at + WEEK + timedelta(hours=2)
    )  # a week in which clocks go back
    assert cadence.latest_digest(due.due_at) == due
    assert cadence.latest_digest(due.due_at - INSTANT).due_at < due.due_at


@given(cadences, moments)
def test_a_digest_is_due_when_the_board_s_clock_says_so(cadence: Cadence, now: datetime) -> None:
    local = cadence.latest_digest(now).due_at.astimezone(ZoneInfo(cadence.time_zone))
    said = datetime.combine(local.date(), cadence.digest_time, local.tzinfo)
    skipped = said.astimezone(UTC).astimezone(local.tzinfo).time() != cadence.digest_time
    assert local.time() == cadence.digest_time or skipped
    assert local.weekday() == cadence.digest_weekday or skipped


@given(cadences, moments)
def test_the_next_digest_is_of_the_next_week(cadence: Cadence, now: datetime) -> None:
    due = cadence.latest_digest(now)
    following = cadence.latest_digest(due.due_at + WEEK + timedelta(hours=2))
    first, second = (
        datetime.strptime(f"{each.period}-1", "%G-W%V-%u").replace(tzinfo=UTC)
        for each in (due, following)
    )
    assert second - first == WEEK


@pytest.mark.parametrize(
    ("fiscal_start", "period", "at"),
    [
        (1, "2026-10-01", "2026-10-01T13:30"),  # a Thursday
        (1, "2028-01-01", "2028-01-03T14:30"),  # the quarter starts on a Saturday
        (1, "2028-10-01", "2028-10-02T13:30"),  # on a Sunday
        (2, "2026-11-01", "2026-11-02T14:30"),  # on a Sunday on which the clocks go back
        (7, "2026-07-01", "2026-07-01T13:30"),
        (10, "2026-10-01", "2026-10-01T13:30"),
    ],
)
def test_a_roadmap_is_due_on_the_first_working_day_of_the_quarter(
    fiscal_start: int, period: str, at: str
) -> None:
    cadence = Cadence(time_zone="America/New_York", fiscal_start=fiscal_start)
    due = cadence.latest_roadmap(utc(at))
    assert (due.period, due.due_at) == (period, utc(at))
    assert cadence.latest_roadmap(utc(at) - INSTANT).period != period


@given(cadences, moments)
def test_the_roadmap_that_is_due_is_the_latest_one(cadence: Cadence, now: datetime) -> None:
    due = cadence.latest_roadmap(now)
    assert due.due_at <= now < due.due_at + timedelta(days=95)
    assert cadence.latest_roadmap(due.due_at) == due
    assert cadence.latest_roadmap(due.due_at - INSTANT).due_at < due.due_at
    local = due.due_at.astimezone(ZoneInfo(cadence.time_zone))
    assert local.weekday() < 5
    assert cadence.quarter(due.due_at).first_working_day == local.date()


@pytest.mark.parametrize(
    ("fiscal_start", "period", "at"),
    [
        (1, "2026-07-01", "2026-09-25T13:30"),  # Q4 starts on a Thursday
        (1, "2027-10-01", "2027-12-31T14:30"),  # Q1 starts on a Saturday, work on the Monday
        (1, "2028-07-01", "2028-09-29T13:30"),  # Q4 starts on a Sunday
        (10, "2026-07-01", "2026-09-25T13:30"),
    ],
)
def test_a_retrospective_is_due_on_the_friday_before_the_week_of_the_next_roadmap(
    fiscal_start: int, period: str, at: str
) -> None:
    cadence = Cadence(time_zone="America/New_York", fiscal_start=fiscal_start)
    due = cadence.latest_retrospective(utc(at))
    assert (due.period, due.due_at) == (period, utc(at))
    assert cadence.latest_retrospective(utc(at) - INSTANT).period != period


@given(cadences, moments)
def test_no_week_has_both_a_retrospective_and_a_roadmap(cadence: Cadence, now: datetime) -> None:
    looking_back, roadmap = cadence.latest_retrospective(now), cadence.latest_roadmap(now)
    assert looking_back.due_at <= now
    assert cadence.iso_week(looking_back.due_at) != cadence.iso_week(roadmap.due_at)
    quarter = cadence.quarter(looking_back.due_at)
    assert looking_back.period == quarter.key
    assert timedelta(0) <= quarter.end - cadence.today(looking_back.due_at) < timedelta(days=7)


@pytest.mark.parametrize(
    ("zone", "today", "week", "quarter"),
    [
        ("Pacific/Kiritimati", "2027-01-01", "2026-W53", "2027-Q1"),
        ("UTC", "2026-12-31", "2026-W53", "2026-Q4"),
        ("Pacific/Pago_Pago", "2026-12-31", "2026-W53", "2026-Q4"),
    ],
)
def test_what_day_it_is_depends_on_where_the_board_is(
    zone: str, today: str, week: str, quarter: str
) -> None:
    cadence, now = Cadence(time_zone=zone), utc("2026-12-31T20:00")
    assert cadence.today(now).isoformat() == today
    assert cadence.iso_week(now) == week
    assert str(cadence.quarter(now)) == quarter


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "/etc/passwd", "Europe"])
def test_an_unknown_time_zone_gets_one_clear_line(zone: str) -> None:
    with pytest.raises(ValidationError, match="is not a time zone: write it like Europe/Dublin"):
        Cadence(time_zone=zone)


@pytest.mark.parametrize(
    ("setting", "number"),
    [("digest_weekday", -1), ("digest_weekday", 7), ("fiscal_start", 0), ("fiscal_start", 13)],
)
def test_a_day_or_month_that_no_calendar_has_is_refused(setting: str, number: int) -> None:
    with pytest.raises(ValidationError, match=setting):
        Cadence.model_validate({setting: number})


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 6))
def test_the_day_of_a_digest_is_known_from_its_week(day: date, weekday: int) -> None:
    cadence = Cadence(digest_weekday=weekday)
    found = cadence.digest_day(cadence.iso_week(datetime(day.year, day.month, day.day, tzinfo=UTC)))
    assert found.weekday() == weekday
    assert found.isocalendar()[:2] == day.isocalendar()[:2]


@pytest.mark.parametrize(
    ("now", "period", "at"),
    [
        ("2026-08-25T13:30", "2026-W35", "2026-08-25T13:30"),  # a day after Monday's digest
        ("2026-08-25T13:29", "2026-W34", "2026-08-18T13:30"),
        ("2026-08-30T00:00", "2026-W35", "2026-08-25T13:30"),
        ("2026-08-24T13:30", "2026-W34", "2026-08-18T13:30"),
    ],
)
def test_a_reminder_is_due_a_day_after_the_digest(now: str, period: str, at: str) -> None:
    due = MONDAYS_AT_HALF_PAST_NINE.latest_reminder(utc(now))
    assert (due.period, due.due_at) == (period, utc(at))


def test_after_a_digest_of_sunday_the_reminder_is_of_the_next_week() -> None:
    due = Cadence(digest_weekday=6).latest_reminder(utc("2026-08-24T09:30"))
    assert (due.period, due.due_at) == ("2026-W35", utc("2026-08-24T09:30"))


def test_what_is_due_is_told_in_utc() -> None:
    assert (
        str(MONDAYS_AT_HALF_PAST_NINE.latest_digest(utc("2026-08-24T13:30")).due_at.tzinfo) == "UTC"
    )
