"""What time it is. An argument wherever time matters, so that a quarter can pass in a minute."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)
