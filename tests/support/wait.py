"""Waits for conditions that no screen shows."""

import time
from collections.abc import Callable

POLL_INTERVAL = 0.05  # seconds


def wait_until(there: Callable[[], bool], within: float) -> None:
    """Wait until a condition is true, at most `within` seconds."""
    latest = time.monotonic() + within
    while not there():
        assert time.monotonic() < latest, f"it did not come about within {within} s"
        time.sleep(POLL_INTERVAL)
