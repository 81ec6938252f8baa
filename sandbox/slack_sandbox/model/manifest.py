"""The app, as its manifest declares it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.model.ids import app_token, bot_token, client_id, new_id
from slack_sandbox.model.workspace import Json

# Slack's built-in commands. Slack rejects a manifest that declares one, as seen for /status in
# github.com/openclaw/openclaw/pull/29032 and github.com/NousResearch/hermes-agent/issues/17054.
# The names: https://slack.com/help/articles/201259356-Slash-commands-in-Slack
RESERVED_COMMANDS = frozenset(
    f"/{name}"
    for name in (
        *("archive", "away", "close", "collapse", "dm", "dnd", "expand", "feed", "invite", "join"),
        *("kick", "leave", "me", "msg", "mute", "open", "part", "remind", "remove", "rename"),
        *("search", "shortcuts", "shrug", "star", "status", "topic", "who"),
    )
)


class InvalidManifest(ValueError):
    """A manifest that Slack rejects."""


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
class RequestUrls:
    """The request URLs of an app without Socket Mode; an empty one receives nothing."""

    events: str = ""
    interactivity: str = ""
    options: str = ""
    commands: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.events or self.interactivity or any(self.commands.values()))

    def address(self, envelope_type: str, payload: Json) -> str:
        """Return the URL for an envelope, or an empty string if there is none."""
        if envelope_type == "events_api":
            return self.events
        if envelope_type == "slash_commands":
            return self.commands.get(payload["command"], "")
        if payload["type"] == "block_suggestion":
            return self.options or self.interactivity
        return self.interactivity


@dataclass(frozen=True)
class App:
    """The app with its IDs, tokens, and secrets."""

    name: str
    bot_name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: Mapping[str, Command] = field(default_factory=dict)
    shortcuts: tuple[Shortcut, ...] = ()
    has_home: bool = False
    has_messages_tab: bool = True
    accepts_direct_messages: bool = False
    request_urls: RequestUrls = field(default_factory=RequestUrls)
    redirect_urls: tuple[str, ...] = ()
    id: str = field(default_factory=lambda: new_id("A"))
    bot_id: str = field(default_factory=lambda: new_id("B"))
    bot_user_id: str = field(default_factory=lambda: new_id("U"))
    client_id: str = field(default_factory=client_id)
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    bot_token: str = field(default_factory=bot_token, repr=False)
    app_token: str = field(default="", repr=False)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((s for s in self.shortcuts if s.callback_id == callback_id), None)


def read_manifest(manifest: Mapping[str, Any]) -> App:
    """Return the app that this manifest describes.

    Raise InvalidManifest if it declares a command that is built into Slack.
    """
    features = manifest.get("features", {})
    app_home = features.get("app_home", {})
    has_messages_tab = bool(app_home.get("messages_tab_enabled", True))
    name = manifest.get("display_information", {}).get("name", "App")
    app_id = new_id("A")
    return App(
        id=app_id,
        app_token=app_token(app_id),
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        scopes=frozenset(_list_at(manifest, "oauth_config", "scopes", "bot")),
        events=frozenset(_list_at(manifest, "settings", "event_subscriptions", "bot_events")),
        commands={
            command["command"]: _command(command) for command in features.get("slash_commands", [])
        },
        shortcuts=tuple(_shortcut(shortcut) for shortcut in features.get("shortcuts", [])),
        has_home=bool(app_home.get("home_tab_enabled", False)),
        has_messages_tab=has_messages_tab,
        # People can't write to an app unless its manifest allows it:
        # https://docs.slack.dev/surfaces/app-home#messages-tab
        accepts_direct_messages=has_messages_tab
        and not app_home.get("messages_tab_read_only_enabled", True),
        request_urls=_request_urls(manifest),
        redirect_urls=tuple(_list_at(manifest, "oauth_config", "redirect_urls")),
    )


def _list_at(manifest: Mapping[str, Any], *path: str) -> list[str]:
    value: Any = manifest
    for key in path:
        value = value.get(key, {})
    return list(value)


def _request_urls(manifest: Mapping[str, Any]) -> RequestUrls:
    settings = manifest.get("settings", {})
    if settings.get("socket_mode_enabled"):
        return RequestUrls()
    interactivity = settings.get("interactivity", {})
    commands = manifest.get("features", {}).get("slash_commands", [])
    return RequestUrls(
        events=settings.get("event_subscriptions", {}).get("request_url", ""),
        interactivity=interactivity.get("request_url", ""),
        options=interactivity.get("message_menu_options_url", ""),
        commands={command["command"]: command.get("url", "") for command in commands},
    )


def _command(declared: Mapping[str, Any]) -> Command:
    if declared["command"] in RESERVED_COMMANDS:
        raise InvalidManifest(
            f"the slash command has an invalid name: {declared['command']} is built into Slack"
        )
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
