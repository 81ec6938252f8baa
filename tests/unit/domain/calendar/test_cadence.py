"""Due times of posts: time zones, clock changes, and unusual calendars."""

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
        # 02:30 doesn't exist on 8 March: the digest comes at 03:30.
        ("America/New_York", 6, "02:30", "2026-W10", "2026-03-08T07:30"),
        # 01:30 comes twice on 1 November: the digest comes at the first.
        ("America/New_York", 6, "01:30", "2026-W44", "2026-11-01T05:30"),
        # Lord Howe's clocks change by half an hour, on 5 April and on 4 October.
        ("Australia/Lord_Howe", 6, "01:45", "2026-W14", "2026-04-04T14:45"),
        ("Australia/Lord_Howe", 6, "02:15", "2026-W40", "2026-10-03T15:45"),
        ("Australia/Lord_Howe", 0, "09:30", "2026-W41", "2026-10-04T22:30"),
        # Apia is a day ahead of UTC's date for most of the day.
        ("Pacific/Apia", 0, "09:30", "2026-W35", "2026-08-23T20:30"),
        # Apia skipped Friday 30 December 2011, when it crossed the date line.
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
def test_digest_time_reached__is_due_and_not_before(
    zone: str, weekday: int, clock: str, period: str, at: str
) -> None:
    cadence = Cadence(time_zone=zone, digest_weekday=weekday, digest_time=time.fromisoformat(clock))
    due = cadence.latest_digest(utc(at))
    assert (due.period, due.due_at) == (period, utc(at))
    assert cadence.latest_digest(utc(at) - INSTANT).period != period


def test_several_digests_due__returns_only_the_latest() -> None:
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
def test_ten_years__each_week_has_one_digest(zone: str, weekday: int, clock: str) -> None:
    # Asks every six hours. No week may come due twice.
    cadence = Cadence(time_zone=zone, digest_weekday=weekday, digest_time=time.fromisoformat(clock))
    counts: Counter[str] = Counter()
    now, end, last = utc("2020-01-01"), utc("2030-01-01"), ""
    while now < end:
        due = cadence.latest_digest(now)
        if due.period != last:
            counts[last := due.period] += 1
        now += timedelta(hours=6)
    weeks = {
        "{}-W{:02d}".format(*(date(2019, 12, 30) + week * WEEK).isocalendar()[:2])
        for week in range(522)
    }
    assert weeks - set(counts) == set()
    assert set(counts.values()) == {1}


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
def test_any_moment__latest_digest_is_the_newest_due(cadence: Cadence, now: datetime) -> None:
    due = cadence.latest_digest(now)
    assert (
        due.due_at <= now < due.due_at + WEEK + timedelta(hours=2)
    )  # a week in which clocks go back
    assert cadence.latest_digest(due.due_at) == due
    assert cadence.latest_digest(due.due_at - INSTANT).due_at < due.due_at


@given(cadences, moments)
def test_any_cadence__digest_is_due_at_local_time(cadence: Cadence, now: datetime) -> None:
    local = cadence.latest_digest(now).due_at.astimezone(ZoneInfo(cadence.time_zone))
    nominal = datetime.combine(local.date(), cadence.digest_time, local.tzinfo)
    skipped = nominal.astimezone(UTC).astimezone(local.tzinfo).time() != cadence.digest_time
    assert local.time() == cadence.digest_time or skipped
    assert local.weekday() == cadence.digest_weekday or skipped


