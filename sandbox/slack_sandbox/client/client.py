"""A Python client of a running sandbox, for tests and demos.

People of the workspace do what is on their screens. Methods wait for what a person sees, never for
time to pass.
"""

import time
from typing import Any

from slack_sandbox.client.http import ActionFailed, ControlApi
from slack_sandbox.client.person import Person
from slack_sandbox.client.screen import Message, NotSeen, View

__all__ = ["ActionFailed", "Message", "NotSeen", "Person", "SandboxClient", "View"]


class SandboxClient:
    """A client of the sandbox at a URL."""

    def __init__(self, url: str) -> None:
        self._api = ControlApi(url)
        workspace = self.workspace()
        self.app_user_id: str = workspace["app"]["bot_user_id"]
        self._names: dict[str, str] = {
            person["id"]: person["name"] for person in workspace["people"]
        }
        self._ignored_until: dict[str, int] = {}  # the ID of the last ignored call, by method

    def workspace(self) -> dict[str, Any]:
        """Return the people, the app with its commands and shortcuts, and the emoji."""
        return self._api.get("/control/workspace")

    def snapshot(self) -> dict[str, Any]:
        """Return the workspace as JSON; `Sandbox(manifest, snapshot=…)` starts from it."""
        return self._api.get("/control/snapshot")

    def person(self, name: str) -> Person:
        """Return the person with a handle or an ID."""
        return Person(self._api, name, self._names)

    def inject_fault(self, method: str, **fault: Any) -> None:
        """Make the next calls of an API method fail.

        `method` can also be "*" or "response_url". The options are the fields of `HttpFault`.
        """
        self._api.post("/control/faults", {"method": method, **fault})

    def delayed_calls(self) -> int:
        """Return how many API calls a fault delays now, even if the app has given up."""
        count: int = self._api.get("/control/faults")["delayed_calls"]
        return count

    def inject_delivery_fault(self, **fault: Any) -> None:
        """Disturb the next deliveries to the app. The options are the fields of `DeliveryFault`."""
        self._api.post("/control/delivery_faults", fault)

    def api_calls(self, method: str) -> list[dict[str, Any]]:
        """Return the app's calls of an API method, from the traffic that the sandbox remembers."""
        entries = self.traffic(after=self._ignored_until.get(method, 0))
        return [entry for entry in entries if entry["kind"] == "api" and entry["name"] == method]

    def ignore_calls_until_now(self, *methods: str) -> None:
        """Leave the calls that these methods got so far out of `api_calls`."""
        last = max((entry["id"] for entry in self.traffic()), default=0)
        self._ignored_until |= dict.fromkeys(methods, last)

    def traffic(self, after: int = 0) -> list[dict[str, Any]]:
        """Return the last 1,000 API calls, deliveries, and acknowledgments, oldest first.

        `after` is the ID of an entry: only later ones are returned.
        """
        entries: list[dict[str, Any]] = self._api.get("/control/traffic", after=after)["entries"]
        return entries

    def close_connections(self) -> None:
        """Close every Socket Mode connection, as a server does that shuts down."""
        self._api.post("/control/connections/close", {})

    def abort_connections(self) -> None:
        """End every Socket Mode connection without a close frame, as a network failure does."""
        self._api.post("/control/connections/abort", {})

    def freeze_connections(self) -> None:
        """Keep the Socket Mode connections open, but send, read, and answer nothing on them."""
        self._api.post("/control/connections/freeze", {})

    def refresh_connections(self, close_after: float = 0) -> None:
        """Warn the app to reconnect, and close the old connections after `close_after` seconds."""
        self._api.post("/control/connections/refresh", {"close_after": close_after})

    def refuse_connections(self, reason: str) -> None:
        """Close each new Socket Mode connection for this reason. An empty reason ends that.

        The reason is "too_many_websockets", or "link_disabled", which closes the open connections
        too.
        """
        self._api.post("/control/connections/refuse", {"reason": reason})

    def wait_for_connections(self, count: int, timeout: float = 10) -> None:
        """Wait until the app has exactly `count` Socket Mode connections.

        Raise `NotSeen` after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        with self._api.screen_updates(self.app_user_id, with_traffic=True) as updates:
            while self._api.get("/control/app")["connections"] != count:
                if not updates.wait(deadline):
                    raise NotSeen(f"the app didn't open {count} connections in {timeout} s")
