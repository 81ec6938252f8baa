"""A clock that the demo sets forward, so that two quarters pass in a minute."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.clock import utc_now
from bot.service.scheduler import enqueue_due_posts
from bot.service.service import Bot
from domain.calendar.cadence import Cadence
from storage.boards import boards
from storage.database import Session
from storage.posts import outbox as posts

SHOWN_WITHIN_SECONDS = 60  # enough for a busy machine
DAY = timedelta(days=1)


class SimulatedClock:
    """A clock that runs from the time it was set to. It never goes back."""

    def __init__(self, start: datetime) -> None:
        self._offset = start - utc_now()

    def now(self) -> datetime:
        return utc_now() + self._offset

    def epoch(self) -> float:
        return self.now().timestamp()

    def advance_to(self, moment: datetime, bot: Bot) -> None:
        """Set the clock forward to this moment, and post everything that comes due on the way."""
        with bot.database.snapshot() as session:
            cadences = [board.cadence for board in boards.list_all(session)]
        due_moments = {due for cadence in cadences for due in _due(cadence, self.now(), moment)}
        for due in sorted({*due_moments, moment}):
            self._offset += max(due - self.now(), timedelta())
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
            self._offset += next_pass
            next_pass = bot.reconciler.run_pass()
        raise TimeoutError(f"Slack doesn't show everything after {SHOWN_WITHIN_SECONDS} seconds")


def _is_outdated(session: Session) -> bool:
    """Return whether a post must be redrawn, or its permalink isn't known yet."""
    return bool(posts.stale(session) or posts.without_permalink(session))


def _due(cadence: Cadence, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the moments at which the board's posts come due."""
    for days in range((until - after).days + 2):
        day = min(after + days * DAY, until)
        for due in (
            cadence.latest_digest(day),
            cadence.latest_retrospective(day),
            cadence.latest_roadmap(day),
        ):
            if after < due.due_at <= until:
                yield due.due_at
