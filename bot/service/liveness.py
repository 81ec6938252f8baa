"""Liveness: whether every loop of the process still turns, and every request still ends.

A restart helps against a bug that froze a loop. It doesn't help against an outage: while Slack or
the database is away, each call ends at its time limit and the loops go on, so the process stays
alive. /ready shows outages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from bot.heartbeat import Heartbeat, WorkHeartbeat

# The loops turn at least every minute, and within it each call to Slack or the database has a time
# limit of seconds, as in a request. Only a frozen loop or request is silent for longer than this.
FROZEN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Liveness:
    """The heartbeats of a process, by the name of the loop or the pool of threads."""

    heartbeats: Mapping[str, Heartbeat | WorkHeartbeat]
    frozen_after: timedelta = FROZEN_AFTER

    def frozen(self) -> list[str]:
        """Return the names of the loops that no longer turn, and of pools with a stuck thread."""
        return [name for name, each in self.heartbeats.items() if each.age >= self.frozen_after]

    def report(self) -> tuple[HTTPStatus, dict[str, object]]:
        """Return the status and JSON body of /live. The status is 503 if a loop is frozen."""
        frozen = self.frozen()
        if frozen:
            return HTTPStatus.SERVICE_UNAVAILABLE, {"alive": False, "frozen": frozen}
        return HTTPStatus.OK, {"alive": True}
