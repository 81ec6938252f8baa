"""Deferrals: what waits after an error, longer with each failure in a row, until a success."""

from collections import Counter
from datetime import timedelta

from bot.reconciler.tasks import Scope, Task, deferral_after
from bot.slack.call_status import Call
from bot.slack.errors import CallTimedOut
from bot.slack.rate_limiter import RateLimiter

HANGING_CHANNELS = 3  # after time-outs in this many, a method counts as hanging everywhere


class Deferrals:
    """Defer the scopes of failed tasks, each time for longer, until a task succeeds."""

    def __init__(self, limiter: RateLimiter) -> None:
        self._limiter = limiter
        self._failures: Counter[Scope] = Counter()  # in a row
        self._hanging_in: dict[str, set[str]] = {}  # channels in which a method timed out, in a row

    def is_deferred(self, task: Task) -> bool:
        """Return whether the task must wait."""
        return not all(map(self._limiter.is_available, task.deferred_by))

    def record_success(self, task: Task) -> None:
        """Forget the failures of the task and of the calls that it needs."""
        for scope in (task.scope, *task.calls):
            self._failures.pop(scope, None)
        for method in task.methods:
            self._hanging_in.pop(method, None)

    def record_failure(self, error: Exception, task: Task) -> timedelta:
        """Defer what the error concerns. Return for how long."""
        deferral = deferral_after(error, task)
        self._failures[deferral.scopes[0]] += 1
        wait = deferral.wait_after(self._failures[deferral.scopes[0]])
        for scope in (*deferral.scopes, *self._hanging_everywhere(error)):
            self._limiter.defer(scope, wait)
        return wait

    def _hanging_everywhere(self, error: Exception) -> list[Scope]:
        """Return the whole method if it timed out in several channels with no success between.

        Otherwise, each channel would cost a time-out.
        """
        if not isinstance(error, CallTimedOut) or error.call.channel is None:
            return []
        channels = self._hanging_in.setdefault(error.call.method, set())
        channels.add(error.call.channel)
        return [Call(error.call.method)] if len(channels) >= HANGING_CHANNELS else []
