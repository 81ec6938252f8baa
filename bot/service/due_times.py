"""Times at which something comes due on a board, if nothing on it changes until then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.service import follow_ups
from storage.boards import fires
from storage.boards.boards import Board
from storage.database import Session
from storage.people import reminders
from storage.projects import reveals

OLD_FIRE_AGE = timedelta(weeks=1)


@dataclass(frozen=True)
class ReminderWindow:
    """Time in which people are reminded of missing scores: to the end of the day of `opens_at`.

    `concerns` returns from the time of its proposal whether reminders are about a project.
    """

    opens_at: datetime
    concerns: Callable[[datetime], bool]

    @classmethod
    def latest(cls, board: Board, now: datetime) -> "ReminderWindow":
        """Return the board's latest window, or today's, which may not be open yet.

        Reminders come before the day on which one score reveals a project's results. If the charter
        has no such day, they come a day after the digest that asked for the scores.
        """
        cadence, days = board.cadence, board.charter.reveal_after_days
        if not days:
            opens_at = cadence.latest_reminder(now).due_at
            digest_at = cadence.latest_digest(opens_at).due_at
            return cls(opens_at, lambda proposed_at: proposed_at <= digest_at)
        today = cadence.today(now)
        return cls(
            cadence.reminder_today(now),
            lambda proposed_at: cadence.reminder_day(proposed_at, days) == today,
        )

    def is_open(self, board: Board, now: datetime) -> bool:
        """Return whether people are reminded now. Needle may have been down at the start."""
        cadence = board.cadence
        return self.opens_at <= now and cadence.today(now) == cadence.today(self.opens_at)


def next_due(session: Session, board: Board, now: datetime) -> datetime | None:
    """Return when something may next be due, or None if that may be at any time from now on.

    Everything that is due at `now` must be queued. The result holds until a transaction changes the
    board's rows. It may be too early, but never too late.
    """
    window = ReminderWindow.latest(board, now)
    if window.is_open(board, now) and reminders.may_be_owed(session, board, window.concerns):
        # What people are, want and were sent on other boards changes without the board's lock.
        return None
    moments = [board.cadence.next_posting_time(now)]
    if not board.has_conflict:  # A paused board is skipped.
        moments += _moments(session, board, now)
    first = min(moments)
    return first if first > now else None


def _moments(session: Session, board: Board, now: datetime) -> Iterator[datetime]:
    """Yield the moments that don't depend on the board's time zone."""
    if reveal_at := reveals.next_due(session, board):
        yield reveal_at
    if follow_up_at := follow_ups.next_due(session, board, now):
        yield follow_up_at
    for fire in fires.burning(session, board.id):
        if (old_at := fire.declared_at + OLD_FIRE_AGE) > now:
            yield old_at
