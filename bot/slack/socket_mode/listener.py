"""Socket Mode connection, and the threads in which listeners run."""

import logging
import time
from collections.abc import Callable
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
from bot.slack.socket_mode.client import PatientSocketModeClient, shut_down

log = logging.getLogger(__name__)

POOL_SIZE = 10  # threads in each pool; the SDK's own pool has as many
DISCONNECT_SECONDS = 0.5
PING_INTERVAL_SECONDS = 10
EVENTS = "events_api"

Job = Callable[[], None]


class WorkerPool:
    """Daemon threads that run jobs, and that can be abandoned at exit.

    The interpreter waits for the threads of a ThreadPoolExecutor, however long they take:
    https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor
    """

    def __init__(self, name: str) -> None:
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._run_jobs, name=f"{name}-{number}", daemon=True)
            for number in range(POOL_SIZE)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Job) -> None:
        """Queue a job."""
        self._queue.put(job)

    def finish(self, until: float) -> bool:
        """Finish the queued jobs. Return False if any isn't done at `until`, a `monotonic` time."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(max(0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run_jobs(self) -> None:
        while job := self._queue.get():
            job()


class SocketModeListener(SocketModeHandler):
    """Bolt's Socket Mode handler with worker pools that can be abandoned at exit.

    Events have their own pool, so that they don't wait for commands and forms.
    """

    client: PatientSocketModeClient

    def __init__(self, app: App, app_token: str, web_client: WebClient) -> None:
        # Bolt's own constructor would start another client.
        self.app = app
        self.app_token = app_token
        self.client = PatientSocketModeClient(
            app_token=app_token,
            logger=_connection_log(),
            web_client=web_client,
            ping_interval=PING_INTERVAL_SECONDS,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
        self._events, self._interactions = WorkerPool("events"), WorkerPool("interactions")

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Queue a request for the listeners. Called by the SDK."""
        pool = self._events if req.type == EVENTS else self._interactions
        pool.submit(partial(self._listen, client, req, time.monotonic()))

    def finish(self, until: float) -> None:
        """Accept no new requests, finish the queued ones until `until`, and disconnect.

        `until` is a `time.monotonic` time. An interrupted request is not acknowledged: Slack
        retries an event, and tells a person that the app didn't respond.
        """
        self.client.closed = True
        self.client.message_queue.put(None)  # it blocks on the queue for up to a second
        done = [pool.finish(until) for pool in (self._events, self._interactions)]
        if not all(done):
            log.warning("listeners_unfinished_at_stop")
        # Closing joins threads that may be opening another connection.
        disconnecting = Thread(
            target=_disconnect, args=[self.client], name="disconnect", daemon=True
        )
        disconnecting.start()
        disconnecting.join(DISCONNECT_SECONDS)

    def _listen(
        self, client: SocketModeClient, request: SocketModeRequest, received_at: float
    ) -> None:
        RECEIVED_AT.set(received_at)
        try:
            super().handle(client, request)
        except SlackClientNotConnectedError:
            log.warning("acknowledgment_lost")
        except Exception:
            log.exception("listener_failed")


def _connection_log() -> logging.Logger:
    """Return the SDK's logger for its connection, apart from Bolt's for listeners."""
    connection_log = logging.getLogger("slack_sdk.socket_mode")
    connection_log.addFilter(_downgrade_connection_errors)
    return connection_log


def _downgrade_connection_errors(record: logging.LogRecord) -> bool:
    """Log connection errors as warnings: the SDK reconnects every ten seconds without help.

    Errors that Needle's own code raises in a callback stay errors.
    """
    error = record.exc_info[1] if record.exc_info else None
    is_needles = error is not None and not isinstance(error, (SlackClientError, *NETWORK_ERRORS))
    if record.levelno == logging.ERROR and not is_needles:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None  # the message contains its text
    return True


def _disconnect(client: SocketModeClient) -> None:
    """Close the connection now. The SDK alone would first wait seconds for its reads."""
    client.auto_reconnect_enabled = False
    shut_down(client.current_session)
    try:
        client.close()
    except AttributeError:  # the SDK's own thread closed the same socket just now
        client.close()
