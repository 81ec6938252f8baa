"""The wall clock of this process, which a test sets while the bot runs."""

import time
from datetime import UTC, datetime, timedelta, tzinfo
from types import SimpleNamespace

import apscheduler.schedulers.base
import pytest
import slack_sdk.socket_mode.builtin.connection

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# A suspended host looks the same as a step forward: its monotonic clock stands still.
STEPS = {
    "back two hours": -2 * HOUR,
    "forward two hours": 2 * HOUR,
    "back ten years": -3652 * DAY,
    "forward sixty days": 60 * DAY,
    "suspended for a night": 9 * HOUR,
}


class HostClock:
    """A running wall clock that steps. Monotonic time isn't changed."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set_time(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)

    def step(self, by: timedelta) -> None:
        self._ahead += by

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the libraries that read the wall clock read this one."""
        host = self

        class HostDatetime(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # no cls
                return host().astimezone(tz)

        monkeypatch.setattr(apscheduler.schedulers.base, "datetime", HostDatetime)
        host_time = SimpleNamespace(time=lambda: host().timestamp(), sleep=time.sleep)
        monkeypatch.setattr(slack_sdk.socket_mode.builtin.connection, "time", host_time)
