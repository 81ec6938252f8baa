"""Socket Mode client that notices at once that a connection has ended, goes on with its work while
it opens another, and never reconnects in a loop.
"""

import json
import logging
import socket
import time
from contextlib import suppress
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

from bot.slack.answers.connection import read_websocket_url
from bot.slack.client import silent_logger
from bot.slack.error_messages import SLACK_CALL_ERRORS, describe_error
from bot.slack.errors import is_rate_limited, retry_after
from bot.slack.proxy import websocket_proxy
from bot.slack.socket_mode.refusals import Refusals
from bot.slack.socket_mode.websocket import TimeLimitedConnection

log = logging.getLogger(__name__)

# Slack replaces a connection after some hours. These are no refusals:
# https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
REPLACED = frozenset({"refresh_requested", "warning"})
DEFAULT_RETRY_AFTER = timedelta(seconds=30)  # if a rate limit names no wait


class EndingSocket:
    """A socket that raises an error at its end.

    The SDK goes on reading from a socket whose other end has closed, and notices that only when
    several pings have failed.
    """

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        self._is_shut_down = False

    def shutdown(self, how: int) -> None:
        """End reads and writes. That isn't an error: whoever does it also closes the connection."""
        self._is_shut_down = True
        self._opened.shutdown(how)

    def recv(self, size: int) -> bytes:
        """Return received bytes. Raise ConnectionResetError if the other end closed the socket."""
        received: bytes = self._opened.recv(size)
        if not (received or self._is_shut_down):
            raise ConnectionResetError("the other end closed the connection")
        return received

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opened, name)


class PatientSocketModeClient(SocketModeClient):
    """The SDK's client. It waits longer and longer if Slack refuses its connections."""

    def __init__(self, **options: Any) -> None:
        self.refusals = Refusals()  # the SDK's constructor starts threads that use it
        self._replacing = Lock()
        super().__init__(**options)

    def issue_new_wss_url(self) -> str:
        """Return the address of the next connection. Set the proxy for it."""
        try:
            response = self.web_client.apps_connections_open(app_token=self.app_token)
        except SlackApiError as error:
            if is_rate_limited(error):  # the SDK would sleep, for as long as the header says
                self.refusals.add("ratelimited", retry_after(error) or DEFAULT_RETRY_AFTER)
            raise
        url = read_websocket_url(response)
        proxy = websocket_proxy(url, self.web_client.proxy)
        self.proxy = None if proxy is None else proxy.url
        self.proxy_headers = None if proxy is None else proxy.headers
        return url

    def connect(self) -> None:
        """Replace the connection, as the SDK does, with one that opens within a time limit."""
        old, old_state = self.current_session, self.current_session_state
        if self.wss_uri is None:
            self.wss_uri = self.issue_new_wss_url()
        opened = TimeLimitedConnection(
            url=self.wss_uri,
            logger=self.logger,
            ping_interval=self.ping_interval,
            receive_buffer_size=self.receive_buffer_size,
            proxy=self.proxy,
            proxy_headers=self.proxy_headers,
            on_message_listener=self._on_message,
            on_error_listener=self._on_error,
            on_close_listener=self._on_close,
            ssl_context=self.web_client.ssl,
        )
        opened.connect()
        _end_at_close(opened)
        old_state.terminated = True
        if old is not None:
            old.close()
        self.current_session, self.current_session_state = opened, ConnectionState()  # type: ignore[no-untyped-call]
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled
        if not self.current_app_monitor_started:
            self.current_app_monitor_started = True
            self.current_app_monitor.start()
        self.logger.info("A new session has been established (session id: %s)", opened.session_id)

    def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 — the SDK's
        """Open another connection, unless Slack refused the last ones and it's too early."""
        if not self.refusals.is_waiting:
            super().connect_to_new_endpoint(force)

    def enqueue_message(self, message: str) -> None:
        """Queue a message from Slack. Close the connection if Slack refuses it.

        If Slack is about to close it, open another in a thread of its own. The SDK would use the
        thread that takes messages from the queue, and events would wait for a slow Slack.
        """
        match _parse(message):
            case {"type": "disconnect", "reason": str(reason)} if reason not in REPLACED:
                self.refusals.add(reason)
                self.disconnect()
                return
            case {"type": "disconnect"}:
                Thread(target=self._replace_connection, name="reconnect", daemon=True).start()
                return
            case {"type": "hello"}:
                self.refusals.end()
        super().enqueue_message(message)

    def _replace_connection(self) -> None:
        """Open another connection. If that fails, the monitor tries again when this one ends."""
        if not self._replacing.acquire(blocking=False):
            return  # Slack warned before
        try:
            self.connect_to_new_endpoint(force=True)
        except SLACK_CALL_ERRORS as error:
            log.warning("reconnect_failed", extra={"error": describe_error(error)})
        except Exception:  # of the SDK
            log.exception("reconnect_failed")
        finally:
            self._replacing.release()

    def _run_current_session(self) -> None:
        """Read from the connection until it ends. Then open another, unless it ended at once.

        For a connection that ended at once, the monitor does that later.
        """
        if not self.is_connected():
            return
        connected_at = time.monotonic()
        super()._run_current_session()  # type: ignore[no-untyped-call]
        if time.monotonic() - connected_at > self.ping_interval and not self.closed:
            self._monitor_current_session()

    def _monitor_current_session(self) -> None:
        """Check the connection and open another if there is none. Runs every `ping_interval`."""
        if self.is_connected() or not self.refusals.is_waiting:
            super()._monitor_current_session()  # type: ignore[no-untyped-call]


def receive_hello(client: WebClient, url: str, seconds: float) -> str:
    """Open a WebSocket as `needle run` does. Return "", or Slack's reason for a refusal.

    Raise the error of the connection, or TimeoutError if Slack says nothing for `seconds`.
    """
    received: SimpleQueue[str | Exception] = SimpleQueue()
    proxy = websocket_proxy(url, client.proxy)
    state = ConnectionState()  # type: ignore[no-untyped-call]
    connection = TimeLimitedConnection(
        url=url,
        logger=silent_logger(),
        proxy=None if proxy is None else proxy.url,
        proxy_headers=None if proxy is None else proxy.headers,
        on_message_listener=received.put,
        on_error_listener=received.put,
        ssl_context=client.ssl,
    )

    def read() -> None:
        connection.connect()
        _end_at_close(connection)
        if connection.is_active():
            connection.run_until_completion(state)
        received.put(ConnectionResetError())  # only counts if nothing came before

    Thread(target=read, name="hello", daemon=True).start()
    try:
        first = received.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    finally:
        state.terminated = True
        shut_down(connection)
        with suppress(AttributeError):  # the reading thread closed the same socket just now
            connection.disconnect()
    if isinstance(first, Exception):
        raise first
    message = _parse(first)
    return "" if message.get("type") == "hello" else str(message.get("reason"))


def shut_down(connection: Connection | None) -> None:
    """End the reads of a connection, for which the SDK would wait before it closes the socket."""
    if connection is not None and connection.sock is not None:
        with suppress(OSError):  # Slack has closed it already
            connection.sock.shutdown(socket.SHUT_RDWR)


def _end_at_close(connection: Connection | None) -> None:
    if connection is not None and connection.sock is not None:
        connection.sock = EndingSocket(connection.sock)  # type: ignore[assignment]


def _parse(message: str) -> dict[str, Any]:
    with suppress(ValueError):
        parsed = json.loads(message)
        if isinstance(parsed, dict):
            return parsed
    return {}
