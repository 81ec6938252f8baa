"""A clock that the sandbox and the bot share."""

import time
from datetime import UTC, datetime, timedelta

# When each story starts: a Friday in summer, before a digest on Monday.
FRIDAY = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)


class AdvancingClock:
    """A clock that runs from `FRIDAY` on and can jump forward."""

    def __init__(self) -> None:
        self.ahead = FRIDAY - datetime.now(UTC)

    def jump(self, span: timedelta) -> None:
        self.ahead += span

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def seconds(self) -> float:
        """Return the seconds since the epoch, as the sandbox needs them."""
        return time.time() + self.ahead.total_seconds()
