"""A response over response_url that fails is logged with its reason and raises nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from socket import create_server
from threading import Thread

import pytest
from slack_sdk import WebClient

from bot.slack import background
from bot.slack.error_messages import NOT_FROM_SLACK
from bot.slack.respond import RESPONSE_TIMEOUT_SECONDS, Responder
from tests.unit.bot.slack.test_time_limit import server, trickles

WITHIN = 10  # seconds


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """Run a server that sends this response once and disconnects. Yield its address."""
    with create_server(("127.0.0.1", 0)) as server:

        def once() -> None:
            connection, _ = server.accept()
            with connection, connection.makefile("rwb") as file:
                while (line := file.readline().lower()) != b"\r\n":
                    if line.startswith(b"content-length:"):
                        length = int(line.split()[1])
                file.read(length)
                file.write(answer)

        thread = Thread(target=once)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


def answers(url: str, seconds: int = RESPONSE_TIMEOUT_SECONDS) -> None:
    Responder(url, WebClient(), seconds)("Done.")
    assert background.wait_for_threads(time.monotonic() + WITHIN)


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (b"", "connection closed"),
        (b"Good day\r\n\r\n", NOT_FROM_SLACK),
        (b"HTTP/1.1 404 Not Found\r\n\r\nexpired_url", "HTTP status 404"),
        (b"HTTP/1.1 503 Busy\r\n\r\n", "HTTP status 503"),
    ],
    ids=str,
)
def test_failed_response__reason_is_logged(
    response: bytes, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    with saying(response) as url:
        answers(url)
    [line] = [vars(record) for record in caplog.records]
    assert (line["message"], line["error"]) == ("response_not_delivered", error)


def test_delivered_response__nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with saying(b"HTTP/1.1 200 OK\r\n\r\nok") as url:
        answers(url)
    assert caplog.messages == []


def test_trickling_server__response_times_out(caplog: pytest.LogCaptureFixture) -> None:
    with server(trickles(b"", b"HTTP/1.1 200 OK" * 99)) as port:
        answers(f"http://127.0.0.1:{port}/", seconds=1)
    [line] = [vars(record) for record in caplog.records]
    assert (line["message"], line["error"]) == ("response_not_delivered", "timed out")


def test_silent_server__response_times_out(caplog: pytest.LogCaptureFixture) -> None:
    with create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        answers(url, seconds=1)
    [line] = [vars(record) for record in caplog.records]
    assert (line["message"], line["error"]) == ("response_not_delivered", "timed out")
