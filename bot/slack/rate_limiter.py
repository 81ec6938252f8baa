"""Rate limiter: counts calls within a window, and defers what must wait after a Retry-After."""

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta


class RateLimiter:
    """Deferred keys, and the calls of each key within a window. Time is an argument."""

    def __init__(self) -> None:
        self._deferred_until: dict[Hashable, datetime] = {}
        self._calls: dict[Hashable, deque[datetime]] = {}

    def defer(self, key: Hashable, until: datetime) -> None:
        """Make the key unavailable until that time, or later if it is deferred longer already."""
        self._deferred_until[key] = max(until, self._deferred_until.get(key, until))

    def reset(self, *keys: Hashable) -> None:
        """Make the keys available now."""
        for key in keys:
            self._deferred_until.pop(key, None)

    def is_available(self, key: Hashable, now: datetime) -> bool:
        """Return whether the key isn't deferred."""
        until = self._deferred_until.get(key)
        if until is None:
            return True
        if until <= now:
            del self._deferred_until[key]
            return True
        return False

    def count_call(self, key: Hashable, now: datetime, *, limit: int, window: timedelta) -> None:
        """Count a call. If that reaches the limit, defer the key until the oldest call expires."""
        calls = self._calls.setdefault(key, deque())
        calls.append(now)
        while calls[0] <= now - window:
            calls.popleft()
        if len(calls) >= limit:
            self.defer(key, calls[0] + window)

    def next_available(self, now: datetime) -> datetime | None:
        """Return when the next deferral ends, or None if nothing is deferred."""
        self._deferred_until = {
            key: until for key, until in self._deferred_until.items() if until > now
        }
        return min(self._deferred_until.values(), default=None)
