"""Rules for rate limits, pagination and cursors."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from strictness.rule import Action, Effect, Rule
from strictness.workspace import OPS, Workspace

RATES = "slackapi/java-slack-sdk MethodsRateLimits.java"
PAGES = "apis/web-api/pagination"


def rate_rule(method: str, calls: int, call: Callable[[Workspace], object]) -> Rule:
    """Return the rule that a method accepts this number of calls per minute."""
    return Rule(
        f"{method} accepts {calls} calls per minute",
        RATES,
        lambda workspace: times(calls, call)(workspace),
        lambda workspace: times(calls + 1, call)(workspace),
        "ratelimited",
    )


def times(count: int, call: Action) -> Action:
    def run(workspace: Workspace) -> None:
        for _ in range(count):
            call(workspace)

    return run


def reads(**args: Any) -> Action:
    return lambda workspace: workspace.client.conversations_history(channel=OPS, **args)


def lists(**args: Any) -> Action:
    return lambda workspace: workspace.client.conversations_list(**args)


def reads_to_the_end(workspace: Workspace) -> None:
    page = workspace.client.conversations_members(channel=OPS, limit=3)
    workspace.client.conversations_members(
        channel=OPS, cursor=page["response_metadata"]["next_cursor"]
    )


def check_retry_after(workspace: Workspace) -> None:
    """Check that Retry-After is exactly when a minute has passed since the first of 20 calls."""
    times(20, lists())(workspace)
    workspace.clock.advance(17)
    with pytest.raises(SlackApiError) as refused:
        lists()(workspace)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "43"
    workspace.clock.advance(43)
    lists()(workspace)


RULES = [
    # Slack documents "one message per second per channel" with "short bursts". Five is a guess.
    Rule("a channel accepts five messages in five seconds", "apis/web-api/rate-limits",
         times(5, Workspace.post), times(6, Workspace.post), "ratelimited"),
    rate_rule("conversations.list", 20, lists()),
    rate_rule("users.list", 20, lambda workspace: workspace.client.users_list()),
    rate_rule("conversations.history", 50, reads(limit=1)),
    rate_rule("team.info", 50, lambda workspace: workspace.client.team_info()),
    rate_rule("users.info", 100, lambda workspace: workspace.client.users_info(user="U0MIA00000")),
    Rule("a page has fewer than 1,000 items", "reference/methods/conversations.list",
         lists(limit=999), lists(limit=1000), "invalid_limit"),
    Rule("a page has at least one item", PAGES, lists(limit=1), lists(limit=-1), "invalid_limit"),
    Rule("a limit is an integer", PAGES, lists(limit=5),
         lambda workspace: workspace.client.api_call(
             "conversations.list", params={"limit": "some"}),
         "invalid_arguments"),
    Rule("a cursor exists", PAGES, reads_to_the_end,
         lambda workspace: workspace.client.conversations_members(
             channel=OPS, cursor="dXNlcjpVMEc5V0ZY"),
         "invalid_cursor"),
    Rule("a conversation type exists", "reference/methods/conversations.list",
         lists(types="public_channel"), lists(types="secret_channel"), "invalid_types"),
    Rule("`oldest` is a timestamp", "reference/methods/conversations.history",
         reads(oldest="1700000000.000000"), reads(oldest="yesterday"), "invalid_ts_oldest"),
    Rule("`latest` is a timestamp", "reference/methods/conversations.history",
         reads(latest="1700000000.000000"), reads(latest="today"), "invalid_ts_latest"),
]  # fmt: skip

EFFECTS = [
    Effect("a rate-limited call gets Retry-After", "apis/web-api/rate-limits",
           check_retry_after),
]  # fmt: skip
