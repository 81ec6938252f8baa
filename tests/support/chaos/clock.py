"""Clocks: the time that Slack and the bots of a story share, and the wall clock of a host."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.support.process_runner import FORKSERVER

# When each story starts: a Friday in summer, before a digest on Monday.
FRIDAY = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)


class AdvancingClock:
    """A clock that runs from `FRIDAY` on and can jump forward, in all processes that have it."""

    def __init__(self) -> None:
        # Without a lock: a process that is killed while it holds one would stop all others.
        self._ahead = FORKSERVER.RawValue("d", (FRIDAY - datetime.now(UTC)).total_seconds())

    def jump(self, span: timedelta) -> None:
        self._ahead.value += span.total_seconds()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._ahead.value)

    def seconds(self) -> float:
        """Return the seconds since the epoch, as the sandbox needs them."""
        return time.time() + float(self._ahead.value)

    def monotonic(self) -> float:
        return time.monotonic() + float(self._ahead.value)


@dataclass
class HostClock:
    """The wall clock of one host. It can differ from the time, and someone can set it."""

    time: AdvancingClock
    error: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return self.time.now() + self.error

    def set_right(self) -> None:
        self.error = timedelta()

    def step(self, by: timedelta) -> None:
        self.error += by
