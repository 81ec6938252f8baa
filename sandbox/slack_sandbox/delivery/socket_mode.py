"""Socket Mode: the open connections, and envelopes on them.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import itertools
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from slack_sandbox.delivery.envelopes import DeliveryFailed, Envelope
from slack_sandbox.model.manifest import App
from slack_sandbox.model.traffic import Traffic
from slack_sandbox.model.workspace import Json

MAX_CONNECTIONS = 10
# Why Slack closes connections: https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
TOO_MANY = "too_many_websockets"
LINK_DISABLED = "link_disabled"  # someone turned Socket Mode off
REFUSALS = frozenset({TOO_MANY, LINK_DISABLED})
MAX_TICKETS = 1000
MAX_CLOSE_AFTER = 10.0  # seconds from the warning to the close


@dataclass
class PendingAck:
    """An envelope that waits for its acknowledgment. `sent` is in monotonic seconds."""

    envelope: Envelope
    sent: float
    ack: asyncio.Future[Json]


@dataclass(eq=False)
class Connection:
    """An open WebSocket, and the acknowledgments that are due on it, by envelope ID."""

    websocket: WebSocket
    pending: dict[str, PendingAck] = field(default_factory=dict)

    async def close(self) -> None:
        if self.websocket.state.socket.frozen:
            self.abort()
        else:
            await self.websocket.close()

    def abort(self) -> None:
        self.websocket.state.transport.abort()

    def freeze(self) -> None:
        self.websocket.state.socket.freeze()


class SocketMode:
    """The transport of an app with Socket Mode. `ack_timeout` is in seconds."""

    def __init__(self, app: App, traffic: Traffic, base_url: str, ack_timeout: float) -> None:
        self._app = app
        self._traffic = traffic
        self._base_url = base_url.replace("http", "ws", 1)
        self._ack_timeout = ack_timeout
        self._tickets: dict[str, None] = {}
        self._connections: list[Connection] = []
        self._turn = itertools.count()
        self._refusal = ""

    @property
    def connections(self) -> int:
        return len(self._connections)

    def open(self) -> str:
        """Return a WebSocket URL that works for one connection."""
        if len(self._tickets) >= MAX_TICKETS:
            del self._tickets[next(iter(self._tickets))]
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = None
        return f"{self._base_url}/socket?ticket={ticket}&app_id={self._app.id}"

    async def serve(self, websocket: WebSocket) -> None:
        """Accept a connection, and read acknowledgments until it ends."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close()
            return
        del self._tickets[ticket]
        await websocket.accept()
        # https://github.com/slackapi/bolt-js/issues/2225 and …/2238
        refusal = self._refusal or (TOO_MANY if self.connections >= MAX_CONNECTIONS else "")
        if refusal:
            await self._send_disconnect(websocket, refusal)
            await websocket.close()
            return
        connection = Connection(websocket)
        self._connections.append(connection)
        try:
            await self._send_hello(websocket)
            async for text in websocket.iter_text():
                self._receive_ack(connection, text)
        finally:
            self._forget(connection)
            self._record("closed")

    async def send(self, envelope: Envelope) -> Json:
        """Send an envelope on the next connection in turn, and return the acknowledgment's payload.

        Raise `DeliveryFailed` if there is no connection, or no acknowledgment in time.
        """
        if not self._connections:
            self._record_sending(envelope, error="no_connection")
            raise DeliveryFailed("no_connection", "connection_failed")
        connection = self._connections[next(self._turn) % len(self._connections)]
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.pending[envelope.id] = PendingAck(envelope, time.monotonic(), ack)
        self._record_sending(envelope)
        try:
            async with asyncio.timeout(self._ack_timeout):
                await connection.websocket.send_text(json.dumps(envelope.as_json()))
                return await ack
        except TimeoutError:
            raise self._unacknowledged(envelope, "timeout") from None
        except (ConnectionError, WebSocketDisconnect, RuntimeError):
            raise self._unacknowledged(envelope, "connection_failed") from None
        finally:
            connection.pending.pop(envelope.id, None)

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self._connections):
            self._forget(connection)
            await connection.close()

    def abort(self) -> None:
        """End every connection without a close frame, as a network failure does."""
        for connection in list(self._connections):
            self._forget(connection)
            connection.abort()

    def freeze(self) -> None:
        """Keep every connection open, but let nothing through, not even a pong."""
        for connection in self._connections:
            connection.freeze()

    async def refresh(self, close_after: float = MAX_CLOSE_AFTER) -> None:
        """Warn the app to reconnect, and close the old connections after `close_after` seconds."""
        old = list(self._connections)
        for connection in old:
            await self._send_disconnect(connection.websocket, "warning")
        await asyncio.sleep(close_after)
        for connection in old:
            if connection in self._connections:
                self._forget(connection)
                await self._send_disconnect(connection.websocket, "refresh_requested")
                await connection.close()

    async def refuse(self, reason: str) -> None:
        """Close each new connection for this reason, and with link_disabled the open ones too.

        An empty reason ends that.
        """
        self._refusal = reason
        if reason == LINK_DISABLED:
            for connection in list(self._connections):
                await self._send_disconnect(connection.websocket, reason)
            await self.close()

    async def _send_hello(self, websocket: WebSocket) -> None:
        hello = {
            "type": "hello",
            "num_connections": self.connections,
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._app.id},
        }
        await websocket.send_json(hello)
        self._record("hello", hello)

    async def _send_disconnect(self, websocket: WebSocket, reason: str) -> None:
        disconnect = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        self._record("disconnect", disconnect)
        await websocket.send_json(disconnect)

    def _receive_ack(self, connection: Connection, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            message = text
        if not isinstance(message, dict):
            self._traffic.record("app", "ack", "?", request={"text": text}, error="not_an_ack")
            return
        pending = connection.pending.get(str(message.get("envelope_id", "")))
        if pending is None or pending.ack.done():
            self._traffic.record("app", "ack", "late", request=message, error="unknown_envelope")
            return
        ms = round((time.monotonic() - pending.sent) * 1e3, 1)
        self._traffic.record("app", "ack", pending.envelope.name, request=message, ms=ms)
        payload = message.get("payload")
        pending.ack.set_result(payload if isinstance(payload, dict) else {})

    def _forget(self, connection: Connection) -> None:
        """Remove a connection, and fail its pending envelopes so that events are retried."""
        if connection in self._connections:
            self._connections.remove(connection)
        for pending in connection.pending.values():
            if not pending.ack.done():
                pending.ack.set_exception(ConnectionResetError())

    def _unacknowledged(self, envelope: Envelope, retry_reason: str) -> DeliveryFailed:
        self._traffic.record("app", "ack", envelope.name, request={}, error="timed_out")
        return DeliveryFailed("timed_out", retry_reason)

    def _record(self, name: str, request: Json | None = None) -> None:
        self._traffic.record("slack", "socket", name, request=request or {})

    def _record_sending(self, envelope: Envelope, **extra: Any) -> None:
        self._traffic.record(
            "slack", envelope.traffic_kind, envelope.name, request=envelope.as_json(), **extra
        )
