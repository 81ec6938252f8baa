"""Error messages for failed calls. A client of Needle's raises each error."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_server
from ssl import SSLCertVerificationError
from urllib.error import URLError

import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.slack.client import web_client
from bot.slack.error_messages import (
    NOT_FROM_SLACK,
    SLACK_CALL_ERRORS,
    describe_error,
    describe_outage,
)

UNREADABLE = "the response to auth.test can't be parsed"


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[str]:
    """Run a server that gives the same response to all requests. Yield its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Write no request log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def asked(address: str, timeout: int = 5) -> str:
    client = web_client(SecretStr("xoxb-1"), address, timeout)
    try:
        client.auth_test()
    except SLACK_CALL_ERRORS as error:
        return describe_error(error)
    raise AssertionError("it was done")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b'{"ok": false, "error": "invalid_auth"}', "invalid_auth"),
        (200, b"<html>Sign in to the network</html>", NOT_FROM_SLACK),
        (502, b"<html>Bad gateway</html>", NOT_FROM_SLACK),
        (502, "<html>Réessayez</html>".encode("latin-1"), UNREADABLE),
        (200, b'{"hello": 1}', NOT_FROM_SLACK),
        (500, b"{}", NOT_FROM_SLACK),
        (200, b"null", NOT_FROM_SLACK),
        (500, b"[]", NOT_FROM_SLACK),
        (200, b'{"ok": false, "error": null}', NOT_FROM_SLACK),
    ],
)
def test_response__is_from_slack_or_not(status: int, body: bytes, said: str) -> None:
    with answering(status, body) as address:
        assert asked(address) == said


def test_proxy_error_page__message_has_its_status() -> None:
    with answering(502, b"<html>Bad gateway</html>") as address:
        client = web_client(SecretStr("xoxb-1"), address)
        with pytest.raises(SlackApiError) as error:
            client.auth_test()
    assert (
        describe_outage(error.value)
        == f"Slack can't be reached: {NOT_FROM_SLACK} (HTTP status 502)"
    )


def test_closed_port__connection_refused() -> None:
    with create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert asked(f"http://127.0.0.1:{port}/") == "connection refused"


def test_unknown_host__is_named() -> None:
    assert asked("http://slack.invalid/") == "unknown host name"


def test_silent_server__timed_out() -> None:
    with create_server(("127.0.0.1", 0)) as silent:
        assert asked(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=1) == ("timed out")


def test_untrusted_certificate__is_named() -> None:
    untrusted = URLError(SSLCertVerificationError(1, "certificate verify failed"))
    assert describe_error(untrusted) == "its certificate isn't trusted"
