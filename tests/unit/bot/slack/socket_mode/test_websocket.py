"""Opening a WebSocket ends at its time limit, whatever the server does."""

import socket
import time

import pytest

from bot.slack.client import silent_logger
from bot.slack.socket_mode import websocket
from bot.slack.socket_mode.websocket import TimeLimitedConnection
from bot.slack.time_limit import ProxyRefused
from tests.unit.bot.slack.test_time_limit import (
    ALLOWED,
    LIMIT,
    Serve,
    says_nothing,
    sends,
    server,
    trickles,
)

SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\n"
TUNNEL = b"HTTP/1.0 200 Connection established\r\n"


def error_of(url: str, proxy: str | None = None) -> Exception:
    """Open a WebSocket, and return the error that the listener got."""
    errors: list[Exception] = []
    connection = TimeLimitedConnection(
        url, silent_logger(), proxy=proxy, on_error_listener=errors.append
    )
    connection.connect()
    assert not connection.is_active()
    [error] = errors
    return error


@pytest.fixture(autouse=True)
def short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "OPENING_SECONDS", LIMIT)


@pytest.mark.parametrize(
    ("serve", "url", "is_proxy"),
    [
        (says_nothing, "ws://127.0.0.1:{port}/", False),
        (trickles(b"", SWITCHING * 30), "ws://127.0.0.1:{port}/", False),
        (trickles(SWITCHING, b"x" * 1000), "ws://127.0.0.1:{port}/", False),
        (says_nothing, "wss://127.0.0.1:{port}/", False),
        (trickles(b"", TUNNEL * 30), "wss://slack.example/", True),
        (trickles(TUNNEL, b"x" * 1000), "wss://slack.example/", True),
    ],
    ids=["silence", "status", "headers", "TLS", "tunnel", "tunnel's headers"],
)
def test_slow_server__opening_ends_at_the_limit(serve: Serve, url: str, *, is_proxy: bool) -> None:
    with server(serve) as port:
        proxy = f"http://127.0.0.1:{port}" if is_proxy else None
        started = time.monotonic()
        error = error_of(url.format(port=port), proxy)
        assert LIMIT - 0.1 < time.monotonic() - started < ALLOWED
    assert isinstance(error, TimeoutError)


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 404 Not Found\r\n\r\n", SWITCHING + b"Sec-WebSocket-Accept: x\r\n\r\n"],
    ids=["status", "key"],
)
def test_server_opens_no_websocket__is_an_error(answer: bytes) -> None:
    with server(sends(answer)) as port:
        error = error_of(f"ws://127.0.0.1:{port}/")
    assert isinstance(error, ConnectionError)


def test_proxy_refuses__is_named() -> None:
    with server(sends(b"HTTP/1.0 403 Forbidden\r\n\r\n")) as port:
        error = error_of("wss://slack.example/", f"http://127.0.0.1:{port}")
    assert isinstance(error, ProxyRefused)


def test_nothing_listens__is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert isinstance(error_of(f"ws://127.0.0.1:{port}/"), ConnectionRefusedError)
