"""When a call may be tried again: rate limits and Retry-After."""

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta


class RateLimiter:
    """Holds keys until a time, and counts what was used within a window. Time is an argument."""

    def __init__(self) -> None:
        self._held: dict[Hashable, datetime] = {}
        self._used: dict[Hashable, deque[datetime]] = {}

    def defer(self, key: Hashable, until: datetime) -> None:
        self._held[key] = max(until, self._held.get(key, until))

    def reset(self, *keys: Hashable) -> None:
        for key in keys:
            self._held.pop(key, None)

    def is_available(self, key: Hashable, now: datetime) -> bool:
        until = self._held.get(key)
        if until is None:
            return True
        if until <= now:
            del self._held[key]
            return True
        return False

    def count_call(self, key: Hashable, now: datetime, *, limit: int, window: timedelta) -> None:
        """Count one use of the key; the one that reaches the limit holds it until one has aged."""
        used = self._used.setdefault(key, deque())
        used.append(now)
        while used[0] <= now - window:
            used.popleft()
        if len(used) >= limit:
            self.defer(key, used[0] + window)

    def next_available(self, now: datetime) -> datetime | None:
        """The next time at which something that is held becomes free."""
        self._held = {key: until for key, until in self._held.items() if until > now}
        return min(self._held.values(), default=None)
