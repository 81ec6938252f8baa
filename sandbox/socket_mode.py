"""Socket Mode: connections, envelopes, acks and retries.

docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import itertools
import json
import secrets
import time
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.manifest import App
from sandbox.traffic import Traffic
from sandbox.workspace import Json

MOST_CONNECTIONS = 10
RETRIES = 3


class Unacknowledged(Exception):
    """The app did not answer an envelope: `timed_out`, or `no_connection` to send it on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Envelope:
    type: str
    payload: Json
    kind: str  # as the traffic names it
    name: str
    accepts_response_payload: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def as_json(self) -> Json:
        envelope: Json = {
            "envelope_id": self.id,
            "type": self.type,
            "payload": self.payload,
            "accepts_response_payload": self.accepts_response_payload,
        }
        if self.type == "events_api":
            envelope |= {"retry_attempt": self.retry_attempt, "retry_reason": self.retry_reason}
        return envelope


@dataclass(eq=False)
class Waiting:
    """An envelope on its way: when it was sent, and the payload of the ack to come."""

    envelope: Envelope
    sent: float
    ack: asyncio.Future[Json]


class SocketMode:
    def __init__(self, app: App, traffic: Traffic, base_url: str, ack_within: float) -> None:
        self._app = app
        self._traffic = traffic
        self._base_url = base_url.replace("http", "ws", 1)
        self._ack_within = ack_within
        self._tickets: set[str] = set()
        self._connections: list[WebSocket] = []
        self._turn = itertools.count()
        self._waiting: dict[str, Waiting] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        return len(self._connections)

    def open(self) -> str:
        """A WebSocket address that is good for one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return f"{self._base_url}/socket?ticket={ticket}&app_id={self._app.id}"

    async def serve(self, websocket: WebSocket) -> None:
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close()
            return
        self._tickets.remove(ticket)
        await websocket.accept()
        if self.connections >= MOST_CONNECTIONS:
            await self._turn_away(websocket)
            return
        self._connections.append(websocket)
        try:
            await self._say_hello(websocket)
            async for text in websocket.iter_text():
                self._take_ack(text)
        finally:
            self._forget(websocket)
            self._record("closed")

    async def drop(self) -> None:
        """Close every connection, as a network does that fails."""
        for websocket in list(self._connections):
            self._forget(websocket)
            await websocket.close()

    async def ask(self, envelope: Envelope) -> Json:
        """Send to one connection and wait for its ack; the payload of the ack, maybe empty."""
        if not self._connections:
            self._record_sending(envelope, error="no_connection")
            raise Unacknowledged("no_connection")
        websocket = self._connections[next(self._turn) % len(self._connections)]
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope.id] = Waiting(envelope, time.monotonic(), ack)
        self._record_sending(envelope)
        try:
            async with asyncio.timeout(self._ack_within):
                await websocket.send_json(envelope.as_json())
                return await ack
        except (TimeoutError, WebSocketDisconnect, RuntimeError):
            # A connection that breaks while we wait is a time-out too: nobody acked.
            self._traffic.record(
                "app",
                "ack",
                envelope.name,
                request={},
                error="timed_out",
                ms=self._ack_within * 1e3,
            )
            raise Unacknowledged("timed_out") from None
        finally:
            del self._waiting[envelope.id]

    def send_event(self, name: str, payload: Json) -> None:
        """Send an event, and again if nobody acks; with no connection open it is lost."""
        self._start(self._send_event(name, payload))

    def tell(self, envelope: Envelope) -> None:
        """Send once, and let nobody wait for the ack."""
        self._start(self._tell(envelope))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.drop()

    async def _send_event(self, name: str, payload: Json) -> None:
        reason = ""
        for attempt in range(1 + RETRIES):
            envelope = Envelope(
                "events_api", payload, "event", name, retry_attempt=attempt, retry_reason=reason
            )
            try:
                await self.ask(envelope)
            except Unacknowledged as failure:
                if failure.reason == "no_connection":
                    return
                reason = "timeout"
            else:
                return

    async def _tell(self, envelope: Envelope) -> None:
        with contextlib.suppress(Unacknowledged):
            await self.ask(envelope)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

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

    async def _turn_away(self, websocket: WebSocket) -> None:
        """One connection too many (slackapi/bolt-js issues 2225 and 2238)."""
        bye = {
            "type": "disconnect",
            "reason": "too_many_websockets",
            "debug_info": {"host": "sandbox"},
        }
        self._record("disconnect", bye)
        await websocket.send_json(bye)
        await websocket.close()

    def _take_ack(self, text: str) -> None:
        message = json.loads(text)
        waiting = self._waiting.get(message.get("envelope_id", ""))
        if waiting is None or waiting.ack.done():
            self._traffic.record("app", "ack", "late", request=message, error="unknown_envelope")
            return
        ms = round((time.monotonic() - waiting.sent) * 1e3, 1)
        self._traffic.record("app", "ack", waiting.envelope.name, request=message, ms=ms)
        waiting.ack.set_result(message.get("payload") or {})

    def _forget(self, websocket: WebSocket) -> None:
        if websocket in self._connections:
            self._connections.remove(websocket)

    def _record(self, name: str, request: Json | None = None) -> None:
        self._traffic.record("slack", "socket", name, request=request or {})

    def _record_sending(self, envelope: Envelope, **more: Any) -> None:
        self._traffic.record(
            "slack", envelope.kind, envelope.name, request=envelope.as_json(), **more
        )
