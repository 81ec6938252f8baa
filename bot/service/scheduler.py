"""Scheduler: queues digests, roadmaps, retrospectives, reminders, and follow-ups when due.

It also reveals results of projects that were proposed long ago.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.board_failures import isolated
from bot.clock import Clock, Monotonic, StepDetector, utc_now
from bot.heartbeat import Heartbeat
from bot.service import follow_ups
from bot.service.due_times import OLD_FIRE_AGE, ReminderWindow, next_due
from bot.slack.slack_time import SlackTime
from domain.calendar.cadence import DuePeriod
from domain.calendar.quarter import Quarter
from storage import idempotency, schedule
from storage.boards import boards, fires
from storage.boards.boards import Board
from storage.bulk_writes import write_in_chunks
from storage.database import Database, DatabaseUnavailable, Session
from storage.locks import STORE, OfBoard, StoreWide
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
from storage.projects import projects, reveals
from storage.schedule import NextCheck
from storage.tables import PostKind

log = logging.getLogger(__name__)

# Reminders are at most weekly. One is sent some seconds after it is due, so a full week would skip
# the next one.
MIN_BETWEEN_REMINDERS = timedelta(days=6)
SCHEDULE = "schedule"
REMINDERS_PER_CHUNK = 50
STEP_CHECK_SECONDS = 5
WAKE = "wake"


class EveryMinute(CronTrigger):  # type: ignore[misc] # APScheduler has no types
    """Trigger at the start of each minute, from the current one on.

    After the wall clock stepped forward, APScheduler's own trigger lists every minute that it
    missed. That takes minutes and gigabytes if the clock was years behind.
    """

    def __init__(self) -> None:
        super().__init__(second=0, timezone=UTC)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime | None:
        """Return the first full minute after `now`. Called by APScheduler."""
        after: datetime | None = super().get_next_fire_time(None, now + timedelta.resolution)
        return after


class Scheduler:
    """The loop that checks every minute what is due on the boards, in their time zones.

    There is one check for all boards instead of one trigger for each. It reads only boards on which
    something may be due by `storage.schedule`: after a change, or because its time has come. At the
    start, and after the clock stepped, it reads all. Changed settings apply within a minute, posts
    that came due during downtime are queued at the start, and an hour that a clock change repeats
    or skips needs no special case. All state is in the database.

    APScheduler's job only wakes the thread that calls `run`. Python joins APScheduler's threads
    when the interpreter exits, so none of them may wait for a database that doesn't answer. The
    job is armed for a time of the wall clock. So the thread notices when that clock steps, checks
    at once, and arms the job again.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock = utc_now,
        monotonic: Monotonic = time.monotonic,
        slack_time: SlackTime | None = None,
        heartbeat: Heartbeat | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._steps = StepDetector(clock, monotonic)
        self.heartbeat = heartbeat or Heartbeat()
        self._slack_time = slack_time or SlackTime(clock, monotonic)
        self._wake = Event()
        self._stop = Event()
        self._must_check_all = True  # Another version may have computed when boards are due.
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._wake.set,
            EveryMinute(),
            id=WAKE,
            next_run_time=datetime.now(UTC),
            misfire_grace_time=None,  # by default, APScheduler skips a job that is a second late
        )

    def run(self) -> None:
        """Queue what is due now, then every minute, until `stop` is called."""
        self._scheduler.start()
        while not self._stop.is_set():
            self.heartbeat.beat()
            is_due = self._wake.wait(STEP_CHECK_SECONDS)
            if step := self._steps.last_step():
                log.warning("wall_clock_stepped", extra={"seconds": round(step.total_seconds())})
                self._scheduler.reschedule_job(WAKE, trigger=EveryMinute())
                self._must_check_all = True
            if (is_due or step) and not self._stop.is_set():
                self._wake.clear()
                self._check()
        self._scheduler.shutdown()

    def _check(self) -> None:
        """Queue what is due now, but nothing while the clock is wrong.

        Otherwise posts for the wrong time would be sent once the clock is right.
        """
        if self._slack_time.is_clock_wrong:
            return
        try:
            now = self._clock()
            enqueue = enqueue_due_posts if self._must_check_all else enqueue_scheduled_posts
            enqueue(self._database, now)
            self._must_check_all = False
            idempotency.delete_expired(self._database, now)
        except DatabaseUnavailable as error:  # which logs its outages itself
            log.warning("schedule_check_failed", extra={"error": str(error)})
        except Exception:
            log.exception("schedule_check_failed")

    def stop(self) -> None:
        """Let the current check finish, and start no other."""
        self._stop.set()
        self._wake.set()


def enqueue_due_posts(database: Database, now: datetime) -> None:
    """Queue every post that is due on any board. The outbox holds each only once.

    If a board fails, the others go on. Skip paused boards.
    """
    with database.snapshot() as session:
        schedules = schedule.list_all(session)
        all_boards = boards.list_all(session)
    _check_boards(database, schedules, all_boards, now)


def enqueue_scheduled_posts(database: Database, now: datetime) -> None:
    """Queue every post that is due, as `enqueue_due_posts` does. Read only boards where one may be.

    Unlike that function, this may miss what is due by a clock that was set back.
    """
    with database.snapshot() as session:
        schedules = schedule.list_due(session, now)
        due_boards = boards.list_these(session, [each.board_id for each in schedules])
    _check_boards(database, schedules, due_boards, now)


