"""What is due, and when it is asked for."""

import logging
from datetime import UTC, datetime, timedelta
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.clock import Clock, utc_now
from bot.service import follow_ups
from domain.calendar.cadence import DuePeriod
from domain.calendar.quarter import Quarter
from storage.boards import boards, fires
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.people import reminders
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.subjects import (
    OldFireSubject,
    PeriodSubject,
    QuarterSubject,
    ReminderSubject,
    WeekSubject,
)
from storage.projects import projects
from storage.tables import PostKind

log = logging.getLogger(__name__)

NUDGE_WITHIN = timedelta(hours=1)
OLD_FIRE = timedelta(weeks=1)
LATE_SECONDS = 3600  # APScheduler drops a job that is over a second late, unless told


class Schedule:
    """Looks every minute at what is due on each board by its own time zone.

    One look instead of one trigger a board: changed settings count at once, time that was spent
    down is made good at the start, and an hour that the clock shows twice or never is nothing
    special. What must last is in the tables.

    The scheduler's job only wakes whoever runs this: its own threads are joined when the
    interpreter ends, however long a store does not answer.
    """

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._wake = Event()
        self._stop = Event()
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._wake.set,
            CronTrigger(second=0, timezone=UTC),
            id="wake",
            next_run_time=datetime.now(UTC),
            misfire_grace_time=LATE_SECONDS,
            coalesce=True,
        )

    def run(self) -> None:
        """At once, and every minute."""
        self._scheduler.start()
        while self._wake.wait() and not self._stop.is_set():
            self._wake.clear()
            try:
                claim_due(self._database, self._clock())
            except Exception:
                log.exception("schedule_check_failed")
        self._scheduler.shutdown()

    def stop(self) -> None:
        """Finish the look in hand, and begin no other."""
        self._stop.set()
        self._wake.set()


def claim_due(database: Database, now: datetime) -> None:
    """Ask for all that is due. The claim makes each appear once."""
    with database.snapshot() as session:
        every = boards.list_all(session)
    for board in every:
        _claim_periods(database, board, now)
        _ask_about_old_fires(database, board, now)
        _nudge(database, board, now)
        _look_at_what_shipped(database, board, now)


def _claim_periods(database: Database, board: Board, now: datetime) -> None:
    """The board's digest, roadmap and retrospective."""
    with database.snapshot() as session:
        due = [
            (kind, period)
            for kind, period in _due(session, board, now)
            if outbox.latest(session, board.id, kind, period) is None
        ]
    for kind, period in due:
        with database.transaction() as session:
            outbox.enqueue_for_period(session, board.id, kind, period)


def _ask_about_old_fires(database: Database, board: Board, now: datetime) -> None:
    """Who declared a fire that has burned for a week is asked once whether it still does."""
    with database.snapshot() as session:
        old = [
            OldFireSubject(fire.declared_by, fire.id)
            for fire in fires.burning(session, board.id)
            if fire.declared_at <= now - OLD_FIRE
        ]
        asked = outbox.list_subjects(session, board.id, PostKind.OLD_FIRE) if old else set()
    for subject in old:
        if subject not in asked:
            with database.transaction() as session:
                outbox.enqueue(
                    session, board.id, PostKind.OLD_FIRE, subject, recipient=subject.declared_by
                )


def _nudge(database: Database, board: Board, now: datetime) -> None:
    """A day after the digest, remind whose scores it asked for and has not got; once a week each,
    of whichever board is the first. One that could not be made on time is left out.
    """
    due = board.cadence.latest_reminder(now)
    if now - due.due_at >= NUDGE_WITHIN:
        return
    digest = board.cadence.latest_digest(due.due_at).due_at
    with database.snapshot() as session:
        reminded = reminders.people_reminded(session, board.team_id, due.period)
        owing = set(reminders.people_owing_scores(session, board, digest)) - reminded
    if not owing:
        return
    with database.transaction() as session:
        for person in sorted(owing - reminders.people_reminded(session, board.team_id, due.period)):
            subject = ReminderSubject(person, due.period)
            outbox.enqueue(session, board.id, PostKind.NUDGE, subject, recipient=person)


def _look_at_what_shipped(database: Database, board: Board, now: datetime) -> None:
    """What it removed is said in its card's thread; what it moved is asked of who scored it."""
    with database.snapshot() as session:
        due = follow_ups.due(session, board, now)
    for wish in due:
        with database.transaction() as session:
            outbox.enqueue(
                session,
                board.id,
                wish.kind,
                wish.subject,
                project_id=wish.project_id,
                recipient=wish.person,
            )


def _due(session: Session, board: Board, now: datetime) -> list[tuple[PostKind, PeriodSubject]]:
    """What came due since there is something to say."""
    since = projects.first_proposed_at(session, board.id)
    looking_back = board.cadence.latest_retrospective(now)
    committed_at = _committed_at(session, board, looking_back)
    roadmap, digest = board.cadence.latest_roadmap(now), board.cadence.latest_digest(now)
    latest: list[tuple[PostKind, PeriodSubject, DuePeriod, datetime | None]] = [
        (PostKind.RETROSPECTIVE, QuarterSubject(looking_back.period), looking_back, committed_at),
        (PostKind.ROADMAP, QuarterSubject(roadmap.period), roadmap, since),
        (PostKind.DIGEST, WeekSubject(digest.period), digest, since),
    ]
    return [(kind, subject) for kind, subject, due, begun in latest if begun and due.due_at > begun]


def _committed_at(session: Session, board: Board, due: DuePeriod) -> datetime | None:
    """Only what was committed to can be looked back on."""
    quarter = Quarter.from_key(due.period, board.cadence.fiscal_start)
    commitment = roadmaps.find(session, board.id, quarter)
    return None if commitment is None else commitment.committed_at
