"""A bare end of Socket Mode: what it hears, and what it says back."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from websockets.sync.client import ClientConnection, connect

from slack_sandbox.server import Sandbox

Json = dict[str, Any]
WITHIN = 5.0  # seconds

# Hears of all that there is to hear.
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Ear"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [{"command": "/go", "description": "Goes"}],
        "shortcuts": [
            {
                "type": "message",
                "name": "Repeat",
                "callback_id": "repeat",
                "description": "Says it again",
            }
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "channels:history",
                "channels:read",
                "chat:write",
                "commands",
                "files:write",
                "groups:history",
                "groups:read",
                "reactions:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_uninstalled",
                "channel_archive",
                "channel_left",
                "channel_rename",
                "channel_unarchive",
                "group_archive",
                "group_rename",
                "member_joined_channel",
                "member_left_channel",
                "message.channels",
                "message.groups",
                "reaction_added",
                "reaction_removed",
                "tokens_revoked",
                "user_change",
            ]
        }
    },
}


class Ear:
    """One connection. It acks what it hears, unless it is told not to."""

    def __init__(self, socket: ClientConnection, *, acks: bool) -> None:
        self.socket = socket
        self.hello: Json = json.loads(socket.recv(timeout=WITHIN))
        self._acks = acks

    def next(self, within: float = WITHIN) -> Json:
        """The next thing that is said: an envelope, or a word about the connection."""
        said: Json = json.loads(self.socket.recv(timeout=within))
        if self._acks and "envelope_id" in said:
            self.ack(said)
        return said

    def ack(self, envelope: Json, **payload: Any) -> None:
        answer: Json = {"envelope_id": envelope["envelope_id"]}
        if payload:
            answer["payload"] = payload
        self.socket.send(json.dumps(answer))

    def event(self, kind: str, within: float = WITHIN) -> Json:
        """The next event of that type; what comes before it is passed over."""
        until = time.monotonic() + within
        while True:
            said = self.next(max(0, until - time.monotonic()))
            event: Json = said.get("payload", {}).get("event", {})
            if event.get("type") == kind:
                return event

    def hears_nothing(self, within: float = 0.2) -> bool:
        try:
            self.next(within)
        except TimeoutError:
            return True
        return False


@contextmanager
def hearing(sandbox: Sandbox, *, acks: bool = True) -> Iterator[Ear]:
    client = WebClient(base_url=sandbox.api_url)
    url = str(client.apps_connections_open(app_token=sandbox.app_token)["url"])
    with connect(url, proxy=None) as socket:
        yield Ear(socket, acks=acks)
