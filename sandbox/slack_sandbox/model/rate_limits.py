"""Rate limits of Web API methods: https://docs.slack.dev/apis/web-api/rate-limits."""

import math
from collections import deque
from dataclasses import dataclass

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Clock


@dataclass(frozen=True)
class Tier:
    """A maximum number of calls in a number of seconds."""

    calls: int
    seconds: float


TIER_2 = Tier(20, 60)
TIER_3 = Tier(50, 60)
TIER_4 = Tier(100, 60)
# "posting one message per second per channel … short bursts > 1 allowed". Slack doesn't
# document the length of a burst: 5 is a guess.
POSTING_IN_CHANNEL = Tier(5, 5)
POSTING_IN_TEAM = Tier(300, 60)


class RateLimited(SlackError):
    """A call beyond a limit, answered with HTTP 429. `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class RateLimiter:
    """A counter of calls in a sliding window, for each name."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def count(self, name: str, tier: Tier) -> None:
        """Count a call. Raise RateLimited if the tier's calls are used up."""
        now = self._clock()
        calls = self._calls.setdefault(name, deque())
        while calls and now - calls[0] >= tier.seconds:
            calls.popleft()
        if len(calls) >= tier.calls:
            raise RateLimited(max(1, math.ceil(calls[0] + tier.seconds - now)))
        calls.append(now)
