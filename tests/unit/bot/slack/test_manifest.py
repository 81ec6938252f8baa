"""The manifest is valid and declares exactly what the code handles and calls."""

import ast
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[4]
# Slack's schema (github.com/slackapi/manifest-schema), if it lies beside the checkout.
SCHEMA = ROOT.parent / "shared" / "data" / "manifest.schema.2.0.0.json"

# Bot scopes by Web API method: https://docs.slack.dev/reference/methods
SCOPES_OF_CALLS = {
    "apps_connections_open": set(),  # the app-level token's connections:write
    "auth_test": set(),
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history"},
    "conversations_replies": {"channels:history", "groups:history"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_info": {"channels:read", "groups:read"},
    "reactions_get": {"reactions:read"},
    "users_conversations": {"channels:read", "groups:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
# Bot scopes by event: https://docs.slack.dev/reference/events
SCOPES_OF_EVENTS = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "channel_id_changed": {"groups:read"},
    "channel_rename": {"channels:read"},
    "group_rename": {"groups:read"},
    "user_change": {"users:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message": {"im:history"},  # the manifest subscribes only to direct messages
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return loaded


def test_manifest__is_valid(manifest: dict[str, Any]) -> None:
    if not SCHEMA.exists():
        pytest.skip("Slack's manifest schema is not beside this checkout")
    jsonschema.validate(manifest, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_manifest__declares_handled_commands(manifest: dict[str, Any]) -> None:
    declared = {command["command"] for command in manifest["features"]["slash_commands"]}
    assert declared == _registered("command")


def test_manifest__declares_handled_shortcuts(manifest: dict[str, Any]) -> None:
    declared = {shortcut["callback_id"] for shortcut in manifest["features"]["shortcuts"]}
    assert declared == _registered("shortcut")


def test_manifest__subscribes_to_handled_events(manifest: dict[str, Any]) -> None:
    subscribed = manifest["settings"]["event_subscriptions"]["bot_events"]
    # Listeners name the type of an event, which is the same in all kinds of conversations.
    assert {name.split(".")[0] for name in subscribed} == _registered("event")


def test_manifest__has_only_needed_scopes(manifest: dict[str, Any]) -> None:
    needed = {"commands"}
    for method in _calls():
        needed |= SCOPES_OF_CALLS[method]
    for event in _registered("event"):
        needed |= SCOPES_OF_EVENTS[event]
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed


def test_calls_with_known_scopes__are_all_made() -> None:
    assert _calls() == set(SCOPES_OF_CALLS)


def _registered(kind: str) -> set[str]:
    """Return the names in `app.command("/propose")(…)` or `app.event(…)(…)` of the listeners."""
    return {
        call.args[0].value
        for path in (ROOT / "bot" / "listeners").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == kind
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def _calls() -> set[str]:
    """Return each Web API method that the bot calls, such as `client.chat_update`."""
    return {
        node.attr
        for path in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and "_" in node.attr
        and node.attr.split("_")[0]
        in {"apps", "auth", "chat", "conversations", "reactions", "users", "views"}
        and _is_client(node.value)
    }


def _is_client(node: ast.Name | ast.Attribute) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr
    return name in {"client", "_client", "app_client"}
