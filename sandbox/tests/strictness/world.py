"""One running sandbox for all rules: its app, its people, and a clock that only we move."""

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
from slack_sandbox.client.http import Wire
from slack_sandbox.server import Sandbox
from strictness.listening import Listening

Json = dict[str, Any]

OPS = "C0OPS00001"  # the bot is here
GENERAL = "C0GENERAL1"  # it is not
ARCHIVED = "C0RANDOM01"  # it was here
LEADS = "C0OPSLEADS"  # private, without it
MIA, ANA, GIA, OTTO = "U0MIA00000", "U0ANA00000", "U0GIA00000", "U0OTTO0000"


class TurnedDown(Exception):
    """Refused where neither the Web API nor the control API speaks."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


class World:
    """Beside the app there is one with no scope and no Home, and one with no Messages tab."""

    def __init__(
        self, sandbox: Sandbox, app: Listening, bare: Sandbox, tabless: Sandbox, clock: Clock
    ) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.client = client_of(sandbox, sandbox.bot_token)
        self.bare = client_of(bare, bare.bot_token)
        self.bare_people = Wire(bare.url)
        self.tabless = client_of(tabless, tabless.bot_token)
        self.slack = SandboxClient(sandbox.url)
        self.bot = self.slack.app_user_id
        self._wire = Wire(sandbox.url)
        self._last = 0
        self.app = app
        self.act("mia", "invite", channel="ops", user=self.bot)
        self.act("mia", "invite", channel="random", user=self.bot)
        self.archived_ts = str(self.client.chat_postMessage(channel=ARCHIVED, text="old")["ts"])
        self.act("mia", "archive", channel="random")

    def traffic(self) -> list[Json]:
        """What went over the wire since this was asked last."""
        entries: list[Json] = self._wire.get(f"/control/traffic?after={self._last}")["entries"]
        self._last = entries[-1]["id"] if entries else self._last
        return entries

    def begin(self) -> None:
        """As if nothing had been done before: no open modal, no rate used up."""
        self.clock.forward(3600)
        self.app.forget()
        self.traffic()
        mia = self.slack.person("mia")
        while mia.modal:
            mia.closes()

    def act(self, who: str, what: str, **given: Any) -> Json:
        return self._wire.post(f"/control/as/{who}/{what}", given)

    def post(self, **content: Any) -> str:
        """A message of the app's in #ops; its ts."""
        return str(self.client.chat_postMessage(channel=OPS, **({"text": "hello"} | content))["ts"])

    def says(self, text: str = "hello") -> str:
        """A message of Mia's in #ops; its ts."""
        return str(self.act("mia", "say", channel="ops", text=text)["ts"])

    def message(self, ts: str) -> Json:
        found = self.client.conversations_history(
            channel=OPS, latest=ts, oldest=ts, inclusive=True, include_all_metadata=True
        )
        return dict(found["messages"][0])

    def command(self) -> Json:
        """What the app is sent when Mia calls its command in #ops."""
        self.act("mia", "say", channel="ops", text="/go")
        return self.app.hears("slash_commands")

    def trigger(self) -> str:
        return str(self.command()["trigger_id"])

    def opens(self, view: Json) -> Json:
        return dict(self.client.views_open(trigger_id=self.trigger(), view=view)["view"])

    def submits(self, view: Json, **values: Any) -> Json:
        """Mia fills in the view that was opened, by block ids, and submits it."""
        return self.act("mia", "submit", view_id=view["id"], values=values)

    def replies(self, url: str, **body: Any) -> None:
        """The app answers by a response URL."""
        send(Request(url, json.dumps(body).encode()))  # noqa: S310 — the sandbox's own

    def new_address(self) -> str:
        return new_address(self.sandbox)

    @contextmanager
    def socket(self, address: str) -> Iterator[ClientConnection]:
        """A connection past its hello, or TurnedDown."""
        try:
            opened = connect(address, proxy=None)
        except InvalidStatus:
            raise TurnedDown("refused") from None
        with opened:
            greeting = json.loads(opened.recv(timeout=10))
            if greeting["type"] != "hello":
                raise TurnedDown(greeting["reason"])
            yield opened


def client_of(sandbox: Sandbox, token: str) -> WebClient:
    return WebClient(token, base_url=sandbox.api_url)


def new_address(sandbox: Sandbox) -> str:
    """Of a WebSocket, good for one connection."""
    client = WebClient(base_url=sandbox.api_url)
    return str(client.apps_connections_open(app_token=sandbox.app_token)["url"])


def send(request: Request) -> bytes:
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310 — the sandbox's own
            body: bytes = answer.read()
    except HTTPError as error:
        raise TurnedDown(json.load(error)["error"]) from None
    return body
