"""Clock types. Time is an argument everywhere, so that a test can run a quarter in a minute.

The wall clock says when something happened, and people read it. Someone may set it, in either
direction. So whatever waits inside the process counts monotonic seconds instead.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
Monotonic = Callable[[], float]  # seconds that never go back, like `time.monotonic`

SMALLEST_STEP = timedelta(seconds=1)


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


class StepDetector:
    """Detector of steps of the wall clock: someone set it, or the host was suspended.

    The monotonic clock doesn't step, and it stands still while the host is suspended:
    https://docs.python.org/3/library/time.html#time.CLOCK_MONOTONIC
    """

    def __init__(self, clock: Clock, monotonic: Monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._seen_at, self._seen_seconds = clock(), monotonic()

    def last_step(self) -> timedelta:
        """Return how far the wall clock stepped since the last call, or zero if it only drifted."""
        now, seconds = self._clock(), self._monotonic()
        step = now - self._seen_at - timedelta(seconds=seconds - self._seen_seconds)
        self._seen_at, self._seen_seconds = now, seconds
        return step if abs(step) >= SMALLEST_STEP else timedelta()
