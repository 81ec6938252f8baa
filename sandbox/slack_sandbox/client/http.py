"""The control API of a running sandbox, as tests and demos call it."""

import contextlib
import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import HTTPErrorProcessor, Request, build_opener, urlopen

from websockets.sync.client import ClientConnection, connect

Json = dict[str, Any]
ANSWERS_WITHIN = 30  # seconds; the sandbox itself gives an app three to ack
FIELD = re.compile(r'name="key" value="([^"]+)"')
LARGEST_FRAME = 16 * 1024 * 1024


class NotPossible(Exception):
    """Slack does not let this person do that; `error` is the sandbox's word for why."""

    def __init__(self, error: str, detail: str, fields: dict[str, str]) -> None:
        super().__init__(": ".join(filter(None, [error, detail, *fields.values()])))
        self.error = error
        self.fields = fields


class Wire:
    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    @contextlib.contextmanager
    def live(self, person: str, *, with_traffic: bool = False) -> Iterator["Live"]:
        address = f"{self._url.replace('http', 'ws', 1)}/control/live/{quote(person)}"
        if not with_traffic:
            address += "?traffic=no"
        with connect(address, max_size=LARGEST_FRAME, proxy=None) as socket:
            yield Live(socket)

    def get(self, path: str) -> Json:
        return self._answer(Request(self._url + path))  # noqa: S310 — a sandbox of ours

    def post(self, path: str, body: Json) -> Json:
        """Raises `NotPossible` if the sandbox says no."""
        answer = self._answer(
            Request(  # noqa: S310 — as above
                self._url + path,
                data=json.dumps(body).encode(),
                headers={"Content-Type": "application/json"},
            )
        )
        if not answer["ok"]:
            raise NotPossible(answer["error"], answer.get("detail", ""), answer.get("fields") or {})
        return answer

    def consent(self, url: str, person: str, answer: str) -> str:
        """Answer a consent page; where it leads on, which is not visited."""
        opener = build_opener(_StaysHere)
        with opener.open(url, timeout=ANSWERS_WITHIN) as page:
            key = FIELD.search(page.read().decode())
        if key is None:
            raise NotPossible("not_asked", "that page asks nothing", {})
        given = urlencode({"key": key.group(1), "person": person, "answer": answer}).encode()
        with opener.open(f"{self._url}/oauth/v2/authorize", given, ANSWERS_WITHIN) as led:
            return str(led.headers["Location"])

    def _answer(self, request: Request) -> Json:
        with urlopen(request, timeout=ANSWERS_WITHIN) as answer:  # noqa: S310 — as above
            body: Json = json.load(answer)
        return body


class _StaysHere(HTTPErrorProcessor):
    """Takes every answer as it is, also one that leads elsewhere."""

    def http_response(self, request: Request, response: Any) -> Any:  # noqa: ARG002
        return response


class Live:
    """The stream of what changes on a person's screen."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def changed(self, until: float) -> bool:
        """Wait until something changes; False if nothing has by then (monotonic seconds)."""
        try:
            self._socket.recv(timeout=max(0, until - time.monotonic()))
        except TimeoutError:
            return False
        with contextlib.suppress(TimeoutError):  # what came meanwhile is seen in the same look
            while True:
                self._socket.recv(timeout=0)
        return True
