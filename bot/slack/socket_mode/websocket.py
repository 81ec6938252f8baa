"""WebSocket connection whose opening has a total time limit."""

import socket
from urllib.parse import urlsplit

from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.builtin.internals import (
    _generate_sec_websocket_key,
    _parse_handshake_response,
    _validate_sec_websocket_accept,
)

from bot.slack.time_limit import TimeLimit, default_tls

OPENING_SECONDS = 10  # as for a call
SWITCHING_PROTOCOLS = 101


class TimeLimitedConnection(Connection):
    """The SDK's connection. Opening it takes at most `OPENING_SECONDS`.

    The SDK limits each read to 3 seconds. It reads the proxy's response and the handshake byte by
    byte, so a slow server could hold it for minutes.
    """

    def connect(self) -> None:
        """Open the connection. Report an error as the SDK does, to the log and the listener."""
        opened = None
        try:
            with TimeLimit(OPENING_SECONDS) as limit:
                opened = self._open_socket(limit)
                self._shake_hands(opened)
            self.sock = opened  # type: ignore[assignment] # the SDK names only one of the types
            self.check_state()  # sends the first ping
        except Exception as error:  # noqa: BLE001 — as the SDK: `run` goes on without a connection
            if opened is not None:
                opened.close()
            context = f"(session id: {self.session_id}, error: {error})"
            self.logger.error(f"Failed to establish a connection {context}")  # noqa: G004 — the SDK's
            if self.on_error_listener is not None:
                self.on_error_listener(error)
            self.disconnect()

    def _open_socket(self, limit: TimeLimit) -> socket.socket:
        address = urlsplit(self.url)
        is_encrypted = address.scheme == "wss"
        opened = limit.open_socket(
            (address.hostname or "", address.port or (443 if is_encrypted else 80)),
            tls=(self.ssl_context or default_tls()) if is_encrypted else None,
            proxy=self.proxy,
            proxy_headers=self.proxy_headers or {},
        )
        opened.settimeout(self.receive_timeout)
        return opened

    def _shake_hands(self, opened: socket.socket) -> None:
        """Ask for a WebSocket. Raise ConnectionError if the server opens none.

        https://www.rfc-editor.org/rfc/rfc6455#section-1.3
        """
        address = urlsplit(self.url)
        key = _generate_sec_websocket_key()
        request = (
            f"GET {address.path}?{address.query} HTTP/1.1",
            f"Host: {address.hostname}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            "\r\n",
        )
        opened.sendall("\r\n".join(request).encode())
        status, headers, _ = _parse_handshake_response(opened)  # type: ignore[arg-type] # as above
        if status != SWITCHING_PROTOCOLS or not _validate_sec_websocket_accept(key, headers):
            raise ConnectionError(f"the server opened no WebSocket: status {status}")
