"""Scheduled posts in the database: one for each week, however clocks change."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.scheduler import (
    REMINDERS_PER_CHUNK,
    EveryMinute,
    Scheduler,
    enqueue_due_posts,
)
from domain.calendar.cadence import Cadence
from storage.boards import boards, charters
from storage.database import open_database
from storage.locks import STORE
from storage.posts import outbox
from storage.tables import PostKind
from tests.support.channel import Channel
from tests.support.host_clock import STEPS, HostClock
from tests.support.wait import wait_until

WEEK = timedelta(weeks=1)
FIFTY_YEARS = timedelta(days=18_262)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
MONDAY = datetime(2026, 8, 17, 9, 30, tzinfo=UTC)  # when a board's digest is due by default
moments = st.timedeltas(-FIFTY_YEARS, FIFTY_YEARS).map(lambda ahead: MONDAY + ahead)
# From a minute too early to the end of a doubled hour.
LOOKS = (-MINUTE, timedelta(), 30 * MINUTE, 60 * MINUTE)


@pytest.fixture
def channel(store_file: Path) -> Iterator[Channel]:
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        yield Channel(database)


def keeps(channel: Channel, cadence: Cadence, since: datetime) -> None:
    """Set the board's cadence, and propose a project at `since`."""
    with channel.database.transaction(STORE) as session:
        boards.change_settings(
            session,
            channel.board,
            cadence=cadence,
            people=4,
            weeks_away=0,
            stewards=(),
            quorum=3,
            by="U1",
            now=since,
        )
    channel.proposes(f"{since:%Y-%m-%d}", at=since)


def asked(channel: Channel, kind: PostKind) -> set[str]:
    with channel.database.snapshot() as session:
        found = outbox.list_subjects(session, channel.board.id, kind)
    return {subject.encode() for subject in found}


def wants_reveals(channel: Channel, days: int, people: tuple[str, ...] = ("U1",)) -> None:
    """Let one score show results after `days` days. Store the people as members."""
    channel.adds_people(*people)
    with channel.database.transaction(STORE) as session:
        charter = channel.board.charter.with_settings(reveal_after_days=days)
        charters.adopt(session, channel.board.id, charter, version=2, agreed_by=[], now=MONDAY)


def reminded(channel: Channel, first: datetime, count: int) -> dict[str, int]:
    """Check for due posts at the digest's time on `count` days. Return the reminders by person."""
    for day in range(count):
        enqueue_due_posts(channel.database, first + timedelta(days=day))
    subjects = [subject.split(":")[0] for subject in asked(channel, PostKind.NUDGE)]
    return {person: subjects.count(person) for person in subjects}


def test_many_people_owe_scores__each_is_reminded_once(channel: Channel) -> None:
    people = tuple(f"U{number}" for number in range(2 * REMINDERS_PER_CHUNK + 1))
    wants_reveals(channel, days=14, people=people)
    channel.proposes("V0", at=MONDAY - 8 * WEEK)
    for person in people:  # Only who takes part is reminded.
        channel.scores(person, {"cost": 1})
    channel.proposes("V1", at=MONDAY)
    friday = MONDAY + timedelta(days=11)
    assert reminded(channel, friday, 2) == dict.fromkeys(people, 1)


def test_unscored_project__reminds_once_before_the_reveal(channel: Channel) -> None:
    wants_reveals(channel, days=14)
    channel.proposes("V1", at=MONDAY)
    assert reminded(channel, MONDAY, 11) == {}
    friday = MONDAY + timedelta(days=11)  # The twelfth day is a Saturday.
    assert reminded(channel, friday, 60) == {"U1": 1}


def test_needle_is_down_when_due__reminds_on_the_same_day(channel: Channel) -> None:
    wants_reveals(channel, days=14)
    channel.proposes("V1", at=MONDAY)
    late = timedelta(hours=14)
    assert reminded(channel, MONDAY + timedelta(days=10) + late, 1) == {}
    assert reminded(channel, MONDAY + timedelta(days=11) + late, 1) == {"U1": 1}


def test_scored_project__reminds_nobody(channel: Channel) -> None:
    wants_reveals(channel, days=14)
    channel.proposes("V1", at=MONDAY)
    channel.scores("U1", {"cost": 1})
    assert reminded(channel, MONDAY, 60) == {}


