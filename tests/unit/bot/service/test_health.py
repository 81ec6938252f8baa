"""The health port: clients that say nothing, too many clients, and addresses to listen on."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.heartbeat import Heartbeat
from bot.service.health import CONNECTION_SECONDS, MAX_CONNECTIONS, bind_port, serve_health
from bot.service.liveness import Liveness
from bot.service.readiness import Check, Readiness, RunCheck
from tests.support.wait import wait_until

OPEN = Check(ok=True, detail="A connection to Slack is open.")
ALIVE = Liveness({"reconciler": Heartbeat()})
SLOW_MACHINE = 3  # seconds


@contextmanager
def served(host: str = "127.0.0.1", check: RunCheck = lambda: OPEN) -> Iterator[int]:
    """Serve the health endpoints. Yield the port."""
    readiness = Readiness({"socket_mode": check})
    with bind_port(host, 0) as server, serve_health(server, readiness, ALIVE) as port:
        yield port


def get(port: int, path: str = "/ready", host: str = "127.0.0.1") -> str:
    with urlopen(f"http://{host}:{port}{path}", timeout=SLOW_MACHINE) as response:
        return str(response.read().decode())


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def health_threads() -> int:
    return sum("process_request" in thread.name for thread in threading.enumerate())


def test_idle_connections__are_few_and_probes_get_through() -> None:
    with served() as port, ExitStack() as stack:
        files = open_files()
        idle = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            for _ in range(8 * MAX_CONNECTIONS)
        ]
        assert json.loads(get(port))["ready"]
        assert health_threads() <= MAX_CONNECTIONS
        assert open_files() - files - len(idle) <= MAX_CONNECTIONS


def _say_nothing(_: socket.socket) -> None:
    """Send no request."""


def _trickle(client: socket.socket) -> None:
    """Send a request without an end, a byte at a time."""
    client.sendall(b"GET /live HTTP/1.1\r\nX: ")
    try:
        while True:
            client.sendall(b"x")
            time.sleep(0.05)
    except OSError:
        return


@pytest.mark.parametrize("behave", [_say_nothing, _trickle])
def test_client_never_ends_its_request__is_hung_up_on(
    behave: Callable[[socket.socket], None],
) -> None:
    with served() as port, socket.create_connection(("127.0.0.1", port)) as client:
        started = time.monotonic()
        behave(client)
        client.settimeout(CONNECTION_SECONDS + SLOW_MACHINE)
        with suppress(ConnectionResetError):  # what it sent last was never read
            assert client.recv(1) == b""
        assert time.monotonic() - started < CONNECTION_SECONDS + SLOW_MACHINE
        wait_until(lambda: health_threads() == 0, within=SLOW_MACHINE)


def test_client_goes_away__is_not_an_error(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    asked, answers = threading.Event(), threading.Event()

    def check() -> Check:
        asked.set()
        answers.wait(SLOW_MACHINE)
        return OPEN

    with served(check=check) as port:
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET /ready HTTP/1.1\r\n\r\n")
            asked.wait(SLOW_MACHINE)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        answers.set()
        wait_until(lambda: health_threads() == 0, within=SLOW_MACHINE)
    assert not caplog.records
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("host", "reached_at"),
    [
        ("127.0.0.1", ["127.0.0.1"]),
        ("0.0.0.0", ["127.0.0.1"]),  # noqa: S104 — the operator's choice
        ("localhost", ["127.0.0.1", "localhost"]),
        ("", ["127.0.0.1"]),
        ("::1", ["[::1]"]),
        ("::", ["[::1]", "127.0.0.1"]),
    ],
)
def test_host_of_either_family__is_reached(host: str, reached_at: list[str]) -> None:
    with served(host) as port:
        for address in reached_at:
            assert "alive" in get(port, "/live", address)
