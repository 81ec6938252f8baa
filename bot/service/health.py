"""Health endpoints over HTTP: liveness, readiness, and Prometheus metrics."""

import json
import logging
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.service.liveness import Liveness
from bot.service.readiness import Readiness, report
from bot.slack.client import StartupError
from bot.slack.error_messages import describe_error

# Whoever reaches the port must not use up the process's threads and file descriptors.
MAX_CONNECTIONS = 16
CONNECTION_SECONDS = 2.5  # for the request and the response; the checks take up to 1.5 s of it
POLL_SECONDS = 0.1  # how often the server looks for connections whose time is over

log = logging.getLogger(__name__)


class HealthServer(ThreadingTCPServer):
    """A server whose connections are few and short.

    One connection more than MAX_CONNECTIONS ends the oldest: a probe gets an answer even while idle
    connections take all places.
    """

    allow_reuse_address = True  # a restart need not wait for connections of the last process
    daemon_threads = True
    request_queue_size = 4 * MAX_CONNECTIONS

    def __init__(self, address: tuple[Any, ...], family: socket.AddressFamily) -> None:
        self.address_family = family
        self._changed = threading.Condition()
        self._deadlines: dict[socket.socket, float] = {}  # of the open connections, oldest first
        super().__init__(address, BaseHTTPRequestHandler)

    def server_bind(self) -> None:
        if self.address_family == socket.AF_INET6:
            # `::` means IPv4 too, whatever the host's default.
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            while len(self._deadlines) >= MAX_CONNECTIONS:
                _hang_up(next(iter(self._deadlines)))
                self._changed.wait()
            self._deadlines[request] = time.monotonic() + CONNECTION_SECONDS
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:
        with self._changed:
            self._deadlines.pop(request, None)
            super().close_request(request)
            self._changed.notify()

    def service_actions(self) -> None:
        """End connections whose time is over. Called by `serve_forever` at each poll."""
        now = time.monotonic()
        with self._changed:
            for connection, deadline in self._deadlines.items():
                if deadline <= now:
                    _hang_up(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log a bug. A client that went away, or that was hung up on, is none."""
        del request, client_address
        error = sys.exception()
        if not isinstance(error, OSError):
            log.error("health_request_failed", exc_info=error)


def _hang_up(connection: socket.socket) -> None:
    """End the connection, so that the thread that serves it ends too."""
    with suppress(OSError):  # the client has closed it
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def bind_port(host: str, port: int) -> Iterator[HealthServer]:
    """Bind the port (0 for any free port) until the block ends.

    Raise StartupError if that isn't possible.
    """
    try:
        server = _bind(host, port)
    except (OSError, OverflowError, TypeError, ValueError) as error:
        # Python raises the last three for a port over 65535 and for a malformed host name.
        why = describe_error(error) if isinstance(error, OSError) else "not a valid address"
        raise StartupError(f"--health-host {host} --health-port {port}: {why}") from error
    try:
        yield server
    finally:
        server.server_close()


def _bind(host: str, port: int) -> HealthServer:
    """Bind the host's first address. IPv4 precedes IPv6, if a name such as `localhost` has both."""
    found = socket.getaddrinfo(host or None, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, (ip, _, *scope) = min((family, address) for family, *_, address in found)
    return HealthServer((ip, port, *scope), family)


@contextmanager
def serve_health(server: HealthServer, readiness: Readiness, liveness: Liveness) -> Iterator[int]:
    """Serve the health endpoints until the block ends. Yield the port."""
    server.RequestHandlerClass = _handler(readiness, liveness)
    thread = threading.Thread(
        target=server.serve_forever, args=[POLL_SECONDS], name="health", daemon=True
    )
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(readiness: Readiness, liveness: Liveness) -> type[BaseHTTPRequestHandler]:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            match self.path.partition("?")[0]:
                case "/live":
                    status, body = liveness.report()
                    self._respond(status, "application/json", json.dumps(body).encode())
                case "/ready":
                    status, body = report(readiness.run())
                    self._respond(status, "application/json", json.dumps(body).encode())
                case "/metrics":
                    self._respond(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest())
                case _:
                    self._respond(HTTPStatus.NOT_FOUND, "text/plain", b"/live, /ready, /metrics")

        def _respond(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — http.server's
            """Log nothing: probes arrive every few seconds."""

    return Health
