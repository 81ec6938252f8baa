"""What the app is sent when a person acts (docs.slack.dev/reference/interaction-payloads)."""

from typing import Any

from slack_sandbox.block_kit.form_state import state_values
from slack_sandbox.model.manifest import Command, Shortcut
from slack_sandbox.model.workspace import Channel, Json, Message, Person
from slack_sandbox.slack import Slack
from slack_sandbox.surfaces.serializers import message_object
from slack_sandbox.surfaces.view_stacks import View


def command(slack: Slack, person: Person, channel: Channel, called: Command, text: str) -> Json:
    return {
        "token": "verification-token",
        "team_id": slack.workspace.team_id,
        "team_domain": slack.workspace.domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": called.command,
        "text": text,
        "api_app_id": slack.app.id,
        "is_enterprise_install": "false",
        "response_url": slack.response_urls.issue(person, channel.id),
        "trigger_id": slack.triggers.issue(person),
    }


def message_press(
    slack: Slack, person: Person, channel: Channel, message: Message, pressed: Json, values: Json
) -> Json:
    return {
        **_acted(slack, person, "block_actions"),
        **_on_message(slack, channel, message),
        "state": {"values": state_values(message.blocks or [], values)},
        "response_url": slack.response_urls.issue(person, channel.id, message.ts),
        "actions": [_stamped(slack, pressed)],
    }


def view_press(slack: Slack, view: View, pressed: Json) -> Json:
    return {
        **_acted(slack, view.person, "block_actions"),
        **_in_view(view),
        "actions": [_stamped(slack, pressed)],
    }


def message_search(
    slack: Slack, person: Person, channel: Channel, message: Message, typed: Json
) -> Json:
    """`typed` is the `value`, and where: `block_id` and `action_id`."""
    return _search(slack, person, typed) | _on_message(slack, channel, message)


def view_search(slack: Slack, view: View, typed: Json) -> Json:
    return _search(slack, view.person, typed) | _in_view(view)


def view_submission(slack: Slack, view: View) -> Json:
    payload = _acted(slack, view.person, "view_submission")
    return payload | {"view": view.payload(), "response_urls": []}


def view_closed(slack: Slack, view: View, *, is_cleared: bool) -> Json:
    payload = _acted(slack, view.person, "view_closed")
    del payload["trigger_id"]
    return payload | {"view": view.payload(), "is_cleared": is_cleared}


def shortcut(slack: Slack, person: Person, called: Shortcut) -> Json:
    return {
        **_acted(slack, person, "shortcut"),
        "callback_id": called.callback_id,
        "action_ts": slack.workspace.next_ts(),
    }


def message_shortcut(
    slack: Slack, person: Person, called: Shortcut, channel: Channel, message: Message
) -> Json:
    return {
        **_acted(slack, person, "message_action"),
        "callback_id": called.callback_id,
        "action_ts": slack.workspace.next_ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": _message(slack, message),
        "response_url": slack.response_urls.issue(person, channel.id, message.ts),
    }


def _on_message(slack: Slack, channel: Channel, message: Message) -> Json:
    place: Json = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.is_ephemeral,
        },
        "channel": {"id": channel.id, "name": _channel_name(channel)},
    }
    if message.thread_ts:
        place["container"]["thread_ts"] = message.thread_ts
    if not message.is_ephemeral:  # the app is told nothing of an ephemeral but its ts
        place["message"] = _message(slack, message)
    return place


def _in_view(view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view.payload()}


def _search(slack: Slack, person: Person, typed: Json) -> Json:
    payload = _acted(slack, person, "block_suggestion")
    del payload["trigger_id"]
    return payload | typed


def _acted(slack: Slack, person: Person, kind: str) -> dict[str, Any]:
    workspace = slack.workspace
    return {
        "type": kind,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": workspace.team_id,
        },
        "api_app_id": slack.app.id,
        "token": "verification-token",
        "trigger_id": slack.triggers.issue(person),
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _stamped(slack: Slack, pressed: Json) -> Json:
    return pressed | {"action_ts": slack.workspace.next_ts()}


def _message(slack: Slack, message: Message) -> Json:
    team_id = slack.workspace.team_id
    return message_object(message, slack.app, team_id, with_metadata=True)


def _channel_name(channel: Channel) -> str:
    """Slack does not tell an app the names of private conversations in passing."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name
