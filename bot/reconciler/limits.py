"""Limits of a pass: how often it calls each method, and how long it stays with one phase.

The limits are below those of Slack's tiers: https://docs.slack.dev/apis/web-api/rate-limits
"""

from datetime import timedelta

from bot.slack.call_status import Call
from bot.slack.rate_limiter import RateLimiter

# By method, in a minute. chat.update is in Tier 3, which allows at least 50, and users.info is in
# Tier 4, which allows at least 100.
CALLS_PER_MINUTE = {"chat.update": 45, "users.info": 90}
LOOKUP_CALLS_PER_MINUTE = 45  # of any other method; all are in Tier 3
KNOWN_PEOPLE_PER_MINUTE = 60  # of users.info; the rest are for people who vote for the first time
# Of conversations.history, for backfills. The rest is for channels whose posts wait for it.
BACKFILLED_HISTORY_PER_MINUTE = 30
MINUTE = timedelta(minutes=1)

PHASE_BUDGET = timedelta(seconds=1)  # at least one task runs, which may take longer


def count_call(limiter: RateLimiter, method: str) -> None:
    """Count a call. If that reaches the method's limit, defer it."""
    limit = CALLS_PER_MINUTE.get(method, LOOKUP_CALLS_PER_MINUTE)
    limiter.count_call(Call(method), limit=limit, window=MINUTE)
