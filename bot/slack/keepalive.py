"""Notices a connection to Slack that looks open and is dead, and opens another.

Slack's client looks at when the last pong came, but not whether one ever did: a connection that
died before its first pong would be trusted for good.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.slack.error_messages import SLACK_CALL_ERRORS, describe_error

log = logging.getLogger(__name__)

CHECK_INTERVAL_SECONDS = 5
SILENCE_TIMEOUT_SECONDS = 35  # the client sends a ping every ten


class Watchdog:
    """Looks at the client's connection. Times are in seconds, as `time.time` tells them."""

    def __init__(self, client: SocketModeClient, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._clock = clock
        self._seen: Connection | None = None
        self._since = clock()

    @property
    def is_alive(self) -> bool:
        """Whether a connection is open, and has answered lately."""
        return self._client.is_connected() and not self._silent

    def check(self) -> None:
        """Open another connection if this one has been silent for too long."""
        if self._client.current_session is not self._seen:
            self._seen, self._since = self._client.current_session, self._clock()
        if self.is_alive or not self._client.is_connected():
            return  # without a connection, the client opens one by itself
        log.warning("the connection to Slack is silent: opening another")
        try:
            self._client.connect_to_new_endpoint(force=True)
        except SLACK_CALL_ERRORS as error:
            log.warning("no connection to Slack can be opened: %s", describe_error(error))

    @property
    def _silent(self) -> bool:
        if self._seen is None or self._seen is not self._client.current_session:
            return False  # it is new
        answered = self._seen.last_ping_pong_time or self._since
        return self._clock() - max(self._since, answered) >= SILENCE_TIMEOUT_SECONDS


@contextmanager
def watch_connection(client: SocketModeClient) -> Iterator[Watchdog]:
    """Look every few seconds, until the block ends."""
    watchdog, stopped = Watchdog(client), threading.Event()

    def watch() -> None:
        while not stopped.wait(CHECK_INTERVAL_SECONDS):
            try:
                watchdog.check()
            except Exception:  # of the client, which opens connections by itself too
                log.exception("the connection to Slack could not be looked at")

    # A daemon, as opening a connection may take longer than the process has to end.
    threading.Thread(target=watch, name="watchdog", daemon=True).start()
    try:
        yield watchdog
    finally:
        stopped.set()
