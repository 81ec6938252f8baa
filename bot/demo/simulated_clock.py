"""A clock that the demo sets forward, so that two quarters pass in a minute."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.service.scheduler import enqueue_due_posts
from bot.service.service import Bot
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Session
from storage.posts import outbox as posts
from storage.projects import projects

SHOWN_WITHIN_SECONDS = 60  # enough for a busy machine
DAY = timedelta(days=1)


class SimulatedClock:
    """A clock that runs from the time it was set to. It never goes back.

    Its monotonic seconds advance with it.
    """

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._started_at = time.monotonic()
        self._advanced = timedelta()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic() - self._started_at)

    def monotonic(self) -> float:
        return time.monotonic() + self._advanced.total_seconds()

    def epoch(self) -> float:
        return self.now().timestamp()

    def advance_to(self, moment: datetime, bot: Bot) -> None:
        """Set the clock forward to this moment, and post everything that comes due on the way."""
        with bot.database.snapshot() as session:
            due_moments = {
                due_at
                for board in boards.list_all(session)
                for due_at in _due(session, board, self.now(), moment)
            }
        for due in sorted({*due_moments, moment}):
            self._advanced += max(due - self.now(), timedelta())
            enqueue_due_posts(bot.database, self.now())
            self.wait_until_shown(bot)

    def wait_until_shown(self, bot: Bot) -> None:
        """Wait until Slack shows everything that the database says. Raise TimeoutError if not.

        The reconciler runs without pauses: the seconds that Slack's rate limits require between
        two calls pass only on this clock.
        """
        deadline = time.monotonic() + SHOWN_WITHIN_SECONDS
        next_pass = timedelta()
        while time.monotonic() < deadline:
            with bot.database.snapshot() as session:
                if not posts.pending(session) and not _is_outdated(session):
                    return
            self._advanced += next_pass
            next_pass = bot.reconciler.run_pass()
        raise TimeoutError(f"Slack doesn't show everything after {SHOWN_WITHIN_SECONDS} seconds")


def _is_outdated(session: Session) -> bool:
    """Return whether a post must be redrawn, or its permalink isn't known yet."""
    return bool(posts.stale(session) or posts.without_permalink(session))


def _due(session: Session, board: Board, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the moments at which the board's posts and reminders come due."""
    cadence, reveal_after_days = board.cadence, board.charter.reveal_after_days
    reminder_days = {
        cadence.reminder_day(project.proposed_at, reveal_after_days)
        for project in projects.list_for_board(session, board.id)
    }
    for days in range((until - after).days + 2):
        day = min(after + days * DAY, until)
        due_moments = {
            cadence.latest_digest(day).due_at,
            cadence.latest_retrospective(day).due_at,
            cadence.latest_roadmap(day).due_at,
        }
        if cadence.today(day) in reminder_days:
            due_moments.add(cadence.reminder_today(day))
        yield from (due_at for due_at in due_moments if after < due_at <= until)
