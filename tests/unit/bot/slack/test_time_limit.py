"""Requests end at their time limit, whatever the server does."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.request import Request

import pytest
from pydantic import SecretStr

from bot.slack.call_status import Call
from bot.slack.client import web_client
from bot.slack.errors import CallTimedOut
from bot.slack.time_limit import fetch

LIMIT = 0.5
ALLOWED = 2.0  # on a busy machine; far less than any server here would take
OK = b"HTTP/1.1 200 OK\r\n"
ANSWER = OK + b'Content-Length: 11\r\nX-Test: 1\r\n\r\n{"ok":true}'

Serve = Callable[[socket.socket, threading.Event], None]  # the event ends the test


@contextmanager
def server(serve: Serve) -> Iterator[int]:
    """Run a server that handles each connection with `serve`. Yield its port."""
    ended = threading.Event()
    threads: list[threading.Thread] = []

    def handle(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            serve(connection, ended)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threads.append(threading.Thread(target=handle, args=[listener.accept()[0]]))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            listener.shutdown(socket.SHUT_RDWR)
            for thread in (accepting, *threads):
                thread.join()


def read_request(connection: socket.socket) -> None:
    """Read all of a request: closing a connection with unread data would reset it."""
    with connection.makefile("rb") as file:
        length = 0
        while (line := file.readline().lower()) != b"\r\n":
            if line.startswith(b"content-length:"):
                length = int(line.split()[1])
        file.read(length)


def sends(answer: bytes) -> Serve:
    """Answer at once."""

    def serve(connection: socket.socket, _: threading.Event) -> None:
        read_request(connection)
        connection.sendall(answer)

    return serve


def trickles(at_once: bytes, then: bytes = b"x" * 1000) -> Serve:
    """Send the first part at once and the second byte by byte."""

    def serve(connection: socket.socket, ended: threading.Event) -> None:
        read_request(connection)
        connection.sendall(at_once)
        for number in range(len(then)):
            if ended.wait(0.1):
                return
            connection.sendall(then[number : number + 1])

    return serve


def says_nothing(_: socket.socket, ended: threading.Event) -> None:
    """Keep a connection open, and neither read nor answer."""
    ended.wait()


def request(port: int, *, scheme: str = "http", body: bytes = b"a=b") -> Request:
    return Request(f"{scheme}://127.0.0.1:{port}/api/auth.test", body)  # noqa: S310 — only HTTP


@contextmanager
def ends_at_the_limit() -> Iterator[None]:
    started = time.monotonic()
    with pytest.raises(TimeoutError, match="timed out"):
        yield
    assert LIMIT - 0.1 < time.monotonic() - started < ALLOWED


@pytest.mark.parametrize(
    "serve",
    [
        says_nothing,
        trickles(b"", ANSWER),
        trickles(OK, b"X-Header: " + b"x" * 1000),
        trickles(OK + b"Content-Length: 1000\r\n\r\n"),
        trickles(OK + b"\r\n"),
        trickles(OK + b"Transfer-Encoding: chunked\r\n\r\n3e8\r\n"),
        trickles(b"HTTP/1.1 500 Broken\r\nContent-Length: 1000\r\n\r\n"),
    ],
    ids=["silence", "status", "headers", "body", "endless body", "chunk", "error"],
)
def test_slow_response__request_ends_at_limit(serve: Serve) -> None:
    with server(serve) as port, ends_at_the_limit():
        fetch(request(port), LIMIT)


def test_server_that_does_not_read__request_ends_at_limit() -> None:
    with server(says_nothing) as port, ends_at_the_limit():
        fetch(request(port, body=b"x" * 100_000_000), LIMIT)


def test_silent_tls_handshake__request_ends_at_limit() -> None:
    with server(says_nothing) as port, ends_at_the_limit():
        fetch(request(port, scheme="https"), LIMIT)


@pytest.mark.parametrize("serve", [says_nothing, trickles(b"", b"HTTP/1.1 200 Hello" * 99)])
def test_slow_proxy__request_ends_at_limit(serve: Serve) -> None:
    with server(serve) as port, ends_at_the_limit():
        # A name that is not on the list of hosts to be reached without the proxy.
        far_away = Request("https://slack.example/api/auth.test", b"a=b")
        fetch(far_away, LIMIT, proxy=f"http://127.0.0.1:{port}")


def test_hanging_name_lookup__request_ends_at_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def hang(*_: object, **__: object) -> None:
        answered.wait()
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with ends_at_the_limit():
        fetch(request(9), LIMIT)
    answered.set()


def test_time_out__cuts_the_connection() -> None:
    """The server can't take the request for one that is still waited for."""
    ended = threading.Event()

    def serve(connection: socket.socket, _: threading.Event) -> None:
        try:
            while connection.recv(10_000):
                pass
        except OSError:
            pass
        ended.set()

    with server(serve) as port:
        with ends_at_the_limit():
            fetch(request(port), LIMIT)
        assert ended.wait(ALLOWED)


@pytest.mark.parametrize("status", [200, 302, 404, 429, 503])
def test_any_status__is_returned_with_headers_and_body(status: int) -> None:
    answer = ANSWER.replace(b"200", str(status).encode(), 1)
    with server(sends(answer.replace(b"X-Test: 1", b"Location: http://127.0.0.1:9/"))) as port:
        response = fetch(request(port), LIMIT)
    assert (response.status, response.body) == (status, b'{"ok":true}')
    assert response.headers["location"] == "http://127.0.0.1:9/"


def test_first_address_refuses__second_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        refusing = closed.getsockname()
    with server(sends(ANSWER)) as port:
        addresses = [
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", target)
            for target in (refusing, ("127.0.0.1", port))
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: addresses)
        assert fetch(request(port), LIMIT).status == 200


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/", "data:,hello"])
def test_other_scheme__is_not_opened(address: str) -> None:
    other = Request(address)  # noqa: S310 — it is refused
    with pytest.raises(OSError, match="unknown url type"):
        fetch(other, LIMIT)


@pytest.mark.parametrize(
    ("arguments", "channel"),
    [
        ({"params": {"channel": "C1"}}, "C1"),
        ({"json": {"channel": "C1"}}, "C1"),
        ({"data": {"channel": "C1"}}, "C1"),
        ({"params": {"user": "U1"}}, None),
        ({}, None),
    ],
    ids=str,
)
def test_timed_out_call__names_method_and_channel(
    arguments: dict[str, Any], channel: str | None
) -> None:
    with server(says_nothing) as port:
        client = web_client(SecretStr("xoxb-1"), f"http://127.0.0.1:{port}/api/", timeout=1)
        with pytest.raises(CallTimedOut) as error:
            client.api_call("chat.update", **arguments)
    assert error.value.call == Call("chat.update", channel)


def test_timed_out_second_page__names_method_and_channel() -> None:
    page = b'{"ok":true,"messages":[],"response_metadata":{"next_cursor":"a"}}'
    answers = iter([sends(OK + b"\r\n" + page), says_nothing])
    with server(lambda *arguments: next(answers)(*arguments)) as port:
        client = web_client(SecretStr("xoxb-1"), f"http://127.0.0.1:{port}/api/", timeout=1)
        with pytest.raises(CallTimedOut) as error:
            list(client.conversations_history(channel="C1"))
    assert error.value.call == Call("conversations.history", "C1")
