"""A proxy before the sandbox's Web API. It changes answers after the sandbox has done the work."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

FORWARDED = ("authorization", "content-type")


@dataclass(frozen=True)
class HttpAnswer:
    """An answer on its way to the bot."""

    status: int
    body: bytes
    headers: dict[str, str]


Change = Callable[[HttpAnswer], HttpAnswer]


def body(text: str, status: int = 200) -> Change:
    """Return a change that replaces the body and the status."""
    return lambda answer: replace(answer, body=text.encode(), status=status)


def edited(edit: Callable[[dict[str, Any]], object]) -> Change:
    """Return a change that edits the parsed body in place."""

    def change(answer: HttpAnswer) -> HttpAnswer:
        parsed = json.loads(answer.body)
        edit(parsed)
        return replace(answer, body=json.dumps(parsed).encode())

    return change


def header(name: str, value: str | None) -> Change:
    """Return a change that sets a header, or removes it."""

    def change(answer: HttpAnswer) -> HttpAnswer:
        others = {key: held for key, held in answer.headers.items() if key.lower() != name.lower()}
        return replace(answer, headers=others if value is None else {**others, name: value})

    return change


class AnswerProxy(ThreadingHTTPServer):
    """A server that forwards calls to the sandbox."""

    daemon_threads = True

    def __init__(self, api_url: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.api_url = api_url
        self._once: dict[str, list[Change]] = {}
        self._always: dict[str, Change] = {}

    @property
    def url(self) -> str:
        """The address to use in place of the sandbox's."""
        return f"http://127.0.0.1:{self.server_port}/api/"

    def change_next(self, method: str, *changes: Change) -> None:
        """Change the next answers to a method, each with one of these changes."""
        self._once.setdefault(method, []).extend(changes)

    def change_all(self, method: str, change: Change) -> None:
        """Change all answers to a method."""
        self._always[method] = change

    def forward(self, method: str, headers: dict[str, str], sent: bytes) -> HttpAnswer:
        """Return the sandbox's answer, changed."""
        request = urllib.request.Request(self.api_url + method, data=sent, headers=headers)  # noqa: S310 - the sandbox's
        try:
            with urllib.request.urlopen(request) as received:  # noqa: S310 - as above
                answer = HttpAnswer(received.status, received.read(), dict(received.headers))
        except urllib.error.HTTPError as error:
            answer = HttpAnswer(error.code, error.read(), dict(error.headers))
        changes = self._once.get(method)
        change = changes.pop(0) if changes else self._always.get(method)
        return change(answer) if change else answer


class Handler(BaseHTTPRequestHandler):
    server: AnswerProxy

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["content-length"] or 0))
        headers = {name: self.headers[name] for name in FORWARDED if name in self.headers}
        answer = self.server.forward(self.path.rpartition("/")[2], headers, sent)
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Write no request log."""


@contextmanager
def answer_proxy(api_url: str) -> Iterator[AnswerProxy]:
    """Run a proxy before this Web API."""
    with AnswerProxy(api_url) as proxy:
        thread = Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
