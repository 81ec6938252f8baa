"""Watchdog for Socket Mode connections that look open but are dead.

The SDK checks when the last pong came, but not whether one ever did. It would trust a connection
that died before its first pong forever.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.clock import Monotonic
from bot.heartbeat import Heartbeat
from bot.slack.error_messages import SLACK_CALL_ERRORS, describe_error

log = logging.getLogger(__name__)

CHECK_INTERVAL_SECONDS = 5
SILENCE_TIMEOUT_SECONDS = 35  # the SDK sends a ping every 10 s


class Watchdog:
    """Check of a client's connection.

    The SDK stores the wall-clock time of the last pong, and that clock may be set. So the watchdog
    only notices that the stored time changes, and measures the silence since then.
    """

    def __init__(self, client: SocketModeClient, monotonic: Monotonic = time.monotonic) -> None:
        self._client = client
        self._monotonic = monotonic
        self._connection: Connection | None = None
        self._last_pong: float | None = None
        self._heard_at = monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether a connection is open and answered a ping lately."""
        return self._client.is_connected() and not self._silent

    def check(self) -> None:
        """Open a new connection if the current one has been silent for too long."""
        connection = self._client.current_session
        last_pong = None if connection is None else connection.last_ping_pong_time
        if connection is not self._connection or last_pong != self._last_pong:
            self._connection, self._last_pong = connection, last_pong
            self._heard_at = self._monotonic()
        if self.is_alive or not self._client.is_connected():
            return  # the SDK opens a connection itself if there is none
        log.warning("connection_silent_reconnecting")
        try:
            self._client.connect_to_new_endpoint(force=True)
        except SLACK_CALL_ERRORS as error:
            log.warning("reconnect_failed", extra={"error": describe_error(error)})

    @property
    def _silent(self) -> bool:
        if self._connection is None or self._connection is not self._client.current_session:
            return False  # a new connection, not checked yet
        return self._monotonic() - self._heard_at >= SILENCE_TIMEOUT_SECONDS


@contextmanager
def watch_connection(client: SocketModeClient, heartbeat: Heartbeat) -> Iterator[Watchdog]:
    """Check the connection every few seconds until the block ends."""
    watchdog, stopped = Watchdog(client), threading.Event()

    def watch() -> None:
        while not stopped.wait(CHECK_INTERVAL_SECONDS):
            heartbeat.beat()
            try:
                watchdog.check()
            except Exception:  # of the SDK; it also reconnects by itself
                log.exception("connection_check_failed")

    # A daemon: opening a connection may take longer than the process has left when it stops.
    threading.Thread(target=watch, name="watchdog", daemon=True).start()
    try:
        yield watchdog
    finally:
        stopped.set()
