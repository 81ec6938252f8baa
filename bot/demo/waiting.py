"""Time that passes when the demo says so: two quarters go by in a minute."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.clock import utc_now
from bot.service.scheduler import claim_due
from domain.calendar.cadence import Cadence
from storage.boards import boards
from storage.database import Database, Session
from storage.posts import outbox
from storage.tables import PostState

SHOWN_WITHIN = 60  # seconds, on a busy machine
POLL_SECONDS = 0.03
DAY = timedelta(days=1)


class PassingTime:
    """A clock that runs on from where it was set. It never goes back."""

    def __init__(self, start: datetime) -> None:
        self._ahead = start - utc_now()

    def now(self) -> datetime:
        return utc_now() + self._ahead

    def epoch(self) -> float:
        return self.now().timestamp()

    def passes_until(self, moment: datetime, database: Database) -> None:
        """It is that moment now. On the way all that came due was posted when it was due."""
        with database.snapshot() as session:
            cadences = [board.cadence for board in boards.every(session)]
        on_the_way = {due for each in cadences for due in _due(each, self.now(), moment)}
        for due in sorted({*on_the_way, moment}):
            self._ahead += max(due - self.now(), timedelta())
            claim_due(database, self.now())
            self.until_shown(database)

    def until_shown(self, database: Database) -> None:
        """Return when Slack shows all that the store says.

        The seconds that Slack's limits and our own calm ask for between two calls pass at once,
        unless a call is on its way: then they would be those after which it counts as lost.
        """
        until = time.monotonic() + SHOWN_WITHIN
        while time.monotonic() < until:
            with database.snapshot() as session:
                unposted = outbox.unposted(session)
                if not unposted and not _behind(session):
                    return
            if not any(post.state is PostState.SENDING for post in unposted):
                self._ahead += timedelta(seconds=1)
            database.changed.set()
            time.sleep(POLL_SECONDS)
        raise TimeoutError(f"Slack does not show everything after {SHOWN_WITHIN} seconds")


def _behind(session: Session) -> bool:
    """Whether what Slack shows is older than the store, or not known by its address yet."""
    return bool(outbox.stale(session) or outbox.unlinked(session))


def _due(cadence: Cadence, after: datetime, until: datetime) -> Iterator[datetime]:
    """When the board's posts come due, by its own calendar."""
    for days in range((until - after).days + 2):
        day = min(after + days * DAY, until)
        for each in (cadence.digest(day), cadence.retrospective(day), cadence.roadmap(day)):
            if after < each.at <= until:
                yield each.at
