"""Connections that Slack ends at once, and the growing waits between them."""

import logging
import time
from datetime import timedelta

from bot.clock import Monotonic

log = logging.getLogger(__name__)

FIRST_WAIT_SECONDS = 10.0
MAX_WAIT_SECONDS = 300.0
# A refusal this long after the last wait is a new episode.
QUIET_SECONDS = 60.0

# https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
# too_many_websockets: https://github.com/slackapi/bolt-js/issues/2225
ADVICE = {
    "link_disabled": "Turn on Socket Mode in the app's settings.",
    "too_many_websockets": "Stop other processes that use the app: Slack allows 10 connections.",
}


def describe_refusal(reason: str) -> str:
    """Return a sentence about why Slack accepts no connection, and what to do."""
    return f"Slack closes each connection: {reason}. {ADVICE.get(reason, '')}".rstrip()


class Refusals:
    """The reason why Slack accepts no connection now, and how long to wait for the next attempt.

    The waits double, so that a process that Slack doesn't want doesn't connect several times a
    second for days.
    """

    def __init__(self, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic = monotonic
        self._wait = 0.0
        self._retry_at = 0.0  # in monotonic seconds
        self._logged = ""
        self.reason = ""  # "" while Slack accepts connections

    @property
    def is_waiting(self) -> bool:
        """Whether it's too early for another connection."""
        return bool(self._wait) and self._monotonic() < self._retry_at

    def add(self, reason: str, retry_after: timedelta = timedelta()) -> None:
        """Record that Slack refused a connection. Log the first of an episode, with its reason."""
        now = self._monotonic()
        if not self._wait or now - self._retry_at > QUIET_SECONDS:
            self._wait, self._logged = FIRST_WAIT_SECONDS, ""
        elif not self.is_waiting:  # otherwise it's another message on the same connection
            self._wait = min(2 * self._wait, MAX_WAIT_SECONDS)
        self._retry_at = now + max(self._wait, retry_after.total_seconds())
        self.reason = reason
        if reason != self._logged:
            self._logged = reason
            log.error("connections_refused", extra={"reason": reason, "advice": ADVICE.get(reason)})

    def end(self) -> None:
        """Record that Slack accepted a connection."""
        self.reason = ""
