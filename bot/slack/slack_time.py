"""Slack's time, from the `Date` of its answers, and the check of the host's clock against it.

A wrong clock would claim posts for the wrong week and search for lost posts in the wrong place. So
Needle claims nothing while the clock is wrong. What people do is stored with Slack's time then.

Claims always have Slack's time, so that hosts agree when a claim ends.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock, Monotonic, utc_now
from bot.slack.answers.headers import server_time

log = logging.getLogger(__name__)

MAX_CLOCK_SKEW = timedelta(minutes=2)
# A claim may be off by 10 s: see `LEASE` in storage/posts/outbox.py.
MAX_UNEXPLAINED_STEP = timedelta(seconds=5)


class WrongClock(Exception):
    """The host's clock can't be trusted: it differs too much from Slack's, or it was just set."""


@dataclass(frozen=True)
class _Answer:
    """An answer with a time, and the times at which it came."""

    answered_at: datetime
    received_at: datetime  # by the host's clock
    received_seconds: float  # monotonic

    @property
    def skew(self) -> timedelta:
        return self.received_at - self.answered_at


class SlackTime:
    """Slack's time, and the host's. All clients of a process share it.

    Slack's time is that of its last answer and the monotonic seconds since, so a step of the host's
    clock is known without another call. After the host was suspended, it is behind until the next
    answer. A step and a suspension look the same, so nothing is claimed between either and the next
    answer.

    If no answer has a time, or the clocks aren't to be compared, the host's time counts as Slack's.
    """

    def __init__(
        self,
        clock: Clock = utc_now,
        monotonic: Monotonic = time.monotonic,
        *,
        compares_clocks: bool = True,
    ) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._compares_clocks = compares_clocks
        self._last_answer: _Answer | None = None
        self._was_wrong = False

    def record(self, headers: Mapping[str, str]) -> None:
        """Record the time of an answer that just came. Ignore a missing or malformed one."""
        answered_at = server_time(headers)
        if answered_at is not None and self._compares_clocks:
            self._last_answer = _Answer(answered_at, self._clock(), self._monotonic())

    @property
    def skew(self) -> timedelta:
        """How far the host's clock is ahead of Slack's, or zero if no answer had a time."""
        last_answer = self._last_answer  # one read: another thread may change it
        return timedelta() if last_answer is None else self._skew_by(last_answer)

    @property
    def is_clock_wrong(self) -> bool:
        """Return whether the host's clock differs too much from Slack's."""
        return _is_too_much(self.skew)

    @property
    def has_stepped(self) -> bool:
        """Return whether the clock was set, or the host suspended, since Slack's last answer."""
        last_answer = self._last_answer
        if last_answer is None:
            return False
        return abs(self._skew_by(last_answer) - last_answer.skew) > MAX_UNEXPLAINED_STEP

    @property
    def is_check_due(self) -> bool:
        """Return whether Slack must be asked for its time before anything can be claimed."""
        return self.is_clock_wrong or self.has_stepped

    def now(self) -> datetime:
        """Return the host's time, or Slack's while the host's clock is wrong."""
        return self.slack_now() if self.is_clock_wrong else self._clock()

    def slack_now(self) -> datetime:
        """Return Slack's time."""
        return self._clock() - self.skew

    def claim_time(self) -> datetime:
        """Return Slack's time. Raise WrongClock while nothing may be claimed."""
        self.require_right_clock()
        if self.has_stepped:
            raise WrongClock("the host's clock was set, or the host was suspended, just now")
        return self.slack_now()

    def require_right_clock(self) -> None:
        """Raise WrongClock if the host's clock is wrong."""
        skew = self.skew
        if _is_too_much(skew):
            raise WrongClock(f"the host's clock is {describe_skew(skew)} Slack's")

    def log_changes(self) -> None:
        """Log once that the host's clock has become wrong, and once that it is right again."""
        skew = self.skew
        is_wrong = _is_too_much(skew)
        if is_wrong and not self._was_wrong:
            context = {"skew_seconds": round(skew.total_seconds()), "effect": "Nothing is posted."}
            log.error("clock_wrong", extra=context)
        elif self._was_wrong and not is_wrong:
            log.warning("clock_right_again")
        self._was_wrong = is_wrong

    def _skew_by(self, answer: _Answer) -> timedelta:
        elapsed = timedelta(seconds=self._monotonic() - answer.received_seconds)
        return self._clock() - answer.answered_at - elapsed


def _is_too_much(skew: timedelta) -> bool:
    return abs(skew) > MAX_CLOCK_SKEW


def describe_skew(skew: timedelta) -> str:
    """Return the skew in words that stand before "Slack's": `2:00:00 ahead of`."""
    rounded = timedelta(seconds=round(abs(skew).total_seconds()))  # HTTP dates have no fractions
    return f"{rounded} {'ahead of' if skew > timedelta() else 'behind'}"
