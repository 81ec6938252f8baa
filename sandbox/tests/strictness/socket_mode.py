"""Rules for Socket Mode and events (docs.slack.dev/apis/events-api/using-socket-mode)."""

import json
from contextlib import ExitStack

from strictness.rule import Action, Effect, Rule
from strictness.workspace import Workspace

SOCKETS = "apis/events-api/using-socket-mode"
APP_CONNECTIONS = 1  # the connection of the recording app


def connects(count: int) -> Action:
    """Open connections until the app has this number."""

    def run(workspace: Workspace) -> None:
        try:
            with ExitStack() as connections:
                for _ in range(count - APP_CONNECTIONS):
                    connections.enter_context(workspace.socket(workspace.new_socket_url()))
        finally:
            workspace.slack.wait_for_connections(APP_CONNECTIONS)

    return run


def uses_url(times: int) -> Action:
    def run(workspace: Workspace) -> None:
        url = workspace.new_socket_url()
        for _ in range(times):
            with workspace.socket(url):
                pass
        workspace.slack.wait_for_connections(APP_CONNECTIONS)

    return run


def connects_with_forged_ticket(workspace: Workspace) -> None:
    url, _, _ = workspace.new_socket_url().partition("ticket=")
    with workspace.socket(f"{url}ticket=forged"):
        pass


def check_one_connection_per_envelope(workspace: Workspace) -> None:
    with workspace.socket(workspace.new_socket_url()) as other:
        for _ in range(2):
            workspace.act("mia", "invite", channel="general", user=workspace.bot)
            workspace.act("mia", "remove", channel="general", user=workspace.bot)
        envelope = json.loads(other.recv(timeout=10))
        other.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        assert workspace.app.wait_for("events_api")["event_id"] != envelope["payload"]["event_id"]
    workspace.slack.wait_for_connections(APP_CONNECTIONS)


def check_event_subscriptions(workspace: Workspace) -> None:
    """Check that the app gets member_joined_channel, but no messages or reactions."""
    ts = workspace.post_as_mia("nobody listens")
    workspace.act("mia", "react", channel="ops", ts=ts, emoji="eyes")
    workspace.act("mia", "invite", channel="general", user=workspace.bot)
    workspace.act("mia", "remove", channel="general", user=workspace.bot)
    assert workspace.app.wait_for("events_api")["event"]["type"] == "member_joined_channel"


RULES = [
    Rule("an app has at most ten connections", f"{SOCKETS}; slackapi/bolt-js issue 2225",
         connects(10), connects(11), "too_many_websockets"),
    Rule("a WebSocket URL works for one connection", SOCKETS,
         uses_url(1), uses_url(2), "rejected"),
    Rule("a WebSocket URL's ticket exists", SOCKETS,
         uses_url(1), connects_with_forged_ticket, "rejected"),
]  # fmt: skip

EFFECTS = [
    Effect("each envelope goes to one connection", SOCKETS, check_one_connection_per_envelope),
    Effect("an app gets only the events that it subscribes to", "apis/events-api",
           check_event_subscriptions),
]  # fmt: skip
