"""`needle healthcheck`, against real health endpoints."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from bot.heartbeat import Heartbeat
from bot.service.health import bind_port, serve_health
from bot.service.liveness import FROZEN_AFTER, Liveness
from bot.service.readiness import Readiness
from tests.support.manual_seconds import ManualSeconds


@contextmanager
def served(host: str = "127.0.0.1", silent_for: float = 0) -> Iterator[str]:
    """Serve the health endpoints of a process with one loop. Yield the port."""
    seconds = ManualSeconds()
    liveness = Liveness({"reconciler": Heartbeat(seconds)})
    seconds.now = silent_for
    with bind_port(host, 0) as server, serve_health(server, Readiness({}), liveness) as port:
        yield str(port)


def healthcheck(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(app, ["healthcheck", *arguments], env=environment)


def test_bot_is_alive__exits_with_0() -> None:
    with served() as port:
        result = healthcheck("--health-port", port)
    assert (result.exit_code, result.output) == (0, "Needle is alive.\n")


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "::1", "localhost"])  # noqa: S104
def test_environment_of_run__is_enough(host: str) -> None:
    with served(host) as port:
        result = healthcheck(NEEDLE_HEALTH_PORT=port, NEEDLE_HEALTH_HOST=host)
    assert (result.exit_code, result.output) == (0, "Needle is alive.\n")


def test_proxy_is_set__is_not_used() -> None:
    with served() as port:
        result = healthcheck("--health-port", port, http_proxy="http://127.0.0.1:9")
    assert result.exit_code == 0


def test_loop_is_frozen__exits_with_1_and_names_it() -> None:
    with served(silent_for=FROZEN_AFTER.total_seconds()) as port:
        result = healthcheck("--health-port", port)
    assert (result.exit_code, result.output) == (1, "Needle isn't alive: frozen: reconciler.\n")


def test_nobody_listens__exits_with_1() -> None:
    with served() as port:
        pass
    result = healthcheck("--health-port", port)
    line = f"Needle doesn't answer at 127.0.0.1 port {port}: connection refused.\n"
    assert (result.exit_code, result.output) == (1, line)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", "/live answered 404"),
        (b"HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n[]", "/live answered 503"),
        (b"220 mail.example ESMTP\r\n", "another program, which doesn't speak HTTP, answered"),
    ],
    ids=["other site", "other JSON", "no HTTP"],
)
def test_another_program_answers__exits_with_1(answer: bytes, reason: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            client, _ = server.accept()
            with client:
                client.recv(1000)
                client.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        result = healthcheck("--health-port", str(server.getsockname()[1]))
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert reason in result.output


@pytest.mark.parametrize("port", ["", "0", "65536", "web"])
def test_port_is_unusable__exits_with_2(port: str) -> None:
    result = healthcheck(NEEDLE_HEALTH_PORT=port)
    assert (result.exit_code, "NEEDLE_HEALTH_PORT" in result.output) == (2, True)
