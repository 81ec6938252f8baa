"""The cost of boards on which nothing happens: the same work with 1,000 of them, and with 10."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.boards import NOW
from benchmarks.idle_client import IdleClient
from benchmarks.lived_in_boards import TEAM, WEEK, Size, write_boards
from benchmarks.row import Row, at_most
from benchmarks.turns import least_seconds
from bot.reconciler.reconciler import Reconciler
from bot.service.scheduler import enqueue_scheduled_posts
from bot.slack.slack_time import SlackTime
from storage.database import Database, open_database

MANY, FEW = 1_000, 10
SIZE = Size(open=2, closed=4, past=26 * WEEK)
AGAINST = f"{FEW} such boards"


def measure(folder: Path) -> Iterator[Row]:
    """Measure the minute's check and the reconciler's pass, with nothing to do on any board."""
    many, few = (
        IdleBoards(open_database(f"sqlite:///{folder}/{number}.db"), number)
        for number in (MANY, FEW)
    )
    for name, work in (("due", IdleBoards.enqueue_due), ("idle pass", IdleBoards.run_pass)):
        seconds, few_seconds = least_seconds(partial(work, many), partial(work, few), rounds=9)
        yield Row(
            f"{name}: {MANY:,} idle boards ÷ {FEW}", seconds / few_seconds, at_most(3), AGAINST
        )
    for each in (many, few):
        each.database.close()


class IdleBoards:
    """Boards that are up to date, and backfilled a moment ago."""

    def __init__(self, database: Database, number: int) -> None:
        self.database = database
        write_boards(database, [f"C{board}" for board in range(number)], SIZE)
        self._seconds = 0.0  # of the monotonic clock
        slack_time = SlackTime(self._now, compares_clocks=False)
        client = IdleClient(slack_time, TEAM)
        self._reconciler = Reconciler(database, client, self._now, monotonic=lambda: self._seconds)
        self._backfill()
        self.enqueue_due()

    def _now(self) -> datetime:
        return NOW + timedelta(seconds=self._seconds)

    def _backfill(self) -> None:
        """Let the reconciler backfill all boards. Its calls' limits need simulated minutes."""
        self._reconciler.request_backfill()
        while (wait := self._reconciler.run_pass()) < timedelta(minutes=1):
            self._seconds += max(wait.total_seconds(), 0.1)

    def enqueue_due(self) -> None:
        enqueue_scheduled_posts(self.database, self._now())

    def run_pass(self) -> None:
        self._reconciler.run_pass()
