"""Health endpoints over HTTP: liveness, readiness, and Prometheus metrics."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.slack.client import StartupError
from bot.slack.error_messages import describe_error


@dataclass(frozen=True)
class Check:
    """The result of one readiness check. `detail` is a sentence for the operator.

    Needle is ready even if a check fails that isn't `required`.
    """

    ok: bool
    detail: str
    required: bool = True


RunChecks = Callable[[], dict[str, Check]]  # by the key that /ready shows


@contextmanager
def bind_port(host: str, port: int) -> Iterator[ThreadingHTTPServer]:
    """Bind the port (0 for any free port) until the block ends.

    Raise StartupError if that isn't possible.
    """
    try:
        server = ThreadingHTTPServer((host, port), BaseHTTPRequestHandler)
    except (OSError, OverflowError, TypeError) as error:
        # Python raises the last two for a port over 65535 and for a malformed host name.
        why = describe_error(error) if isinstance(error, OSError) else "not a valid address"
        raise StartupError(f"--health-host {host} --health-port {port}: {why}") from error
    try:
        yield server
    finally:
        server.server_close()


@contextmanager
def serve_health(server: ThreadingHTTPServer, run_checks: RunChecks) -> Iterator[int]:
    """Serve the health endpoints until the block ends. Yield the port."""
    server.RequestHandlerClass = _handler(run_checks)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def readiness(checks: dict[str, Check]) -> tuple[HTTPStatus, dict[str, object]]:
    """Return the status and JSON body of /ready. The status is 503 if a required check failed."""
    ready = all(check.ok for check in checks.values() if check.required)
    body = {name: {"ok": check.ok, "detail": check.detail} for name, check in checks.items()}
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return status, {"ready": ready, **body}


def _handler(run_checks: RunChecks) -> type[BaseHTTPRequestHandler]:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            match self.path.partition("?")[0]:
                case "/live":  # a process that answers is alive
                    self._respond(HTTPStatus.OK, "application/json", b'{"alive": true}')
                case "/ready":
                    status, body = readiness(run_checks())
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
