"""Socket Mode and events (docs.slack.dev/apis/events-api/using-socket-mode)."""

import json
from contextlib import ExitStack

from strictness.rule import Do, Effect, Rule
from strictness.world import World

SOCKETS = "apis/events-api/using-socket-mode"
OWN = 1  # the world's own connection


def connects(count: int) -> Do:
    """So many connections at once, with the one that is open already."""

    def do(world: World) -> None:
        try:
            with ExitStack() as open_ones:
                for _ in range(count - OWN):
                    open_ones.enter_context(world.socket(world.new_address()))
        finally:
            world.slack.wait_for_connections(OWN)

    return do


def uses_address(times: int) -> Do:
    def do(world: World) -> None:
        address = world.new_address()
        for _ in range(times):
            with world.socket(address):
                pass
        world.slack.wait_for_connections(OWN)

    return do


def connects_by_a_forged_ticket(world: World) -> None:
    address, _, _ = world.new_address().partition("ticket=")
    with world.socket(f"{address}ticket=forged"):
        pass


def one_connection_gets_each_envelope(world: World) -> None:
    with world.socket(world.new_address()) as other:
        for _ in range(2):
            world.act("mia", "invite", channel="general", user=world.bot)
            world.act("mia", "kick", channel="general", user=world.bot)
        envelope = json.loads(other.recv(timeout=10))
        other.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        assert world.app.hears("events_api")["event_id"] != envelope["payload"]["event_id"]
    world.slack.wait_for_connections(OWN)


def events_come_as_subscribed(world: World) -> None:
    """To joining, and not to messages or reactions."""
    ts = world.says("nobody listens")
    world.act("mia", "react", channel="ops", ts=ts, emoji="eyes")
    world.act("mia", "invite", channel="general", user=world.bot)
    world.act("mia", "kick", channel="general", user=world.bot)
    assert world.app.hears("events_api")["event"]["type"] == "member_joined_channel"


RULES = [
    Rule("an app has at most ten connections", f"{SOCKETS}; slackapi/bolt-js issue 2225",
         connects(10), connects(11), "too_many_websockets"),
    Rule("a socket's address is good for one connection", SOCKETS,
         uses_address(1), uses_address(2), "refused"),
    Rule("a socket's ticket is one that was given out", SOCKETS,
         uses_address(1), connects_by_a_forged_ticket, "refused"),
]  # fmt: skip

EFFECTS = [
    Effect("each envelope goes to one connection", SOCKETS, one_connection_gets_each_envelope),
    Effect("events come as the manifest subscribes to them", "apis/events-api",
           events_come_as_subscribed),
]  # fmt: skip
