"""Waits for conditions that no screen shows."""

import time
from collections.abc import Callable
from typing import TypeVar

POLL_INTERVAL = 0.05  # seconds
T = TypeVar("T")


def wait_until(there: Callable[[], bool], within: float) -> None:
    """Wait until a condition is true, at most `within` seconds."""
    latest = time.monotonic() + within
    while not there():
        assert time.monotonic() < latest, f"it did not come about within {within} s"
        time.sleep(POLL_INTERVAL)


def value_within(seconds: float, read: Callable[[], T], expected: T) -> T:
    """Return the value as soon as it is the expected one, or what it is after `seconds`."""
    latest = time.monotonic() + seconds
    while (value := read()) != expected and time.monotonic() < latest:
        time.sleep(POLL_INTERVAL)
    return value
