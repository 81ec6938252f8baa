"""Slack's time, from the `Date` of its answers, and the check of the host's clock against it.

A wrong clock would claim posts for the wrong week and search for lost posts in the wrong place. So
Needle claims nothing while the clock is wrong. What people do is stored with Slack's time then.
"""

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clock import Clock, Monotonic, utc_now
from bot.slack.answers.headers import server_time

log = logging.getLogger(__name__)

MAX_CLOCK_SKEW = timedelta(minutes=2)


class WrongClock(Exception):
    """The host's clock differs too much from Slack's. The text says how much."""


class SlackTime:
    """Slack's time, and the host's. All clients of a process share it.

    Slack's time is that of its last answer and the monotonic seconds since, so a step of the host's
    clock is known without another call. After the host was suspended, it is behind until the next
    answer.
    """

    def __init__(
        self,
        clock: Clock = utc_now,
        monotonic: Monotonic = time.monotonic,
        max_skew: timedelta = MAX_CLOCK_SKEW,
    ) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._max_skew = max_skew
        self._last_answer: tuple[datetime, float] | None = None
        self._was_wrong = False

    def record(self, headers: Mapping[str, str]) -> None:
        """Record the time of an answer that just came. Ignore a missing or malformed one."""
        answered_at = server_time(headers)
        if answered_at is not None:
            self._last_answer = (answered_at, self._monotonic())

    @property
    def skew(self) -> timedelta:
        """How far the host's clock is ahead of Slack's, or zero if no answer had a time."""
        last_answer = self._last_answer  # one read: another thread may change it
        if last_answer is None:
            return timedelta()
        answered_at, received_at = last_answer
        elapsed = timedelta(seconds=self._monotonic() - received_at)
        return self._clock() - answered_at - elapsed

    @property
    def is_clock_wrong(self) -> bool:
        """Whether the host's clock differs too much from Slack's."""
        return self._is_too_much(self.skew)

    def now(self) -> datetime:
        """Return the host's time, or Slack's while the host's clock is wrong."""
        skew = self.skew
        return self._clock() - (skew if self._is_too_much(skew) else timedelta())

    def require_right_clock(self) -> datetime:
        """Return the host's time. Raise WrongClock if it is wrong."""
        skew = self.skew
        if self._is_too_much(skew):
            raise WrongClock(f"the host's clock is {describe_skew(skew)} Slack's")
        return self._clock()

    def log_changes(self) -> None:
        """Log once that the host's clock has become wrong, and once that it is right again."""
        skew = self.skew
        is_wrong = self._is_too_much(skew)
        if is_wrong and not self._was_wrong:
            context = {"skew_seconds": round(skew.total_seconds()), "effect": "Nothing is posted."}
            log.error("clock_wrong", extra=context)
        elif self._was_wrong and not is_wrong:
            log.warning("clock_right_again")
        self._was_wrong = is_wrong

    def _is_too_much(self, skew: timedelta) -> bool:
        return abs(skew) > self._max_skew


def describe_skew(skew: timedelta) -> str:
    """Return the skew in words that stand before "Slack's": `2:00:00 ahead of`."""
    rounded = timedelta(seconds=round(abs(skew).total_seconds()))  # HTTP dates have no fractions
    return f"{rounded} {'ahead of' if skew > timedelta() else 'behind'}"
