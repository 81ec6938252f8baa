"""Liveness, readiness and metrics over HTTP, for whatever watches the process."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.slack.client import CannotStart
from bot.slack.error_messages import in_words

# What must hold to be ready, by name: whether it does, and what is known of it.
Checks = Callable[[], dict[str, tuple[bool, str]]]


@contextmanager
def bound(host: str, port: int) -> Iterator[ThreadingHTTPServer]:
    """Hold that port (0 takes any that is free) until the block ends. Raises `CannotStart`."""
    try:
        server = ThreadingHTTPServer((host, port), BaseHTTPRequestHandler)
    except (OSError, OverflowError, TypeError) as error:
        # The last two are Python's about a port over 65535, and a name that no host can have.
        why = in_words(error) if isinstance(error, OSError) else "there is no such address"
        raise CannotStart(f"--health-host {host} --health-port {port}: {why}") from error
    try:
        yield server
    finally:
        server.server_close()


@contextmanager
def serving(server: ThreadingHTTPServer, checks: Checks) -> Iterator[int]:
    """Answer there until the block ends; the port."""
    server.RequestHandlerClass = _handler(checks)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(checks: Checks) -> type[BaseHTTPRequestHandler]:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            match self.path.partition("?")[0]:
                case "/live":  # whoever answers is alive
                    self._say(HTTPStatus.OK, "application/json", b'{"alive": true}')
                case "/ready":
                    self._say_whether_ready()
                case "/metrics":
                    self._say(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest())
                case _:
                    self._say(HTTPStatus.NOT_FOUND, "text/plain", b"/live, /ready, /metrics")

        def _say_whether_ready(self) -> None:
            found = checks()
            ready = all(holds for holds, _ in found.values())
            status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
            told = {name: {"ok": holds, "is": what} for name, (holds, what) in found.items()}
            said = json.dumps({"ready": ready, **told}).encode()
            self._say(status, "application/json", said)

        def _say(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — http.server's
            """A probe every few seconds is no news."""

    return Health
