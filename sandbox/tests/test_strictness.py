"""The sandbox rejects what Slack rejects, and accepts what is just within its rules."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest

from slack_sandbox.server import Sandbox
from strictness import (
    access,
    blocks,
    commands,
    elements,
    files,
    forms,
    interactions,
    larger_blocks,
    limits,
    mentions,
    messages,
    reactions,
    socket_mode,
    threads,
    views,
)
from strictness.recording_app import recording_app
from strictness.rule import Effect, Rule, rejection
from strictness.sdk_validation import sdk_errors
from strictness.workspace import Clock, Workspace, new_socket_url

RULES: list[Rule] = [
    rule
    for module in (
        blocks, larger_blocks, elements, views, messages, access,
        limits, reactions, interactions, commands, forms, socket_mode, threads, files, mentions,
    )
    for rule in module.RULES
]  # fmt: skip
EFFECTS: list[Effect] = [
    effect
    for module in (
        messages, limits, reactions, interactions, commands, socket_mode, threads, mentions,
    )
    for effect in module.EFFECTS
]  # fmt: skip
SOURCE = re.compile(
    r"(reference|apis|interactivity|surfaces|messaging|authentication|changelog|help)/.+"
    r"|[\w-]+/[\w-]+.*"
)
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Strict"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "slash_commands": [{"command": "/go", "description": "Run a test"}],
        "shortcuts": [
            {"type": "global", "name": "Start", "callback_id": "start", "description": "Start"}
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:join",
                "channels:read",
                "chat:write",
                "commands",
                "files:write",
                "groups:read",
                "im:history",
                "im:write",
                "reactions:read",
                "reactions:write",
                "team:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "app_mention", "member_joined_channel", "message.im"]
        }
    },
}
WITHOUT_MESSAGES_TAB: dict[str, Any] = {
    "features": {"app_home": {"messages_tab_enabled": False}},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
}


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    clock = Clock()
    with (
        Sandbox(MANIFEST, clock=clock) as sandbox,
        Sandbox({}, clock=clock) as unscoped,
        Sandbox(WITHOUT_MESSAGES_TAB, clock=clock) as without_messages_tab,
        recording_app(new_socket_url(sandbox)) as app,
    ):
        yield Workspace(sandbox, app, unscoped, without_messages_tab, clock)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_call_within_or_beyond_rule__passes_or_fails(workspace: Workspace, rule: Rule) -> None:
    workspace.reset()
    assert rejection(rule.passing, workspace) is None
    assert sdk_errors(workspace.traffic()) == []
    workspace.reset()
    result = rejection(rule.failing, workspace)
    assert result is not None
    assert result.error == rule.error
    assert rule.message in result.message
    assert sdk_errors(workspace.traffic()) == []


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.name)
def test_effect__matches_slack(workspace: Workspace, effect: Effect) -> None:
    workspace.reset()
    effect.check(workspace)


def test_rules__have_unique_names_and_sources() -> None:
    rows: list[Rule | Effect] = [*RULES, *EFFECTS]
    names = [row.name for row in rows]
    assert len(names) == len(set(names))
    assert [row.source for row in rows if not SOURCE.fullmatch(row.source)] == []


def test_ack_timeout__is_three_seconds() -> None:
    assert inspect.signature(Sandbox).parameters["ack_timeout"].default == 3
