"""How often each method may be called (docs.slack.dev/apis/web-api/rate-limits)."""

import math
from collections import deque
from dataclasses import dataclass

from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Clock


@dataclass(frozen=True)
class Tier:
    calls: int
    seconds: float


TIER_2 = Tier(20, 60)
TIER_3 = Tier(50, 60)
TIER_4 = Tier(100, 60)
# "posting one message per second per channel … short bursts > 1 allowed"; the burst is ours.
POSTING_IN_CHANNEL = Tier(5, 5)
POSTING_IN_TEAM = Tier(300, 60)


class RateLimited(Refused):
    """Answered with HTTP 429; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class Limits:
    """A sliding window for each name: so many calls within the tier's seconds, and no more."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def count(self, name: str, tier: Tier) -> None:
        now = self._clock()
        calls = self._calls.setdefault(name, deque())
        while calls and now - calls[0] >= tier.seconds:
            calls.popleft()
        if len(calls) >= tier.calls:
            raise RateLimited(max(1, math.ceil(calls[0] + tier.seconds - now)))
        calls.append(now)
