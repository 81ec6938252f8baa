"""How often and how much: rate limits, pages, cursors."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from strictness.rule import Do, Effect, Rule
from strictness.world import OPS, World

RATES = "slackapi/java-slack-sdk MethodsRateLimits.java"
PAGES = "apis/web-api/pagination"


def rate_rule(method: str, calls: int, call: Callable[[World], object]) -> Rule:
    """So many in a minute, by the clock, and no more."""
    return Rule(
        f"{method} is called {calls} times a minute at most",
        RATES,
        lambda world: times(calls, call)(world),
        lambda world: times(calls + 1, call)(world),
        "ratelimited",
    )


def times(count: int, call: Do) -> Do:
    def do(world: World) -> None:
        for _ in range(count):
            call(world)

    return do


def reads(**args: Any) -> Do:
    return lambda world: world.client.conversations_history(channel=OPS, **args)


def lists(**args: Any) -> Do:
    return lambda world: world.client.conversations_list(**args)


def reads_to_the_end(world: World) -> None:
    page = world.client.conversations_members(channel=OPS, limit=3)
    world.client.conversations_members(channel=OPS, cursor=page["response_metadata"]["next_cursor"])


def says_when_to_try_again(world: World) -> None:
    """One minute after the first of twenty, to the second; not before."""
    times(20, lists())(world)
    world.clock.forward(17)
    with pytest.raises(SlackApiError) as refused:
        lists()(world)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "43"
    world.clock.forward(43)
    lists()(world)


RULES = [
    # "one message per second per channel, … short bursts": how long a burst may be is our guess.
    Rule("a channel takes five messages in five seconds", "apis/web-api/rate-limits",
         times(5, World.post), times(6, World.post), "ratelimited"),
    rate_rule("conversations.list", 20, lists()),
    rate_rule("users.list", 20, lambda world: world.client.users_list()),
    rate_rule("conversations.history", 50, reads(limit=1)),
    rate_rule("team.info", 50, lambda world: world.client.team_info()),
    rate_rule("users.info", 100, lambda world: world.client.users_info(user="U0MIA00000")),
    Rule("a page has less than 1,000 items", "reference/methods/conversations.list",
         lists(limit=999), lists(limit=1000), "invalid_limit"),
    Rule("a page has at least one item", PAGES, lists(limit=1), lists(limit=-1), "invalid_limit"),
    Rule("a limit is a whole number", PAGES, lists(limit=5),
         lambda world: world.client.api_call("conversations.list", params={"limit": "some"}),
         "invalid_arguments"),
    Rule("a cursor is one that was given out", PAGES, reads_to_the_end,
         lambda world: world.client.conversations_members(channel=OPS, cursor="dXNlcjpVMEc5V0ZY"),
         "invalid_cursor"),
    Rule("a kind of conversation is one that there is", "reference/methods/conversations.list",
         lists(types="public_channel"), lists(types="secret_channel"), "invalid_types"),
    Rule("the oldest is a time", "reference/methods/conversations.history",
         reads(oldest="1700000000.000000"), reads(oldest="yesterday"), "invalid_ts_oldest"),
    Rule("the latest is a time", "reference/methods/conversations.history",
         reads(latest="1700000000.000000"), reads(latest="today"), "invalid_ts_latest"),
]  # fmt: skip

EFFECTS = [
    Effect("a call too many is told when to try again", "apis/web-api/rate-limits",
           says_when_to_try_again),
]  # fmt: skip
