"""By when an act is to be written.

After that Slack has said that nothing answers, and whoever acted does it again: that must not
count twice.
"""

import time
from contextvars import ContextVar

# Of the three seconds that Slack waits: to write and to answer takes time too.
COMMIT_WITHIN_SECONDS = 2.5
# When Slack told of what this thread is at (`monotonic`).
RECEIVED_AT: ContextVar[float] = ContextVar("told_at")


def commit_deadline() -> float:
    """In seconds of `monotonic`."""
    return RECEIVED_AT.get(time.monotonic()) + COMMIT_WITHIN_SECONDS
