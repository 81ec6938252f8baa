"""Rate limiter: counts calls within a window, and defers what must wait after a Retry-After."""

import math
import time
from collections import deque
from collections.abc import Hashable
from datetime import timedelta

from bot.clock import Monotonic


class RateLimiter:
    """Deferred keys, and the calls of each key within a window.

    A step of the wall clock changes nothing: all times are monotonic.
    """

    def __init__(self, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic = monotonic
        self._deferred_until: dict[Hashable, float] = {}
        self._calls: dict[Hashable, deque[float]] = {}

    def defer(self, key: Hashable, wait: timedelta) -> None:
        """Make the key unavailable for this time, or longer if it is deferred longer already."""
        self._defer_until(key, self._monotonic() + wait.total_seconds())

    def reset(self, *keys: Hashable) -> None:
        """Make the keys available now."""
        for key in keys:
            self._deferred_until.pop(key, None)

    def is_available(self, key: Hashable) -> bool:
        """Return whether the key isn't deferred."""
        return self.deferred_until(key) <= self._monotonic()

    def deferred_until(self, key: Hashable) -> float:
        """Return when the key is available: a monotonic time, in the past if it isn't deferred."""
        return self._deferred_until.get(key, -math.inf)

    def count_call(self, key: Hashable, *, limit: int, window: timedelta) -> None:
        """Count a call. If that reaches the limit, defer the key until the oldest call expires."""
        now, seconds = self._monotonic(), window.total_seconds()
        calls = self._calls.setdefault(key, deque())
        calls.append(now)
        while calls[0] + seconds <= now:
            calls.popleft()
        if len(calls) >= limit:
            self._defer_until(key, calls[0] + seconds)

    def next_available(self, since: float) -> timedelta | None:
        """Return the time until the next deferral ends, or None if nothing is deferred.

        Return zero if a deferral ended after `since`, a monotonic time: its task hasn't run yet.
        Deferrals that ended earlier are forgotten, so `since` must not go back.
        """
        until = min(self._deferred_until.values(), default=None)
        if until is not None and until <= since:
            # Only then: it hashes all keys, which takes long for thousands of boards.
            self._deferred_until = {
                key: until for key, until in self._deferred_until.items() if until > since
            }
            until = min(self._deferred_until.values(), default=None)
        return None if until is None else timedelta(seconds=max(until - self._monotonic(), 0))

    def _defer_until(self, key: Hashable, until: float) -> None:
        self._deferred_until[key] = max(until, self._deferred_until.get(key, until))
