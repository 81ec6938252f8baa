"""An app's HTTP server as a test writes it: it keeps what is posted, and answers as told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any

from support.ear import MANIFEST, WITHIN

Json = dict[str, Any]


@dataclass
class Answer:
    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0  # seconds


@dataclass
class Posted:
    headers: dict[str, str]
    body: str

    @property
    def event(self) -> Json:
        event: Json = json.loads(self.body)["event"]
        return event


Answering = Callable[[Posted], Answer]


class Receiver:
    """An app's HTTP server: says the challenge back, keeps the rest, and answers as told."""

    def __init__(self) -> None:
        self.posts: Queue[Posted] = Queue()
        self.challenges: Queue[Posted] = Queue()
        self.answer: Answering = lambda _: Answer()
        self.closing = threading.Event()

    def __call__(self, posted: Posted) -> Answer:
        if "url_verification" in posted.body:
            self.challenges.put(posted)
            return Answer(body=json.loads(posted.body)["challenge"])
        self.posts.put(posted)
        return self.answer(posted)

    def next(self) -> Posted:
        return self.posts.get(timeout=WITHIN)


@contextmanager
def served(answering: Answering, closing: threading.Event) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = answering(Posted(headers, self.rfile.read(length).decode()))
            closing.wait(answer.after)
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

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
