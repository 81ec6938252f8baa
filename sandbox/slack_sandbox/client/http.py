"""An HTTP client for the control API of a running sandbox."""

import contextlib
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import httpx
from websockets.sync.client import ClientConnection, connect

Json = dict[str, Any]
RESPONSE_TIMEOUT = 30  # seconds; the sandbox gives an app 3 seconds to acknowledge
CONSENT_KEY = re.compile(r'name="key" value="([^"]+)"')
MAX_FRAME_BYTES = 16 * 1024 * 1024


class ActionFailed(Exception):
    """An action that failed: Slack doesn't let the person do it, or the app didn't acknowledge it.

    `error` is an error code. `fields` are the error texts of a form, by block ID.
    """

    def __init__(self, error: str, detail: str, fields: dict[str, str]) -> None:
        super().__init__(": ".join(filter(None, [error, detail, *fields.values()])))
        self.error = error
        self.fields = fields


class ControlApi:
    """The control API at a sandbox's URL."""

    def __init__(self, url: str) -> None:
        self._url = httpx.URL(url.rstrip("/"))
        # One connection per request: uvicorn sends a response in two segments, and on a kept
        # connection the second waits for Linux's delayed TCP acknowledgment (40 ms). `verify` is
        # off because it would load the certificate authorities for each client (about 0.1 s).
        self._http = httpx.Client(
            base_url=self._url,
            timeout=RESPONSE_TIMEOUT,
            limits=httpx.Limits(max_keepalive_connections=0),
            verify=False,  # noqa: S501 - the sandbox speaks plain HTTP on loopback
            trust_env=False,
        )

    @contextlib.contextmanager
    def screen_updates(
        self, person: str, *, with_traffic: bool = False
    ) -> Iterator["ScreenUpdates"]:
        """Open the stream of changes on a person's screen."""
        url = self._url.copy_with(scheme="ws").join(f"/control/live/{quote(person)}")
        if not with_traffic:
            url = url.copy_set_param("traffic", "no")
        with connect(str(url), max_size=MAX_FRAME_BYTES, proxy=None) as socket:
            yield ScreenUpdates(socket)

    def get(self, path: str, **params: str | int) -> Json:
        """Return the response to a GET request. Raise `httpx.HTTPStatusError` if it's an error."""
        return _json(self._http.get(path, params=params))

    def post(self, path: str, body: Mapping[str, Any]) -> Json:
        """Return the response to a POST request. Raise `ActionFailed` if the sandbox refuses it."""
        answer = _json(self._http.post(path, json=body))
        if not answer["ok"]:
            raise ActionFailed(
                answer["error"], answer.get("detail", ""), answer.get("fields") or {}
            )
        return answer

    def act(self, person: str, action: str, **fields: Any) -> Json:
        """Perform an action as a person. Raise `ActionFailed` if the sandbox refuses it."""
        return self.post(f"/control/as/{quote(person)}/{action}", fields)

    def consent(self, url: str, person: str, answer: str) -> str:
        """Answer the consent page at a URL, and return the redirect URL without visiting it.

        Raise `ActionFailed` if the page doesn't ask for consent.
        """
        key = CONSENT_KEY.search(self._http.get(url).text)
        if key is None:
            raise ActionFailed("no_consent_page", "The page doesn't ask for consent.", {})
        form = {"key": key.group(1), "person": person, "answer": answer}
        return self._http.post("/oauth/v2/authorize", data=form).headers["Location"]


def _json(response: httpx.Response) -> Json:
    body: Json = response.raise_for_status().json()
    return body


class ScreenUpdates:
    """The stream of changes on a person's screen."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def wait(self, deadline: float) -> bool:
        """Wait for a change, and return whether one came before the deadline (monotonic seconds).

        Changes that arrive together count as one.
        """
        try:
            self._socket.recv(timeout=max(0, deadline - time.monotonic()))
        except TimeoutError:
            return False
        with contextlib.suppress(TimeoutError):
            while True:
                self._socket.recv(timeout=0)
        return True
