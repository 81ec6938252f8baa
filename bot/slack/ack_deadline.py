"""Deadline for committing a user action.

Slack drops a request that isn't acknowledged within three seconds, and people then try again. An
action that commits later than the deadline would count twice.
"""

import time
from contextvars import ContextVar

# Of Slack's three seconds: the commit and the acknowledgment take time too.
COMMIT_WITHIN_SECONDS = 2.5
# When this thread's request arrived, as a `time.monotonic` time.
RECEIVED_AT: ContextVar[float] = ContextVar("received_at")


def commit_deadline() -> float:
    """Return until when the current request may commit, as a `time.monotonic` time."""
    return RECEIVED_AT.get(time.monotonic()) + COMMIT_WITHIN_SECONDS


def seconds_left() -> float | None:
    """Return the seconds until the current request must be committed.

    Return None in a thread that serves no request.
    """
    received_at = RECEIVED_AT.get(None)
    return None if received_at is None else commit_deadline() - time.monotonic()
