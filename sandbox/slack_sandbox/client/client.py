"""People of a running sandbox, for tests and demos that read as a story.

They can do what is on their screen, and wait for what they see, never for time to pass.
"""

import time
from typing import Any

from slack_sandbox.client.http import NotPossible, Wire
from slack_sandbox.client.person import Person
from slack_sandbox.client.screen import Message, NotSeen, View

__all__ = ["Message", "NotPossible", "NotSeen", "Person", "SandboxClient", "View"]


class SandboxClient:
    def __init__(self, url: str) -> None:
        self._wire = Wire(url)
        described = self.workspace()
        self.app_user_id: str = described["app"]["bot_user_id"]
        self._names: dict[str, str] = {each["id"]: each["name"] for each in described["people"]}

    def workspace(self) -> dict[str, Any]:
        return self._wire.get("/control/workspace")

    def snapshot(self) -> dict[str, Any]:
        """Return the workspace as JSON; `Sandbox(manifest, snapshot=…)` starts from it."""
        return self._wire.get("/control/snapshot")

    def person(self, name: str) -> Person:
        return Person(self._wire, name, self._names)

    def inject_fault(self, method: str, **fault: Any) -> None:
        """Make the next calls of an API method fail.

        `method` can also be "response_url". The options are the fields of `HttpFault`.
        """
        self._wire.post("/control/faults", {"method": method, **fault})

    def inject_delivery_fault(self, **fault: Any) -> None:
        """Disturb the next deliveries to the app. The options are the fields of `DeliveryFault`."""
        self._wire.post("/control/delivery_faults", fault)

    def api_calls(self, method: str) -> list[dict[str, Any]]:
        """The calls of a method that the sandbox remembers."""
        return [each for each in self.traffic() if each["kind"] == "api" and each["name"] == method]

    def traffic(self, after: int = 0) -> list[dict[str, Any]]:
        """What went over the wire (after the entry of that id), as the page's inspector shows it;
        the last thousand entries.
        """
        entries: list[dict[str, Any]] = self._wire.get(f"/control/traffic?after={after}")["entries"]
        return entries

    def close_connections(self) -> None:
        """Close every Socket Mode connection, as a server does that goes down."""
        self._wire.post("/control/connections/close", {})

    def abort_connections(self) -> None:
        """End every Socket Mode connection without a word, as a network does that fails."""
        self._wire.post("/control/connections/abort", {})

    def freeze_connections(self) -> None:
        """The open connections stay open, and dead: nothing is sent or read, no pong comes."""
        self._wire.post("/control/connections/freeze", {})

    def refresh_connections(self, close_after: float = 0) -> None:
        """Ask the app for new connections: a warning, and so many seconds later the end."""
        self._wire.post("/control/connections/refresh", {"close_after": close_after})

    def wait_for_connections(self, count: int, timeout: float = 10) -> None:
        """Until the app has so many Socket Mode connections open."""
        until = time.monotonic() + timeout
        with self._wire.live(self.app_user_id, with_traffic=True) as live:
            while self._wire.get("/control/app")["connections"] != count:
                if not live.changed(until):
                    raise NotSeen(f"the app has not opened {count} connections in {timeout} s")