@given(cadences, moments)
def test_one_week_later__digest_is_of_the_next_week(cadence: Cadence, now: datetime) -> None:
    due = cadence.latest_digest(now)
    following = cadence.latest_digest(due.due_at + WEEK + timedelta(hours=2))
    first, second = (
        datetime.strptime(f"{due_period.period}-1", "%G-W%V-%u").replace(tzinfo=UTC)
        for due_period in (due, following)
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
def test_quarter_starts__roadmap_is_due_on_first_working_day(
    fiscal_start: int, period: str, at: str
) -> None:
    cadence = Cadence(time_zone="America/New_York", fiscal_start=fiscal_start)
    due = cadence.latest_roadmap(utc(at))
    assert (due.period, due.due_at) == (period, utc(at))
    assert cadence.latest_roadmap(utc(at) - INSTANT).period != period


@given(cadences, moments)
def test_any_moment__latest_roadmap_is_the_newest_due(cadence: Cadence, now: datetime) -> None:
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
def test_quarter_ends__retrospective_due_friday_before_roadmap(
    fiscal_start: int, period: str, at: str
) -> None:
    cadence = Cadence(time_zone="America/New_York", fiscal_start=fiscal_start)
    due = cadence.latest_retrospective(utc(at))
    assert (due.period, due.due_at) == (period, utc(at))
    assert cadence.latest_retrospective(utc(at) - INSTANT).period != period


@given(cadences, moments)
def test_any_week__has_no_retrospective_beside_a_roadmap(cadence: Cadence, now: datetime) -> None:
    retrospective, roadmap = cadence.latest_retrospective(now), cadence.latest_roadmap(now)
    assert retrospective.due_at <= now
    assert cadence.iso_week(retrospective.due_at) != cadence.iso_week(roadmap.due_at)
    quarter = cadence.quarter(retrospective.due_at)
    assert retrospective.period == quarter.key
    assert timedelta(0) <= quarter.end - cadence.today(retrospective.due_at) < timedelta(days=7)


@pytest.mark.parametrize(
    ("zone", "today", "week", "quarter"),
    [
        ("Pacific/Kiritimati", "2027-01-01", "2026-W53", "2027-Q1"),
        ("UTC", "2026-12-31", "2026-W53", "2026-Q4"),
        ("Pacific/Pago_Pago", "2026-12-31", "2026-W53", "2026-Q4"),
    ],
)
def test_time_zone_differs__day_week_and_quarter_are_local(
    zone: str, today: str, week: str, quarter: str
) -> None:
    cadence, now = Cadence(time_zone=zone), utc("2026-12-31T20:00")
    assert cadence.today(now).isoformat() == today
    assert cadence.iso_week(now) == week
    assert str(cadence.quarter(now)) == quarter


@pytest.mark.parametrize(
    "zone",
    ["Europe/Atlantis", "", "../etc/passwd", "/etc/passwd", "Europe", "localtime", "posix/UTC"],
)
def test_unknown_time_zone__raises_with_an_example(zone: str) -> None:
    with pytest.raises(ValidationError, match="is not a time zone: write it like Europe/Dublin"):
        Cadence(time_zone=zone)


@pytest.mark.parametrize(
    ("setting", "number"),
    [("digest_weekday", -1), ("digest_weekday", 7), ("fiscal_start", 0), ("fiscal_start", 13)],
)
def test_weekday_or_month_out_of_range__is_rejected(setting: str, number: int) -> None:
    with pytest.raises(ValidationError, match=setting):
        Cadence.model_validate({setting: number})


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 6))
def test_iso_week__gives_the_digest_day(day: date, weekday: int) -> None:
    cadence = Cadence(digest_weekday=weekday)
    digest_day = cadence.digest_day(
        cadence.iso_week(datetime(day.year, day.month, day.day, tzinfo=UTC))
    )
    assert digest_day.weekday() == weekday
    assert digest_day.isocalendar()[:2] == day.isocalendar()[:2]


@pytest.mark.parametrize(
    ("now", "period", "at"),
    [
        ("2026-08-25T13:30", "2026-W35", "2026-08-25T13:30"),  # a day after Monday's digest
        ("2026-08-25T13:29", "2026-W34", "2026-08-18T13:30"),
        ("2026-08-30T00:00", "2026-W35", "2026-08-25T13:30"),
        ("2026-08-24T13:30", "2026-W34", "2026-08-18T13:30"),
    ],
)
def test_digest_was_due__reminder_is_due_a_day_later(now: str, period: str, at: str) -> None:
    due = MONDAYS_AT_HALF_PAST_NINE.latest_reminder(utc(now))
    assert (due.period, due.due_at) == (period, utc(at))


def test_sunday_digest__reminder_is_of_the_next_week() -> None:
    due = Cadence(digest_weekday=6).latest_reminder(utc("2026-08-24T09:30"))
    assert (due.period, due.due_at) == ("2026-W35", utc("2026-08-24T09:30"))


def test_board_has_time_zone__due_time_is_in_utc() -> None:
    assert (
        str(MONDAYS_AT_HALF_PAST_NINE.latest_digest(utc("2026-08-24T13:30")).due_at.tzinfo) == "UTC"
    )


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.integers(0, 6),
)
def test_next_digest__is_the_first_that_is_not_due_yet(minutes: int, weekday: int) -> None:
    now = utc("2026-01-01") + timedelta(minutes=minutes)
    cadence = Cadence(time_zone="America/New_York", digest_weekday=weekday)
    following = cadence.next_digest(now)
    assert following.due_at > now
    assert cadence.latest_digest(following.due_at) == following
    assert cadence.latest_digest(following.due_at - INSTANT) == cadence.latest_digest(now)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 6))
def test_first_digest_from_a_day__is_within_that_week(day: date, weekday: int) -> None:
    cadence = Cadence(time_zone="America/New_York", digest_weekday=weekday)
    first = cadence.first_digest_from(day)
    assert cadence.latest_digest(first.due_at) == first
    assert day <= cadence.today(first.due_at) < day + timedelta(weeks=1)
