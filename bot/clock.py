"""Clock types. Time is an argument everywhere, so that a test can run a quarter in a minute.

The wall clock says when something happened, and people read it. Someone may set it, in either
direction. So whatever waits inside the process counts monotonic seconds instead.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
Monotonic = Callable[[], float]  # seconds that never go back, like `time.monotonic`


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)
