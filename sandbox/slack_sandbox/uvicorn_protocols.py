"""Server connections that can be aborted and frozen."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class HttpConnection(H11Protocol):
    """An HTTP connection that exposes its transport as `request.state.transport`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = self.app_state | {"transport": transport}


class SocketConnection(WebSocketsSansIOProtocol):
    """A WebSocket connection that exposes itself as `websocket.state.socket`."""

    frozen = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app_state = self.app_state | {"socket": self}

    def freeze(self) -> None:
        """Read and send nothing from now on."""
        self.frozen = True
        self.stop_keepalive()

    def data_received(self, data: bytes) -> None:
        if not self.frozen:
            super().data_received(data)

    async def send(self, message: Any) -> None:
        if not self.frozen:
            await super().send(message)
