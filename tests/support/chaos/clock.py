"""A clock that the sandbox and the bot share, and that can be put forward."""

import time
from datetime import UTC, datetime, timedelta

# When every story begins: a Friday in summer, with the next digest on Monday.
FRIDAY = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)


class AdvancingClock:
    """Time passes by itself from `FRIDAY` on, and faster when told."""

    def __init__(self) -> None:
        self.ahead = FRIDAY - datetime.now(UTC)

    def jump(self, span: timedelta) -> None:
        self.ahead += span

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def seconds(self) -> float:
        """As the sandbox wants it: since the epoch."""
        return time.time() + self.ahead.total_seconds()
