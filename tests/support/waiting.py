"""Waits for what no screen shows."""

import time
from collections.abc import Callable

POLL = 0.05  # seconds


def until(there: Callable[[], bool], within: float) -> None:
    """`within` is in seconds."""
    latest = time.monotonic() + within
    while not there():
        assert time.monotonic() < latest, f"it did not come about within {within} s"
        time.sleep(POLL)
