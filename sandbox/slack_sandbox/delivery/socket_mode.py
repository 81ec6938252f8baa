"""Socket Mode: connections, and each envelope on one of them.

docs.slack.dev/apis/events-api/using-socket-mode
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

MOST_CONNECTIONS = 10
MOST_TICKETS = 1000
MAX_CLOSE_AFTER = 10.0  # seconds between the warning and the end of a connection


@dataclass
class Waiting:
    """An envelope on its way: when it was sent, and the payload of the ack to come."""

    envelope: Envelope
    sent: float
    ack: asyncio.Future[Json]


@dataclass(eq=False)
class Connection:
    websocket: WebSocket
    waiting: dict[str, Waiting] = field(default_factory=dict)

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
    def __init__(self, app: App, traffic: Traffic, base_url: str, ack_timeout: float) -> None:
        self._app = app
        self._traffic = traffic
        self._base_url = base_url.replace("http", "ws", 1)
        self._ack_within = ack_timeout
        self._tickets: dict[str, None] = {}
        self._connections: list[Connection] = []
        self._turn = itertools.count()

    @property
    def connections(self) -> int:
        return len(self._connections)

    def open(self) -> str:
        """A WebSocket address that is good for one connection."""
        if len(self._tickets) >= MOST_TICKETS:
            del self._tickets[next(iter(self._tickets))]
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = None
        return f"{self._base_url}/socket?ticket={ticket}&app_id={self._app.id}"

    async def serve(self, websocket: WebSocket) -> None:
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close()
            return
        del self._tickets[ticket]
        await websocket.accept()
        if self.connections >= MOST_CONNECTIONS:
            # slackapi/bolt-js issues 2225 and 2238
            await self._say_goodbye(websocket, "too_many_websockets")
            await websocket.close()
            return
        connection = Connection(websocket)
        self._connections.append(connection)
        try:
            await self._say_hello(websocket)
            async for text in websocket.iter_text():
                self._take_ack(connection, text)
        finally:
            self._forget(connection)
            self._record("closed")

    async def send(self, envelope: Envelope) -> Json:
        """Send on one connection and wait for the ack; each has its turn."""
        if not self._connections:
            self._record_sending(envelope, error="no_connection")
            raise DeliveryFailed("no_connection", "connection_failed")
        connection = self._connections[next(self._turn) % len(self._connections)]
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope.id] = Waiting(envelope, time.monotonic(), ack)
        self._record_sending(envelope)
        try:
            async with asyncio.timeout(self._ack_within):
                await connection.websocket.send_text(json.dumps(envelope.as_json()))
                return await ack
        except TimeoutError:
            raise self._unacknowledged(envelope, "timeout") from None
        except (ConnectionError, WebSocketDisconnect, RuntimeError):
            raise self._unacknowledged(envelope, "connection_failed") from None
        finally:
            connection.waiting.pop(envelope.id, None)

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self._connections):
            self._forget(connection)
            await connection.close()

    def abort(self) -> None:
        """End every connection without a word, as a network does that fails."""
        for connection in list(self._connections):
            self._forget(connection)
            connection.abort()

    def freeze(self) -> None:
        """Let every connection look open while nothing passes any more, not even a pong."""
        for connection in self._connections:
            connection.freeze()

    async def refresh(self, close_after: float = MAX_CLOSE_AFTER) -> None:
        """Ask for new connections: a warning, and so many seconds later the end of the old ones."""
        old = list(self._connections)
        for connection in old:
            await self._say_goodbye(connection.websocket, "warning")
        await asyncio.sleep(close_after)
        for connection in old:
            if connection in self._connections:
                self._forget(connection)
                await self._say_goodbye(connection.websocket, "refresh_requested")
                await connection.close()

    async def _say_hello(self, websocket: WebSocket) -> None:
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

    async def _say_goodbye(self, websocket: WebSocket, reason: str) -> None:
        goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        self._record("disconnect", goodbye)
        await websocket.send_json(goodbye)

    def _take_ack(self, connection: Connection, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            message = text
        if not isinstance(message, dict):
            self._traffic.record("app", "ack", "?", request={"text": text}, error="not_an_ack")
            return
        waiting = connection.waiting.get(str(message.get("envelope_id", "")))
        if waiting is None or waiting.ack.done():
            self._traffic.record("app", "ack", "late", request=message, error="unknown_envelope")
            return
        ms = round((time.monotonic() - waiting.sent) * 1e3, 1)
        self._traffic.record("app", "ack", waiting.envelope.name, request=message, ms=ms)
        payload = message.get("payload")
        waiting.ack.set_result(payload if isinstance(payload, dict) else {})

    def _forget(self, connection: Connection) -> None:
        """What was sent on it and not acked goes another way, at once."""
        if connection in self._connections:
            self._connections.remove(connection)
        for waiting in connection.waiting.values():
            if not waiting.ack.done():
                waiting.ack.set_exception(ConnectionResetError())

    def _unacknowledged(self, envelope: Envelope, retry_reason: str) -> DeliveryFailed:
        self._traffic.record("app", "ack", envelope.name, request={}, error="timed_out")
        return DeliveryFailed("timed_out", retry_reason)

    def _record(self, name: str, request: Json | None = None) -> None:
        self._traffic.record("slack", "socket", name, request=request or {})

    def _record_sending(self, envelope: Envelope, **more: Any) -> None:
        self._traffic.record(
            "slack", envelope.traffic_kind, envelope.name, request=envelope.as_json(), **more
        )
