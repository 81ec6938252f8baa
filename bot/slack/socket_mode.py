"""The connection on which Slack tells what happens, and the threads in which listeners work."""

import logging
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError, SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.ack_deadline import RECEIVED_AT
from bot.slack.error_messages import NETWORK_ERRORS

log = logging.getLogger(__name__)

POOL_SIZE = 10  # of each pool; as many as Slack's client has by itself
DISCONNECT_SECONDS = 0.5
EVENTS = "events_api"

Job = Callable[[], None]


class WorkerPool:
    """Threads that take work in turn, and for which nobody has to wait.

    Those of an executor are joined when the interpreter ends, however long they take:
    https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor
    """

    def __init__(self, name: str) -> None:
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(POOL_SIZE)
        ]
        for each in self._threads:
            each.start()

    def submit(self, work: Job) -> None:
        self._waiting.put(work)

    def finish(self, until: float) -> bool:
        """Take no more than what waits already; whether that was done by then (`monotonic`)."""
        for _ in self._threads:
            self._waiting.put(None)
        for each in self._threads:
            each.join(max(0, until - time.monotonic()))
        return not any(each.is_alive() for each in self._threads)

    def _work(self) -> None:
        while work := self._waiting.get():
            work()


class SocketModeListener(SocketModeHandler):
    """Bolt's handler with threads of our own, which can be left behind.

    Events have threads of their own: they don't wait for answers to commands and forms.
    """

    def __init__(self, app: App, app_token: str, web_client: WebClient) -> None:
        super().__init__(app, app_token=app_token, logger=_connection_log(), web_client=web_client)
        self._events, self._acts = WorkerPool("events"), WorkerPool("acts")

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        pool = self._events if req.type == EVENTS else self._acts
        pool.submit(partial(self._hear, client, req, time.monotonic()))

    def finish(self, until: float) -> None:
        """Hear nothing new, acknowledge what is done by then (`monotonic`), and hang up.

        What is cut off is not acknowledged: Slack sends an event again, and tells whoever acted
        that nothing answers.
        """
        self.client.closed = True
        self.client.message_queue.put(None)  # what it waits for, for a second
        done = [pool.finish(until) for pool in (self._events, self._acts)]
        if not all(done):
            log.warning("stopped while listeners were at work")
        # It joins threads that may be asking Slack for another connection.
        hanging_up = Thread(target=_hang_up, args=[self.client], name="hang up", daemon=True)
        hanging_up.start()
        hanging_up.join(DISCONNECT_SECONDS)

    def _hear(self, client: SocketModeClient, request: SocketModeRequest, told_at: float) -> None:
        RECEIVED_AT.set(told_at)
        try:
            super().handle(client, request)
        except SlackClientNotConnectedError:
            log.warning("done, and not acknowledged: the connection has gone")
        except Exception:
            log.exception("a listener failed")


def _connection_log() -> logging.Logger:
    """Where Slack's client tells of its connection, apart from what Bolt tells of listeners."""
    connection_log = logging.getLogger("slack_sdk.socket_mode")
    connection_log.addFilter(_as_tried_again)
    return connection_log


def _as_tried_again(record: logging.LogRecord) -> bool:
    """Whatever ends its connection, the client opens another, every ten seconds: nobody has to
    come for that. What we raise when it tells us something stays an error.
    """
    error = record.exc_info[1] if record.exc_info else None
    is_ours = error is not None and not isinstance(error, (SlackClientError, *NETWORK_ERRORS))
    if record.levelno == logging.ERROR and not is_ours:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None  # its words are in the message
    return True


def _hang_up(client: SocketModeClient) -> None:
    """Close the connection now: by itself the client first waits out its reads, of seconds."""
    client.auto_reconnect_enabled = False
    if client.current_session is not None and client.current_session.sock is not None:
        with suppress(OSError):  # Slack has hung up already
            client.current_session.sock.shutdown(socket.SHUT_RDWR)
    try:
        client.close()
    except AttributeError:  # the client's own thread closed the same socket just now
        client.close()