def _check_boards(
    database: Database, schedules: Sequence[NextCheck], boards_: Sequence[Board], now: datetime
) -> None:
    """Queue what is due on these boards, and store when each must be checked next.

    The schedules were read before everything else. A board that fails is checked again.
    """
    next_due_at = {board.id: _check_board(database, board, now) for board in boards_}
    changed = [
        replace(each, due_at=next_due_at.get(each.board_id))
        for each in schedules
        if each.changes is None or each.due_at != next_due_at.get(each.board_id)
    ]
    for _ in write_in_chunks(database, STORE, changed, schedule.save):
        pass


def _check_board(database: Database, board: Board, now: datetime) -> datetime | None:
    """Queue what is due on a board. Return when to check it next, or None: in the next minute."""
    with isolated(SCHEDULE, board):
        if not board.has_conflict:
            _reveal(database, board, now)
            _enqueue_periods(database, board, now)
            _ask_about_old_fires(database, board, now)
            _remind(database, board, now)
            _enqueue_follow_ups(database, board, now)
        with database.snapshot() as session:
            return next_due(session, board, now)
    return None


def _reveal(database: Database, board: Board, now: datetime) -> None:
    """Show results with one score from the charter's `reveal_after_days` on."""
    with database.snapshot() as session:
        is_due = reveals.are_due(session, board, now)
    if is_due:
        with database.transaction(OfBoard(board.id)) as session:
            reveals.update_due(session, board, now)


def _enqueue_periods(database: Database, board: Board, now: datetime) -> None:
    """Queue the board's digest, roadmap, and retrospective."""
    with database.snapshot() as session:
        due = [
            (kind, period)
            for kind, period in _due(session, board, now)
            if outbox.latest(session, board.id, kind, period) is None
        ]
    for kind, period in due:
        with database.transaction(OfBoard(board.id)) as session:
            outbox.enqueue_for_period(session, board.id, kind, period)


def _ask_about_old_fires(database: Database, board: Board, now: datetime) -> None:
    """Ask people once whether a fire that they declared a week ago still burns."""
    with database.snapshot() as session:
        old = [
            OldFireSubject(fire.declared_by, fire.id)
            for fire in fires.burning(session, board.id)
            if fire.declared_at <= now - OLD_FIRE_AGE
        ]
        queued = outbox.list_subjects(session, board.id, PostKind.OLD_FIRE) if old else set()
    for subject in old:
        if subject not in queued:
            with database.transaction(OfBoard(board.id)) as session:
                outbox.enqueue(
                    session, board.id, PostKind.OLD_FIRE, subject, recipient=subject.declared_by
                )


def _remind(database: Database, board: Board, now: datetime) -> None:
    """Remind people of missing scores, each at most once a week, from the first board that is due.

    They stay due until the end of the day: Needle may have been down at the time. Later, skip them.
    """
    window = ReminderWindow.latest(board, now)
    if not window.is_open(board, now):
        return
    week, since = board.cadence.iso_week(now), now - MIN_BETWEEN_REMINDERS
    with database.snapshot() as session:
        owing = set(reminders.people_owing_scores(session, board, window.concerns))
        if owing:
            owing -= reminders.people_reminded(session, board.team_id, owing, week, since, now)
    if not owing:
        return

    def enqueue(session: Session, people: Sequence[str]) -> None:
        reminded = reminders.people_reminded(session, board.team_id, people, week, since, now)
        for person in people:
            if person not in reminded:
                subject = ReminderSubject(person, week)
                outbox.enqueue(session, board.id, PostKind.NUDGE, subject, recipient=person)

    lock = StoreWide((board.id,))  # A person gets one reminder a week, from all boards together.
    for _ in write_in_chunks(
        database, lock, sorted(owing), enqueue, chunk_rows=REMINDERS_PER_CHUNK
    ):
        pass


def _enqueue_follow_ups(database: Database, board: Board, now: datetime) -> None:
    """Queue the follow-ups on shipped projects: paybacks, and questions to scorers."""
    with database.snapshot() as session:
        due = follow_ups.due(session, board, now)
    for follow_up in due:
        with database.transaction(OfBoard(board.id)) as session:
            outbox.enqueue(
                session,
                board.id,
                follow_up.kind,
                follow_up.subject,
                project_id=follow_up.project_id,
                recipient=follow_up.recipient,
            )


def _due(session: Session, board: Board, now: datetime) -> list[tuple[PostKind, PeriodSubject]]:
    """Return the periods that came due after the board had something to post."""
    first_proposed_at = projects.first_proposed_at(session, board.id)
    retrospective = board.cadence.latest_retrospective(now)
    committed_at = _committed_at(session, board, retrospective)
    roadmap, digest = board.cadence.latest_roadmap(now), board.cadence.latest_digest(now)
    latest: list[tuple[PostKind, PeriodSubject, DuePeriod, datetime | None]] = [
        (PostKind.RETROSPECTIVE, QuarterSubject(retrospective.period), retrospective, committed_at),
        (PostKind.ROADMAP, QuarterSubject(roadmap.period), roadmap, first_proposed_at),
        (PostKind.DIGEST, WeekSubject(digest.period), digest, first_proposed_at),
    ]
    return [
        (kind, subject)
        for kind, subject, due, since in latest
        if since and due.due_at > since and not _is_skipped(board, kind, due)
    ]


def _is_skipped(board: Board, kind: PostKind, due: DuePeriod) -> bool:
    """Return whether a steward paused the digests until after this one is due."""
    return kind is PostKind.DIGEST and board.skips_digest_on(board.cadence.today(due.due_at))


def _committed_at(session: Session, board: Board, due: DuePeriod) -> datetime | None:
    """Return when the quarter was committed, or None: then it has no retrospective."""
    quarter = Quarter.from_key(due.period, board.cadence.fiscal_start)
    return roadmaps.committed_at(session, board.id, quarter)
