"""Heartbeats: whether a loop of the process still turns, and whether its threads end their work."""

import time
from collections.abc import Hashable
from datetime import timedelta

from bot.clock import Monotonic


class Heartbeat:
    """The time at which a loop last turned. Starts with a beat.

    A loop beats whatever the outcome of its work: a failure that it survives is no freeze.
    """

    def __init__(self, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic = monotonic
        self._beat_at = monotonic()

    def beat(self) -> None:
        self._beat_at = self._monotonic()

    @property
    def age(self) -> timedelta:
        """The time since the last beat."""
        return timedelta(seconds=self._monotonic() - self._beat_at)


class WorkHeartbeat:
    """The times at which threads took their work. They wait for it in between, however long.

    A thread that an error ends never ends its work, so it is seen like one that hangs.
    """

    def __init__(self, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic = monotonic
        self._begun_at: dict[Hashable, float] = {}

    def begin(self, thread: Hashable) -> None:
        """Record that a thread took work."""
        self._begun_at[thread] = self._monotonic()

    def end(self, thread: Hashable) -> None:
        """Record that a thread ended its work."""
        del self._begun_at[thread]

    @property
    def age(self) -> timedelta:
        """The time since the oldest work in progress began. Zero if all threads wait."""
        now = self._monotonic()
        # A copy: threads begin and end work meanwhile.
        return timedelta(seconds=now - min([*self._begun_at.values()], default=now))
