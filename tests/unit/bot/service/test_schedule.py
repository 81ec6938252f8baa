"""Boards that are checked when something may be due: nothing that is due is missed or late."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service import scheduler
from bot.service.due_times import next_due
from bot.service.scheduler import enqueue_due_posts, enqueue_scheduled_posts
from domain.calendar.cadence import Cadence
from domain.projects.lifecycle import Status
from storage import schedule
from storage.boards import boards, fires
from storage.database import Database, open_database
from storage.locks import STORE, OfBoard
from storage.people import people
from storage.posts import outbox
from storage.projects import votes
from storage.tables import BoardRow, PostKind
from tests.support.board_life import PROPOSAL, START, ZONES, BoardLife
from tests.support.channel import Channel
from tests.support.statements import recorded_statements

MINUTE = timedelta(minutes=1)


@pytest.fixture
def open_store(empty: Path, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    opened = []

    def open_store(name: str) -> Database:
        file = tmp_path / f"{name}.db"
        file.write_bytes(empty.read_bytes())
        opened.append(open_database(f"sqlite:///{file}", throwaway=True))
        return opened[-1]

    yield open_store
    for each in opened:
        each.close()


@pytest.mark.parametrize("seed", range(8))
def test_anything_happens__scheduled_checks_miss_nothing(
    open_store: Callable[[str], Database], seed: int
) -> None:
    checked, scheduled = (
        BoardLife(open_store("checked"), seed),
        BoardLife(open_store("scheduled"), seed),
    )
    for _ in range(12):
        checked.act()
        scheduled.act()
        for now, same in zip(checked.pass_time(), scheduled.pass_time(), strict=True):
            assert now == same
            enqueue_due_posts(checked.database, now)
            enqueue_scheduled_posts(scheduled.database, now)
            assert scheduled.outcome() == checked.outcome()


# A charter with early reveals at 14 days: a reminder comes on the 12th day at 9:30.
WINDOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PROPOSED_AT = datetime(2026, 10, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def channel(open_store: Callable[[str], Database]) -> Channel:
    return Channel(open_store("store"))


def checks(channel: Channel, *moments: datetime) -> None:
    """Check the board at these moments, by its schedule."""
    for moment in moments:
        enqueue_scheduled_posts(channel.database, moment)


def queued(channel: Channel, kind: PostKind) -> int:
    with channel.database.snapshot() as session:
        return len(outbox.list_subjects(session, channel.board.id, kind))


def has_schedule(channel: Channel) -> bool:
    """Return whether it is known when something may next be due."""
    with channel.database.snapshot() as session:
        return all(each.due_at is not None for each in schedule.list_all(session))


def test_nothing_may_be_due__board_is_not_read(channel: Channel) -> None:
    checks(channel, START)
    with recorded_statements() as statements:
        checks(channel, START + MINUTE)
    assert len(statements) == 2  # BEGIN, and the schedule


def test_first_reaction_in_reminder_window__reminds(channel: Channel) -> None:
    channel.adds_people("U1", "U2")
    channel.proposes("V1", at=PROPOSED_AT)
    channel.shows_card()
    checks(channel, PROPOSED_AT, WINDOW, WINDOW + MINUTE, WINDOW + 2 * MINUTE)
    assert queued(channel, PostKind.NUDGE) == 1
    channel.database.write_together(
        channel.lock, votes.save_reactions, channel.reaction("U2", at="1.0")
    )
    checks(channel, WINDOW + 3 * MINUTE)
    assert queued(channel, PostKind.NUDGE) == 2


def test_reminders_wanted_again_in_window__reminds(channel: Channel) -> None:
    channel.adds_people("U1")
    channel.proposes("V1", at=PROPOSED_AT)
    for wanted, count in ((False, 0), (True, 1)):
        with channel.database.transaction(STORE) as session:
            people.set_wants_reminders(session, channel.team_id, "U1", wanted=wanted)
        checks(channel, WINDOW, WINDOW + MINUTE, WINDOW + 2 * MINUTE)
        assert queued(channel, PostKind.NUDGE) == count


def test_reveal_between_posting_times__is_on_time(channel: Channel) -> None:
    channel.proposes("V1", at=PROPOSED_AT)
    reveal_at = PROPOSED_AT + timedelta(days=14)
    checks(channel, PROPOSED_AT, WINDOW, reveal_at - 2 * MINUTE, reveal_at - MINUTE)
    assert has_schedule(channel)
    checks(channel, reveal_at)
    assert channel.candidate().revealed


def test_old_fire_between_posting_times__is_on_time(channel: Channel) -> None:
    with channel.database.transaction(channel.lock) as session:
        fires.declare(session, channel.board.id, value="cost", what="W", by="U1", now=START)
    week = timedelta(weeks=1)
    checks(channel, START, START + week - 2 * MINUTE, START + week - MINUTE)
    assert has_schedule(channel)
    checks(channel, START + week)
    assert queued(channel, PostKind.OLD_FIRE) == 1


@pytest.mark.parametrize("days", [30, 90])
def test_follow_up_between_posting_times__is_on_time(channel: Channel, days: int) -> None:
    channel.proposes("V1", PROPOSAL, at=PROPOSED_AT)
    channel.shows_card()
    channel.changes_status(1, Status.SHIPPED, at=PROPOSED_AT)
    due_at = PROPOSED_AT + timedelta(days=days)
    checks(channel, PROPOSED_AT, due_at - 2 * MINUTE, due_at - MINUTE)
    before = queued(channel, PostKind.PAYBACK)
    assert has_schedule(channel)
    checks(channel, due_at)
    assert queued(channel, PostKind.PAYBACK) == before + 1


def test_change_during_check__board_is_checked_again(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def next_due_before_change(*arguments: Any) -> datetime | None:
        due_at = next_due(*arguments)
        channel.proposes("V1", at=START)
        return due_at

    monkeypatch.setattr(scheduler, "next_due", next_due_before_change)
    checks(channel, START)
    assert not has_schedule(channel)


def test_board_fails__is_checked_again(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    checks(channel, START)
    assert has_schedule(channel)
    with monkeypatch.context() as patch:
        patch.setattr(scheduler, "_reveal", lambda *_: 1 / 0)
        enqueue_due_posts(channel.database, START)
    assert not has_schedule(channel)


def test_paused_board__is_not_read_each_minute(channel: Channel) -> None:
    with channel.database.transaction(OfBoard(channel.board.id)) as session:
        boards.mark_conflict(session, channel.board.id, "another")
    checks(channel, START)
    assert has_schedule(channel)


def test_stored_by_clock_far_ahead__board_is_checked(channel: Channel) -> None:
    checks(channel, START + timedelta(days=400))
    channel_was_scheduled = has_schedule(channel)
    with channel.database.snapshot() as session:
        found = schedule.list_due(session, START)
    assert channel_was_scheduled
    assert len(found) == 1


def test_unreadable_board__others_get_their_posts(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    other.proposes("V1", at=START)
    with channel.database.transaction(OfBoard(channel.board.id)) as session:
        session.get_one(BoardRow, channel.board.id).digest_time = "nonsense"
    monday = datetime(2026, 10, 19, 9, 30, tzinfo=UTC)
    checks(channel, START, monday)
    assert queued(other, PostKind.DIGEST) == 1


@given(
    st.sampled_from(ZONES),
    st.times(),
    st.integers(0, 6),
    st.integers(1, 12),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.floats(0, 1, exclude_max=True),
)
def test_until_next_posting_time__no_period_comes_due(
    zone: str, at: time, weekday: int, fiscal_start: int, now: datetime, part: float
) -> None:
    cadence = Cadence(
        time_zone=zone, digest_time=at, digest_weekday=weekday, fiscal_start=fiscal_start
    )
    then = cadence.next_posting_time(now)
    later = min(now + part * (then - now), then - timedelta(microseconds=1))  # it may be rounded up
    for latest in (
        Cadence.latest_digest,
        Cadence.latest_reminder,
        Cadence.latest_roadmap,
        Cadence.latest_retrospective,
    ):
        assert latest(cadence, now) == latest(cadence, later)
    assert now < cadence.next_posting_time(now) <= now + timedelta(days=2)
