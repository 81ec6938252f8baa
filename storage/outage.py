"""The log of an outage of the database: one line when it begins, and one when it is over."""

import logging
import threading
import time
from enum import StrEnum

log = logging.getLogger(__name__)
# `needle run` logs. The other commands print the error themselves.
log.addHandler(logging.NullHandler())


class Work(StrEnum):
    """What a session does. An outage may concern only one: a full disk can still be read."""

    READ = "read"
    WRITE = "write"


class OutageLog:
    """A log of when the database stopped working, and when it worked again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failing: set[Work] = set()
        self._began_at = 0.0  # in monotonic seconds

    def failed(self, work: Work, reason: str) -> None:
        """Log the beginning of an outage, unless one goes on."""
        with self._lock:
            is_new = not self._failing
            self._failing.add(work)
            if is_new:
                self._began_at = time.monotonic()
        if is_new:
            log.error("database_unavailable", extra={"error": reason})

    def worked(self, work: Work) -> None:
        """Log the end of an outage, if all that failed has worked again."""
        with self._lock:
            is_over = self._failing == {work}
            self._failing.discard(work)
        if is_over:
            seconds = round(time.monotonic() - self._began_at)
            log.info("database_available_again", extra={"after_seconds": seconds})
