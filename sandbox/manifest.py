"""What an app declares of itself in its manifest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.ids import app_token, bot_token, new_id


@dataclass(frozen=True)
class Command:
    command: str
    description: str
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    type: str  # "global" or "message"
    name: str
    callback_id: str
    description: str


@dataclass(frozen=True)
class App:
    """An installed app: what it may do and hear, and the tokens that prove it."""

    name: str
    bot_name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: Mapping[str, Command] = field(default_factory=dict)
    shortcuts: tuple[Shortcut, ...] = ()
    has_home: bool = False
    has_messages_tab: bool = True
    id: str = field(default_factory=lambda: new_id("A"))
    bot_id: str = field(default_factory=lambda: new_id("B"))
    bot_user_id: str = field(default_factory=lambda: new_id("U"))
    bot_token: str = field(default_factory=bot_token, repr=False)
    app_token: str = ""

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((s for s in self.shortcuts if s.callback_id == callback_id), None)


def install(manifest: Mapping[str, Any]) -> App:
    """The app that this manifest describes, installed: every scope that it asks for is granted."""
    features = manifest.get("features", {})
    app_home = features.get("app_home", {})
    name = manifest.get("display_information", {}).get("name", "App")
    app_id = new_id("A")
    return App(
        id=app_id,
        app_token=app_token(app_id),
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        scopes=frozenset(_within(manifest, "oauth_config", "scopes", "bot")),
        events=frozenset(_within(manifest, "settings", "event_subscriptions", "bot_events")),
        commands={each["command"]: _command(each) for each in features.get("slash_commands", [])},
        shortcuts=tuple(_shortcut(each) for each in features.get("shortcuts", [])),
        has_home=bool(app_home.get("home_tab_enabled", False)),
        has_messages_tab=bool(app_home.get("messages_tab_enabled", True)),
    )


def _within(manifest: Mapping[str, Any], *path: str) -> list[str]:
    found: Any = manifest
    for step in path:
        found = found.get(step, {})
    return list(found)


def _command(declared: Mapping[str, Any]) -> Command:
    return Command(
        command=declared["command"],
        description=declared.get("description", ""),
        usage_hint=declared.get("usage_hint", ""),
        should_escape=bool(declared.get("should_escape", False)),
    )


def _shortcut(declared: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        type=declared["type"],
        name=declared["name"],
        callback_id=declared["callback_id"],
        description=declared.get("description", ""),
    )