def test_two_projects_due_together__remind_once(channel: Channel) -> None:
    wants_reveals(channel, days=14)
    for day in range(2):
        channel.proposes(f"V{day}", at=MONDAY + timedelta(days=day))
    assert reminded(channel, MONDAY, 60) == {"U1": 1}


def test_no_reveal__reminds_a_day_after_the_digest(channel: Channel) -> None:
    wants_reveals(channel, days=0)
    channel.proposes("V1", at=MONDAY - timedelta(days=1))
    assert reminded(channel, MONDAY, 1) == {}
    assert reminded(channel, MONDAY + timedelta(days=1), 1) == {"U1": 1}
    assert reminded(channel, MONDAY + timedelta(days=2), 14) == {"U1": 3}


def test_paused_digests__are_skipped_and_not_queued_later(channel: Channel) -> None:
    channel.proposes("V1", at=MONDAY - timedelta(days=1))
    with channel.database.transaction(STORE) as session:
        until = (MONDAY + 2 * WEEK).date()
        boards.pause_digests(session, channel.board, until, MONDAY - timedelta(days=1))
    for day in range(14):
        enqueue_due_posts(channel.database, MONDAY + timedelta(days=day))
    assert asked(channel, PostKind.DIGEST) == set()
    enqueue_due_posts(channel.database, MONDAY + 2 * WEEK)
    assert asked(channel, PostKind.DIGEST) == {"2026-W36"}


def test_resumed_digests__start_with_the_next_one(channel: Channel) -> None:
    channel.proposes("V1", at=MONDAY - timedelta(days=1))
    for until, at in ((MONDAY + 8 * WEEK, MONDAY), (None, MONDAY + timedelta(days=2))):
        with channel.database.transaction(STORE) as session:
            boards.pause_digests(session, channel.board, until and until.date(), at)
        enqueue_due_posts(channel.database, at)
    assert asked(channel, PostKind.DIGEST) == set()
    enqueue_due_posts(channel.database, MONDAY + WEEK)
    assert asked(channel, PostKind.DIGEST) == {"2026-W35"}


def weeks(first: date, count: int) -> list[str]:
    days = [first + number * WEEK for number in range(count)]
    return ["{}-W{:02d}".format(*day.isocalendar()[:2]) for day in days]


@pytest.mark.parametrize(
    ("zone", "weekday", "clock"),
    [
        pytest.param("UTC", 0, "09:30", marks=pytest.mark.long),
        ("America/New_York", 6, "01:30"),  # twice on 1 November 2026
        ("America/New_York", 6, "02:30"),  # never on 8 March 2026
        # Twice, half an hour apart, on 5 April 2026; never on 4 October.
        pytest.param("Australia/Lord_Howe", 6, "01:45", marks=pytest.mark.long),
        pytest.param("Australia/Lord_Howe", 6, "02:15", marks=pytest.mark.long),
        pytest.param("Pacific/Apia", 0, "00:00", marks=pytest.mark.long),
    ],
)
def test_year_of_53_weeks__queues_each_digest_once(
    channel: Channel, zone: str, weekday: int, clock: str
) -> None:
    cadence = Cadence(time_zone=zone, digest_weekday=weekday, digest_time=time.fromisoformat(clock))
    keeps(channel, cadence, datetime(2025, 12, 28, 0, 0, tzinfo=UTC) - WEEK)
    known: set[str] = set()
    for week in weeks(date(2025, 12, 29), 53):
        day = cadence.digest_day(week)
        noon = datetime.combine(day, time(12), UTC) + timedelta(days=1)
        due = cadence.latest_digest(noon + timedelta(days=1)).due_at
        for look in LOOKS:
            enqueue_due_posts(channel.database, due + look)
            expected = known | ({week} if look >= timedelta() else set())
            found = asked(channel, PostKind.DIGEST) - set(weeks(date(2025, 12, 15), 2))
            assert found == expected, (week, look)
        known.add(week)
    assert "2026-W53" in known


@pytest.mark.long
def test_ten_years__queue_each_digest_once(channel: Channel) -> None:
    cadence = Cadence(time_zone="America/New_York")
    keeps(channel, cadence, datetime(2020, 1, 1, tzinfo=UTC))
    now = datetime(2020, 1, 6, 20, 0, tzinfo=UTC)
    for _ in range(522):
        enqueue_due_posts(channel.database, now)
        enqueue_due_posts(channel.database, now + timedelta(days=3))
        now += WEEK
    assert asked(channel, PostKind.DIGEST) == set(weeks(date(2020, 1, 6), 522))


