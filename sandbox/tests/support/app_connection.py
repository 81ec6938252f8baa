"""An app's Socket Mode connection without an SDK, which shows each envelope."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from websockets.sync.client import ClientConnection, connect

from slack_sandbox.server import Sandbox

Json = dict[str, Any]
TIMEOUT = 5.0  # seconds

# Subscribes to every event that the sandbox sends.
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Recorder"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_read_only_enabled": False},
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
                "app_mentions:read",
                "channels:history",
                "channels:read",
                "chat:write",
                "commands",
                "files:write",
                "groups:history",
                "groups:read",
                "im:history",
                "reactions:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "channel_archive",
                "channel_created",
                "channel_left",
                "channel_rename",
                "channel_unarchive",
                "group_archive",
                "group_rename",
                "member_joined_channel",
                "member_left_channel",
                "message.channels",
                "message.groups",
                "message.im",
                "reaction_added",
                "reaction_removed",
                "team_join",
                "tokens_revoked",
                "user_change",
            ]
        }
    },
}


class AppConnection:
    """A connection that acknowledges each envelope, unless `acks` is false."""

    def __init__(self, socket: ClientConnection, *, acks: bool) -> None:
        self.socket = socket
        self.hello: Json = json.loads(socket.recv(timeout=TIMEOUT))
        self._acks = acks

    def next(self, timeout: float = TIMEOUT) -> Json:
        """Return the next envelope, or the next message about the connection."""
        message: Json = json.loads(self.socket.recv(timeout=timeout))
        if self._acks and "envelope_id" in message:
            self.ack(message)
        return message

    def ack(self, envelope: Json, **payload: Any) -> None:
        answer: Json = {"envelope_id": envelope["envelope_id"]}
        if payload:
            answer["payload"] = payload
        self.socket.send(json.dumps(answer))

    def event(self, event_type: str, timeout: float = TIMEOUT) -> Json:
        """Return the next event of a type, and skip what comes before it."""
        deadline = time.monotonic() + timeout
        while True:
            message = self.next(max(0, deadline - time.monotonic()))
            event: Json = message.get("payload", {}).get("event", {})
            if event.get("type") == event_type:
                return event

    def receives_nothing(self, timeout: float = 0.2) -> bool:
        try:
            self.next(timeout)
        except TimeoutError:
            return True
        return False


@contextmanager
def connect_app(sandbox: Sandbox, *, acks: bool = True) -> Iterator[AppConnection]:
    client = WebClient(base_url=sandbox.api_url)
    url = str(client.apps_connections_open(app_token=sandbox.app_token)["url"])
    with connect(url, proxy=None) as socket:
        yield AppConnection(socket, acks=acks)
