"""Rules for mentions of the app and for direct messages to it."""

from typing import Any

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.client.http import ControlApi
from slack_sandbox.server import Sandbox
from strictness.recording_app import recording_app
from strictness.rule import Effect, Rule
from strictness.workspace import MIA, OPS, Workspace, new_socket_url

MENTION = "reference/events/app_mention"
DIRECT = "reference/events/message.im"
TAB = "surfaces/app-home"

Json = dict[str, Any]


def types(workspace: Workspace, text: str, **fields: Any) -> str:
    """Post a message as Mia, in #ops unless `fields` name another channel. Return its ts."""
    return str(workspace.act("mia", "post", **({"channel": "ops", "text": text} | fields))["ts"])


def next_event(workspace: Workspace) -> Json:
    return dict(workspace.app.wait_for("events_api")["event"])


def check_mention(workspace: Workspace) -> None:
    ts = types(workspace, "Hey @strict, what's next?")
    event = next_event(workspace)
    text = f"Hey <@{workspace.bot}>, what's next?"
    mention = {"type": "app_mention", "user": MIA, "text": text, "channel": OPS}
    assert event.items() >= (mention | {"ts": ts, "event_ts": ts}).items()
    assert "channel_type" not in event


def check_mention_in_thread(workspace: Workspace) -> None:
    parent = workspace.post()
    ts = types(workspace, "@strict help", thread_ts=parent)
    assert next_event(workspace).items() >= {"ts": ts, "thread_ts": parent}.items()


def check_edited_mention(workspace: Workspace) -> None:
    ts = types(workspace, "help")
    workspace.act("mia", "edit", channel="ops", ts=ts, text="@strict help")
    event = next_event(workspace)
    assert (event["type"], event["ts"], event["edited"]["user"]) == ("app_mention", ts, MIA)
    assert event["event_ts"] > ts


def check_no_mention(workspace: Workspace) -> None:
    """Send no event for the app's own mention, for another person's, and outside its channels."""
    workspace.post(text=f"<@{workspace.bot}> mentions itself")
    types(workspace, "@ana, ask strict")
    types(workspace, "@strict isn't here", channel="general")
    types(workspace, "@strict is")
    assert next_event(workspace)["text"] == f"<@{workspace.bot}> is"


def check_direct_message(workspace: Workspace) -> None:
    ts = types(workspace, "@strict help", channel="@strict")
    types(workspace, "@strict, and in #ops")
    event = next_event(workspace)
    direct = {"type": "message", "channel_type": "im", "user": MIA, "ts": ts, "event_ts": ts}
    assert event.items() >= direct.items()
    assert event["channel"].startswith("D")
    assert next_event(workspace)["type"] == "app_mention"


def check_missing_scope(_workspace: Workspace) -> None:
    assert events_of(["app_mentions:read", "channels:history", "im:history"]) == {
        "app_mention",
        "message",
    }
    assert events_of(["app_mentions:read", "channels:history"]) == {"app_mention"}
    assert events_of(["channels:history", "im:history"]) == {"message"}
    assert events_of(["app_mentions:read", "im:history"], subscribed=[]) == set()


def events_of(
    scopes: list[str], subscribed: tuple[str, ...] | list[str] = ("app_mention", "message.im")
) -> set[str]:
    """Return the types of the events for a mention and a direct message.

    Opening the app is the last event, so that nothing has to be waited for.
    """
    manifest = {
        "display_information": {"name": "Strict"},
        "features": {"app_home": {"messages_tab_read_only_enabled": False}},
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {"event_subscriptions": {"bot_events": [*subscribed, "app_home_opened"]}},
    }
    with Sandbox(manifest) as sandbox, recording_app(new_socket_url(sandbox)) as app:
        mia = SandboxClient(sandbox.url).person("mia")
        mia.types("/invite @strict")
        mia.types("@strict help")
        mia.types("help", channel="@strict")
        mia.opens_messages()
        received = set()
        while (event := app.wait_for("events_api")["event"])["type"] != "app_home_opened":
            received.add(event["type"])
    return received


def check_opened_tab(workspace: Workspace) -> None:
    workspace.act("mia", "messages")
    opened = next_event(workspace)
    assert (opened["type"], opened["tab"], opened["user"]) == ("app_home_opened", "messages", MIA)


RULES = [
    # Slack's client shows "Sending messages to this app has been turned off."
    Rule("people write only to an app that allows it", TAB,
         lambda workspace: types(workspace, "help", channel="@strict"),
         lambda workspace: workspace.unscoped_control.act(
             "mia", "post", channel="@app", text="help"),
         "messages_tab_read_only"),
    Rule("people run commands in the Messages tab only if the app allows messages", TAB,
         lambda workspace: workspace.act("mia", "post", channel="@strict", text="/go"),
         lambda workspace: workspace.unscoped_control.act(
             "mia", "post", channel="@app", text="/go"),
         "messages_tab_read_only"),
    Rule("a Messages tab is enabled", TAB,
         lambda workspace: workspace.act("mia", "messages"),
         lambda workspace: ControlApi(
             workspace.without_messages_tab.base_url.removesuffix("api/")
         ).act("mia", "messages"),
         "messages_tab_disabled"),
]  # fmt: skip

EFFECTS = [
    Effect("a mention is an event with the message", MENTION, check_mention),
    Effect("a mention in a thread names the thread", MENTION, check_mention_in_thread),
    Effect("an edited mention is an event again", "slack-go/slack/pull/1256", check_edited_mention),
    Effect("only a person's mention in the app's channels is an event", MENTION, check_no_mention),
    Effect("a direct message is a message event, even with a mention", DIRECT,
           check_direct_message),
    Effect("mentions and direct messages need their scopes and subscriptions",
           "reference/scopes/app_mentions.read", check_missing_scope),
    Effect("opening the Messages tab is an event", "reference/events/app_home_opened",
           check_opened_tab),
]  # fmt: skip