@pytest.mark.parametrize("fiscal_start", [1, 2, 4, 12])
def test_five_fiscal_years__queue_each_roadmap_once(channel: Channel, fiscal_start: int) -> None:
    cadence = Cadence(time_zone="Australia/Lord_Howe", fiscal_start=fiscal_start)
    begun = datetime(2024, fiscal_start, 15, tzinfo=UTC)
    keeps(channel, cadence, begun)
    quarter = cadence.quarter(begun)
    expected: set[str] = set()
    for _ in range(20):
        quarter = quarter.next()
        due = cadence.latest_roadmap(datetime.combine(quarter.end, time(12), UTC)).due_at
        enqueue_due_posts(channel.database, due - MINUTE)
        assert asked(channel, PostKind.ROADMAP) == expected
        enqueue_due_posts(channel.database, due)
        enqueue_due_posts(channel.database, due + timedelta(days=30))
        expected.add(quarter.key)
        assert asked(channel, PostKind.ROADMAP) == expected


@pytest.mark.parametrize("moved_to", [1, 5])
def test_fiscal_year_moves__no_quarter_is_lost_or_repeated(channel: Channel, moved_to: int) -> None:
    """Some future quarters get the names of quarters that already had their roadmaps."""
    before = Cadence(time_zone="UTC", fiscal_start=4)
    keeps(channel, before, datetime(2026, 1, 15, tzinfo=UTC))
    had = ["2026-04-01", "2026-07-01", "2026-10-01"]
    for day in had:
        enqueue_due_posts(channel.database, datetime.fromisoformat(f"{day}T12:00+00:00") + WEEK)
    after = Cadence(time_zone="UTC", fiscal_start=moved_to)
    keeps(channel, after, datetime(2026, 11, 1, tzinfo=UTC))
    quarter, to_come = after.quarter(datetime(2026, 11, 15, tzinfo=UTC)), []
    for _ in range(5):
        enqueue_due_posts(channel.database, datetime.combine(quarter.end, time(12), UTC))
        to_come.append(quarter.key)
        quarter = quarter.next()
    assert sorted(asked(channel, PostKind.ROADMAP)) == sorted({*had, *to_come})


def test_old_project__is_revealed_once(channel: Channel) -> None:
    proposed_at = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    channel.proposes("V1", at=proposed_at)
    before = channel.project().revision
    for minutes in (-1, 0, 1):
        enqueue_due_posts(channel.database, proposed_at + 2 * WEEK + minutes * MINUTE)
        assert channel.candidate().revealed == (minutes >= 0)
    assert channel.project().revision == before + 1


def test_nothing_is_due__nothing_is_written(channel: Channel) -> None:
    now = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    channel.proposes("V1", at=now)
    enqueue_due_posts(channel.database, now)
    channel.database.changed.clear()
    enqueue_due_posts(channel.database, now + MINUTE)
    assert not channel.database.changed.is_set()


@given(st.one_of(st.none(), moments), moments)
def test_any_step__next_check_is_within_a_minute(previous: datetime | None, now: datetime) -> None:
    """APScheduler calls the trigger until it names a time after now: once is enough."""
    following = EveryMinute().get_next_fire_time(previous, now)
    assert following is not None
    assert timedelta() < following - now <= MINUTE
    assert (following.second, following.microsecond) == (0, 0)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_clock_steps_to_just_before_due__digest_is_queued(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, step: timedelta
) -> None:
    """The check at the step comes too early, so only a job that is armed again queues it."""
    monkeypatch.setattr("bot.service.scheduler.STEP_CHECK_SECONDS", 0.1)
    host = HostClock()
    host.install(monkeypatch)
    host.set_time(MONDAY - step - 2 * SECOND)
    scheduler = Scheduler(channel.database, host)
    thread = Thread(target=scheduler.run)
    thread.start()
    try:
        host.step(step)
        channel.proposes("V1", at=MONDAY - timedelta(days=1))
        wait_until(lambda: asked(channel, PostKind.DIGEST) == {"2026-W34"}, within=10)
    finally:
        scheduler.stop()
        thread.join()
