"""Notifications to systemd: started, stopping, status, and watchdog.

The protocol is one datagram for each notification, to the socket in $NOTIFY_SOCKET:
https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html. Without that variable,
which systemd sets for `Type=notify`, nothing is sent.
"""

import logging
import os
import socket
import time
from collections.abc import Callable, Mapping

from bot.clock import Monotonic

SEND_SECONDS = 1  # a systemd that doesn't read must not stop the bot
MICROSECONDS = 1_000_000

log = logging.getLogger(__name__)


class Systemd:
    """The service manager that started the process, if it did."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")

    def notify(self, *assignments: str) -> None:
        """Send assignments such as `READY=1`. Log a failure: no notification is worth a crash."""
        if not self._address:
            return
        # A leading @ stands for the null byte of Linux's abstract sockets.
        address = self._address.replace("@", "\0", 1) if self._is_abstract else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams:
                datagrams.settimeout(SEND_SECONDS)
                datagrams.sendto("\n".join(assignments).encode(), address)
        except OSError as error:
            log.warning("systemd_not_notified", extra={"error": str(error)})

    @property
    def _is_abstract(self) -> bool:
        return self._address.startswith("@")


class SystemdWatchdog:
    """The watchdog that restarts the process if it isn't fed: `WatchdogSec=` of the unit.

    It is fed only while no loop is frozen.
    """

    def __init__(
        self,
        systemd: Systemd,
        frozen: Callable[[], list[str]],
        status: Callable[[], str],
        environment: Mapping[str, str] = os.environ,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._systemd = systemd
        self._frozen = frozen
        self._status = status
        self._monotonic = monotonic
        self._interval = _interval(environment)
        self._next = monotonic()

    def feed_if_due(self) -> None:
        """Feed the watchdog at half its time, and tell systemd the status.

        Half is what systemd recommends:
        https://www.freedesktop.org/software/systemd/man/latest/sd_watchdog_enabled.html
        """
        now = self._monotonic()
        if self._interval is None or now < self._next:
            return
        self._next = now + self._interval
        if frozen := self._frozen():
            log.error("loops_frozen", extra={"loops": frozen})
            self._systemd.notify(f"STATUS=Frozen: {', '.join(frozen)}.")
        else:
            self._systemd.notify("WATCHDOG=1", f"STATUS={self._status()}")


def _interval(environment: Mapping[str, str]) -> float | None:
    """Return the seconds between two feedings, or None if systemd watches no process or another."""
    watched = environment.get("WATCHDOG_PID", str(os.getpid()))
    limit = environment.get("WATCHDOG_USEC", "")
    if watched != str(os.getpid()) or not limit.isdecimal() or not int(limit):
        return None
    return int(limit) / MICROSECONDS / 2
