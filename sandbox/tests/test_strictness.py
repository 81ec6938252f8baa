"""The sandbox refuses what Slack refuses, and nothing that just keeps its rules."""

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
    messages,
    reactions,
    sockets,
    threads,
    views,
)
from strictness.listening import listening
from strictness.rule import Effect, Rule, refusal
from strictness.second_opinion import objections
from strictness.world import Clock, World, new_address

RULES: list[Rule] = [
    rule
    for about in (
        blocks, larger_blocks, elements, views, messages, access,
        limits, reactions, interactions, commands, forms, sockets, threads, files,
    )
    for rule in about.RULES
]  # fmt: skip
EFFECTS: list[Effect] = [
    effect
    for about in (messages, limits, reactions, interactions, commands, sockets, threads)
    for effect in about.EFFECTS
]
SOURCE = re.compile(
    r"(reference|apis|interactivity|surfaces|messaging|authentication|changelog|help)/.+"
    r"|[\w-]+/[\w-]+.*"
)
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Ruler"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [{"command": "/go", "description": "Goes"}],
        "shortcuts": [
            {"type": "global", "name": "Start", "callback_id": "start", "description": "Starts"}
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "channels:history",
                "channels:join",
                "channels:read",
                "chat:write",
                "commands",
                "files:write",
                "groups:read",
                "im:write",
                "reactions:read",
                "reactions:write",
                "team:read",
                "users:read",
            ]
        }
    },
    "settings": {"event_subscriptions": {"bot_events": ["member_joined_channel"]}},
}
TABLESS: dict[str, Any] = {
    "features": {"app_home": {"messages_tab_enabled": False}},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    clock = Clock()
    with (
        Sandbox(MANIFEST, clock=clock) as sandbox,
        Sandbox({}, clock=clock) as bare,
        Sandbox(TABLESS, clock=clock) as tabless,
        listening(new_address(sandbox)) as app,
    ):
        yield World(sandbox, app, bare, tabless, clock)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.words)
def test_what_just_keeps_a_rule_passes_and_what_just_breaks_it_does_not(
    world: World, rule: Rule
) -> None:
    world.begin()
    assert refusal(rule.keeps, world) is None
    assert objections(world.traffic()) == []
    world.begin()
    refused = refusal(rule.breaks, world)
    assert refused is not None
    assert refused.error == rule.error
    assert rule.says in refused.says
    assert objections(world.traffic()) == []


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.words)
def test_slack_does_it_in_its_own_way(world: World, effect: Effect) -> None:
    world.begin()
    effect.shows(world)


def test_each_rule_is_there_once_and_says_where_it_comes_from() -> None:
    rows: list[Rule | Effect] = [*RULES, *EFFECTS]
    said = [each.words for each in rows]
    assert len(said) == len(set(said))
    assert [each.source for each in rows if not SOURCE.fullmatch(each.source)] == []


def test_an_app_has_three_seconds_to_ack() -> None:
    assert inspect.signature(Sandbox).parameters["ack_timeout"].default == 3
