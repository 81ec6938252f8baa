"""Heartbeats: whether a loop of the process still turns."""

import time
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
