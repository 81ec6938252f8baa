"""The server's own connections: they can be cut, and be frozen."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class HttpConnection(H11Protocol):
    """Hands its transport to the routes, as `request.state.transport`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = self.app_state | {"transport": transport}


class SocketConnection(WebSocketsSansIOProtocol):
    """Hands itself to the routes, as `websocket.state.socket`."""

    frozen = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app_state = self.app_state | {"socket": self}

    def freeze(self) -> None:
        """From now on nothing that comes is read, and nothing is sent."""
        self.frozen = True
        self.stop_keepalive()

    def data_received(self, data: bytes) -> None:
        if not self.frozen:
            super().data_received(data)

    async def send(self, message: Any) -> None:
        if not self.frozen:
            await super().send(message)
