"""Socket Mode connection, and the threads in which listeners run."""

import logging
import time
from collections.abc import Callable, Hashable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import Thread
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError, SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.heartbeat import WorkHeartbeat
from bot.metrics import REQUEST_FAILURES
from bot.slack.ack_deadline import RECEIVED_AT
from bot.slack.error_messages import NETWORK_ERRORS
from bot.slack.socket_mode.client import PatientSocketModeClient, shut_down
from bot.slack.socket_mode.workers import WorkerPool

log = logging.getLogger(__name__)

DISCONNECT_SECONDS = 0.5
PING_INTERVAL_SECONDS = 10
EVENTS = "events_api"


class BatchFailed(Exception):
    """A batch of which nothing was stored. The message says why."""


@dataclass(frozen=True)
class Batches:
    """Which requests are stored together, and how.

    Requests whose payloads have the same key are stored together, in the context of `storing`. It
    raises BatchFailed if that fails. A request without a key is stored alone.
    """

    key: Callable[[dict[str, Any]], Hashable | None]
    storing: Callable[[], AbstractContextManager[None]]


NO_BATCHES = Batches(lambda _payload: None, nullcontext)


@dataclass(frozen=True)
class Received:
    """A request, the client that acknowledges it, and when it came, as a monotonic time."""

    client: SocketModeClient
    request: SocketModeRequest
    at: float


class SocketModeListener(SocketModeHandler):
    """Bolt's Socket Mode handler with worker pools that can be abandoned at exit.

    Events have their own pool, so that they don't wait for commands and forms. Events that wait
    may be stored together. They are acknowledged after that.
    """

    client: PatientSocketModeClient

    def __init__(
        self, app: App, app_token: str, web_client: WebClient, batches: Batches = NO_BATCHES
    ) -> None:
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
        self._batches = batches
        self._events = WorkerPool("events", self._listen)
        self._interactions = WorkerPool("interactions", self._listen)

    @property
    def heartbeats(self) -> dict[str, WorkHeartbeat]:
        """The heartbeats of the pools, by name."""
        return {"events": self._events.heartbeat, "interactions": self._interactions.heartbeat}

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Queue a request for the listeners. Called by the SDK."""
        received = Received(client, req, time.monotonic())
        if req.type == EVENTS:
            self._events.submit(received, self._batches.key(req.payload))
        else:
            self._interactions.submit(received)

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

    def _listen(self, batch: Sequence[Received]) -> None:
        """Run the listeners of a batch, and acknowledge what they have stored."""
        RECEIVED_AT.set(batch[0].at)
        for received, response in zip(batch, self._respond_to(batch), strict=True):
            if response is not None:
                _acknowledge(received, response)

    def _respond_to(self, batch: Sequence[Received]) -> list[BoltResponse | None]:
        """Return a response to each request. It is None if the request must come again.

        A batch of one is an ordinary request.
        """
        if len(batch) == 1:
            return [self._respond(batch[0])]
        try:
            with self._batches.storing():
                return [self._respond(received) for received in batch]
        except BatchFailed as error:
            REQUEST_FAILURES.labels("event").inc(len(batch))
            log.warning("batch_failed", extra={"events": len(batch), "error": str(error)})
            return [None] * len(batch)
        except Exception:
            log.exception("batch_failed", extra={"events": len(batch)})
            # One event must not keep the others from being stored.
            return [self._respond(received) for received in batch]

    def _respond(self, received: Received) -> BoltResponse | None:
        """Run the listener of a request. Return None if it failed, and its error handler too."""
        RECEIVED_AT.set(received.at)
        try:
            response: BoltResponse = run_bolt_app(self.app, received.request)
        except Exception:
            log.exception("listener_failed")
            return None
        return response


def _acknowledge(received: Received, response: BoltResponse) -> None:
    """Send a response to Slack, unless it is the response to a failure."""
    try:
        send_response(received.client, received.request, response, time.time())
    except SlackClientNotConnectedError:
        log.warning("acknowledgment_lost")
    except Exception:
        log.exception("acknowledgment_failed")


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
