"""The workspace that all rules share: a running sandbox, an app, people, and a manual clock."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.client.http import ControlApi
from slack_sandbox.server import Sandbox
from strictness.recording_app import RecordingApp

Json = dict[str, Any]

OPS = "C0OPS00001"  # with the bot
GENERAL = "C0GENERAL1"  # without the bot
ARCHIVED = "C0RANDOM01"  # the bot is a member
LEADS = "C0OPSLEADS"  # private, without the bot
MIA, ANA, GIA, OTTO = "U0MIA00000", "U0ANA00000", "U0GIA00000", "U0OTTO0000"


class Rejected(Exception):
    """An error from something other than the Web API and the control API."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


class Workspace:
    """A workspace with an app.

    Two more sandboxes have an app without scopes and Home tab, and an app without Messages tab.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        app: RecordingApp,
        unscoped: Sandbox,
        without_messages_tab: Sandbox,
        clock: Clock,
    ) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.client = web_client(sandbox, sandbox.bot_token)
        self.unscoped = web_client(unscoped, unscoped.bot_token)
        self.unscoped_control = ControlApi(unscoped.url)
        self.without_messages_tab = web_client(without_messages_tab, without_messages_tab.bot_token)
        self.slack = SandboxClient(sandbox.url)
        self.bot = self.slack.app_user_id
        self._api = ControlApi(sandbox.url)
        self._last = 0
        self.app = app
        self.act("mia", "invite", channel="ops", user=self.bot)
        self.act("mia", "invite", channel="random", user=self.bot)
        self.archived_ts = str(self.client.chat_postMessage(channel=ARCHIVED, text="old")["ts"])
        self.act("mia", "archive", channel="random")

    def traffic(self) -> list[Json]:
        """Return the traffic since the last call of this method."""
        entries: list[Json] = self._api.get("/control/traffic", after=self._last)["entries"]
        self._last = entries[-1]["id"] if entries else self._last
        return entries

    def reset(self) -> None:
        """Reset what earlier rules left: open modals, rate limits, and recorded traffic."""
        self.clock.advance(3600)
        self.app.reset()
        self.traffic()
        mia = self.slack.person("mia")
        while mia.modal:
            mia.closes()

    def act(self, person: str, action: str, **fields: Any) -> Json:
        return self._api.act(person, action, **fields)

    def post(self, **content: Any) -> str:
        """Post a message as the app in #ops. Return its timestamp."""
        return str(self.client.chat_postMessage(channel=OPS, **({"text": "hello"} | content))["ts"])

    def post_as_mia(self, text: str = "hello") -> str:
        """Post a message as Mia in #ops. Return its timestamp."""
        return str(self.act("mia", "post", channel="ops", text=text)["ts"])

    def message(self, ts: str) -> Json:
        history = self.client.conversations_history(
            channel=OPS, latest=ts, oldest=ts, inclusive=True, include_all_metadata=True
        )
        return dict(history["messages"][0])

    def command(self) -> Json:
        """Run the app's command as Mia in #ops. Return the payload that the app gets."""
        self.act("mia", "post", channel="ops", text="/go")
        return self.app.wait_for("slash_commands")

    def trigger(self) -> str:
        return str(self.command()["trigger_id"])

    def open_view(self, view: Json) -> Json:
        return dict(self.client.views_open(trigger_id=self.trigger(), view=view)["view"])

    def submit(self, view: Json, **values: Any) -> Json:
        """Fill in an open view as Mia, by block ID, and submit it."""
        return self.act("mia", "submit", view_id=view["id"], values=values)

    def respond(self, url: str, **body: Any) -> None:
        """Send a response of the app to a response URL."""
        send(Request(url, json.dumps(body).encode()))  # noqa: S310 — the sandbox's own

    def new_socket_url(self) -> str:
        return new_socket_url(self.sandbox)

    @contextmanager
    def socket(self, url: str) -> Iterator[ClientConnection]:
        """Open a connection and receive its `hello`. Raise Rejected if the sandbox rejects it."""
        try:
            connection = connect(url, proxy=None)
        except InvalidStatus:
            raise Rejected("rejected") from None
        with connection:
            hello = json.loads(connection.recv(timeout=10))
            if hello["type"] != "hello":
                raise Rejected(hello["reason"])
            yield connection


def web_client(sandbox: Sandbox, token: str) -> WebClient:
    return WebClient(token, base_url=sandbox.api_url)


def new_socket_url(sandbox: Sandbox) -> str:
    """Return the URL of a WebSocket, which works for one connection."""
    client = WebClient(base_url=sandbox.api_url)
    return str(client.apps_connections_open(app_token=sandbox.app_token)["url"])


def send(request: Request) -> bytes:
    try:
        with urlopen(request, timeout=10) as response:  # noqa: S310 — the sandbox's own
            body: bytes = response.read()
    except HTTPError as error:
        raise Rejected(json.load(error)["error"]) from None
    return body
