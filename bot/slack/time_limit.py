"""HTTP requests with a total time limit: from looking up the host to the last byte of the response.

A socket's time-out limits each read. A server that sends a byte every few seconds could hold a
caller for hours.
"""

import socket
import ssl
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from functools import cache, partial
from http.client import HTTP_PORT, HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from queue import Empty, SimpleQueue
from threading import Lock, Thread, Timer
from types import TracebackType
from typing import Any, Self
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

TIMED_OUT = "timed out"
TUNNEL_FAILED = "Tunnel connection failed"  # the only sign of that in http.client's errors
# Closing the socket discards what is unsent: https://man7.org/linux/man-pages/man7/socket.7.html
DISCARD_UNSENT = struct.pack("ii", 1, 0)

Address = tuple[Any, ...]  # as socket.getaddrinfo returns it


class ProxyRefused(ConnectionError):
    """The proxy opens no tunnel to the host."""


@dataclass(frozen=True)
class Response:
    """An HTTP response with any status."""

    status: int
    headers: Message
    body: bytes


def fetch(
    request: Request,
    seconds: float,
    *,
    proxy: str | None = None,
    tls: ssl.SSLContext | None = None,
) -> Response:
    """Return the response to an HTTP or HTTPS request. Don't follow redirects.

    Raise TimeoutError if it isn't complete after `seconds`; the rest of the request is then never
    sent. Raise another OSError or an HTTPException if there is no response.
    """
    with TimeLimit(seconds) as limit, limit.opener(proxy, tls).open(request) as response:
        return Response(response.status, response.headers, response.read())


class TimeLimit:
    """The time limit of one request or connection. When it is reached, the connection is cut."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._lock = Lock()
        self._is_reached = False
        self._connection: socket.socket | None = None  # a duplicate, which TLS doesn't replace
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Raise TimeoutError if the limit was reached: even a response may be cut off."""
        self._timer.cancel()
        with self._lock:
            if self._connection is not None:
                self._connection.close()
        cause = error.reason if isinstance(error, URLError) else error
        if isinstance(cause, TimeoutError) or (
            self._is_reached and (error is None or isinstance(error, OSError | HTTPException))
        ):
            raise TimeoutError(TIMED_OUT) from error

    def opener(self, proxy: str | None, tls: ssl.SSLContext | None) -> OpenerDirector:
        """Return an opener whose connections have this limit."""
        opener = OpenerDirector()
        for handler in (
            # By itself, it would read the proxy from the environment.
            ProxyHandler({"http": proxy, "https": proxy} if proxy else {}),
            UnknownHandler(),
            _Handler(self._connect),
            _TlsHandler(self._connect, tls or default_tls()),
        ):
            opener.add_handler(handler)
        return opener

    def open_socket(
        self,
        address: tuple[str, int],
        *,
        tls: ssl.SSLContext | None,
        proxy: str | None,
        proxy_headers: dict[str, str],
    ) -> socket.socket:
        """Return a socket to a host and port, encrypted if `tls` is given.

        It goes through the tunnel of an HTTP proxy if one is given. Raise ProxyRefused if the proxy
        opens none, and another OSError if there is no connection.
        """
        host, port = address
        if proxy is not None:
            location = urlsplit(proxy)
            host, port = location.hostname or "", location.port or HTTP_PORT
        if tls is None:
            connection = _limited(self._connect, HTTPConnection, host, port=port)
        else:
            connection = _limited(self._connect, HTTPSConnection, host, port=port, context=tls)
        if proxy is not None:
            connection.set_tunnel(*address, headers=proxy_headers)
        try:
            connection.connect()
        except (OSError, HTTPException) as error:
            connection.close()
            if not str(error).startswith(TUNNEL_FAILED):
                raise
            refused = ProxyRefused(str(error))
        else:
            opened: socket.socket = connection.sock
            return opened
        raise refused  # not in the handler: the other error would keep the proxy's response open

    def _connect(self, address: tuple[str, int], *_: object) -> socket.socket:
        """Return a connection to the first address of the host that accepts one.

        An address that doesn't answer gets half of the time that is left, so that there is time for
        the next.
        """
        *others, last = _resolve(*address, self._time_left())
        for other in others:
            with suppress(OSError):
                return self._connect_to(other, self._time_left() / 2)
        return self._connect_to(last, self._time_left())

    def _connect_to(self, address: Address, seconds: float) -> socket.socket:
        family, kind, protocol, _name, target = address
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(seconds)
            connection.connect(target)
            connection.settimeout(self._time_left())
            self._cut_at_limit(connection)
        except OSError:
            connection.close()
            raise
        return connection

    def _time_left(self) -> float:
        """Return the seconds until the limit. Raise TimeoutError if there are none."""
        seconds = self._ends_at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError(TIMED_OUT)
        return seconds

    def _cut_at_limit(self, connection: socket.socket) -> None:
        with self._lock:
            if self._is_reached:
                raise TimeoutError(TIMED_OUT)
            self._connection = connection.dup()

    def _cut(self) -> None:
        with self._lock:
            self._is_reached = True
            if self._connection is not None:
                with suppress(OSError):  # the other end closed it
                    self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, DISCARD_UNSENT)
                    self._connection.shutdown(socket.SHUT_RDWR)


Connect = Callable[..., socket.socket]


def _limited(
    connect: Connect, connection_type: type[HTTPConnection], host: str, **options: Any
) -> HTTPConnection:
    """Return a connection of this type that connects with this function."""
    connection = connection_type(host, **options)
    connection._create_connection = connect  # type: ignore[attr-defined]  # noqa: SLF001
    return connection


class _Handler(HTTPHandler):
    def __init__(self, connect: Connect) -> None:
        super().__init__()
        self._connect = connect

    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(partial(_limited, self._connect, HTTPConnection), request)


class _TlsHandler(HTTPSHandler):
    def __init__(self, connect: Connect, tls: ssl.SSLContext) -> None:
        super().__init__(context=tls)
        self._connect = connect
        self._tls = tls

    def https_open(self, request: Request) -> HTTPResponse:
        connection_type = partial(_limited, self._connect, HTTPSConnection)
        return self.do_open(connection_type, request, context=self._tls)


@cache
def default_tls() -> ssl.SSLContext:
    """Return the context for all requests. Reading the certificates takes some 20 ms."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _resolve(host: str, port: int, seconds: float) -> list[Address]:
    """Return the addresses of a host. Raise TimeoutError if that takes longer than `seconds`.

    A lookup can't be interrupted, so it runs in a thread that is abandoned.
    """
    answers: SimpleQueue[list[Address] | Exception] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=look_up, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(TIMED_OUT) from None
    if isinstance(answer, Exception):
        raise answer
    return answer
