"""Time that passes when the demo says so: two quarters go by in a minute."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.clock import utc_now
from bot.service.scheduler import claim_due
from bot.service.service import Bot
from domain.calendar.cadence import Cadence
from storage.boards import boards
from storage.database import Session
from storage.posts import outbox as posts

SHOWN_WITHIN = 60  # seconds, on a busy machine
DAY = timedelta(days=1)


class PassingTime:
    """A clock that runs on from where it was set. It never goes back."""

    def __init__(self, start: datetime) -> None:
        self._ahead = start - utc_now()

    def now(self) -> datetime:
        return utc_now() + self._ahead

    def epoch(self) -> float:
        return self.now().timestamp()

    def passes_until(self, moment: datetime, bot: Bot) -> None:
        """Set the clock to that moment. On the way, post all that comes due when it is due."""
        with bot.database.snapshot() as session:
            cadences = [board.cadence for board in boards.list_all(session)]
        on_the_way = {due for each in cadences for due in _due(each, self.now(), moment)}
        for due in sorted({*on_the_way, moment}):
            self._ahead += max(due - self.now(), timedelta())
            claim_due(bot.database, self.now())
            self.until_shown(bot)

    def until_shown(self, bot: Bot) -> None:
        """Return when Slack shows all that the store says.

        Passes follow one another at once: the seconds that Slack's rate limits require between
        two calls pass on this clock only.
        """
        until = time.monotonic() + SHOWN_WITHIN
        next_pass = timedelta()
        while time.monotonic() < until:
            with bot.database.snapshot() as session:
                if not posts.pending(session) and not _behind(session):
                    return
            self._ahead += next_pass
            next_pass = bot.reconciler.run_pass()
        raise TimeoutError(f"Slack does not show everything after {SHOWN_WITHIN} seconds")


def _behind(session: Session) -> bool:
    """Whether what Slack shows is older than the store, or not known by its address yet."""
    return bool(posts.stale(session) or posts.without_permalink(session))


def _due(cadence: Cadence, after: datetime, until: datetime) -> Iterator[datetime]:
    """When the board's posts come due, by its own calendar."""
    for days in range((until - after).days + 2):
        day = min(after + days * DAY, until)
        for each in (
            cadence.latest_digest(day),
            cadence.latest_retrospective(day),
            cadence.latest_roadmap(day),
        ):
            if after < each.due_at <= until:
                yield each.due_at
