"""An app's HTTP server for tests."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any

from support.app_connection import MANIFEST, TIMEOUT

Json = dict[str, Any]


@dataclass
class Answer:
    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0  # seconds


@dataclass
class PostedRequest:
    headers: dict[str, str]
    body: str

    @property
    def event(self) -> Json:
        event: Json = json.loads(self.body)["event"]
        return event


Handle = Callable[[PostedRequest], Answer]


class HttpApp:
    """An app that answers challenges, queues all other requests, and responds with `answer`."""

    def __init__(self) -> None:
        self.posts: Queue[PostedRequest] = Queue()
        self.challenges: Queue[PostedRequest] = Queue()
        self.answer: Handle = lambda _: Answer()
        self.closing = threading.Event()

    def __call__(self, posted: PostedRequest) -> Answer:
        if "url_verification" in posted.body:
            self.challenges.put(posted)
            return Answer(body=json.loads(posted.body)["challenge"])
        self.posts.put(posted)
        return self.answer(posted)

    def next(self) -> PostedRequest:
        return self.posts.get(timeout=TIMEOUT)


@contextmanager
def serve(handle: Handle, closing: threading.Event) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = handle(PostedRequest(headers, self.rfile.read(length).decode()))
            closing.wait(answer.delay)
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # the sandbox stops waiting at the timeout
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/slack"
        closing.set()
        server.shutdown()
        thread.join()


def manifest_for(url: str) -> Json:
    manifest = deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["request_url"] = url
    manifest["settings"]["interactivity"] = {"is_enabled": True, "request_url": url}
    manifest["features"]["slash_commands"][0]["url"] = url
    return manifest
