"""Interaction payloads: https://docs.slack.dev/reference/interaction-payloads."""

from typing import Any

from slack_sandbox.block_kit.form_state import stateful_elements
from slack_sandbox.block_kit.traversal import iter_blocks
from slack_sandbox.model.manifest import Command, Shortcut
from slack_sandbox.model.workspace import Channel, Json, Message, Person
from slack_sandbox.slack import Slack
from slack_sandbox.surfaces.serializers import message_object
from slack_sandbox.surfaces.view_stacks import View


def command(slack: Slack, person: Person, channel: Channel, declared: Command, text: str) -> Json:
    return {
        "token": "verification-token",
        "team_id": slack.workspace.team_id,
        "team_domain": slack.workspace.domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": declared.command,
        "text": text,
        "api_app_id": slack.app.id,
        "is_enterprise_install": "false",
        "response_url": slack.response_urls.issue(person, channel.id),
        "trigger_id": slack.triggers.issue(person),
    }


def message_press(
    slack: Slack, person: Person, channel: Channel, message: Message, action: Json, values: Json
) -> Json:
    return {
        **_interaction(slack, person, "block_actions"),
        **_on_message(slack, channel, message, action["block_id"]),
        "state": {"values": values},
        "response_url": slack.response_urls.issue(person, channel.id, message.ts),
        "actions": [_with_timestamp(slack, action)],
    }


def view_press(slack: Slack, view: View, action: Json) -> Json:
    return {
        **_interaction(slack, view.person, "block_actions"),
        **_in_view(view),
        "actions": [_with_timestamp(slack, action)],
    }


def message_search(
    slack: Slack, person: Person, channel: Channel, message: Message, query: Json
) -> Json:
    """Return a `block_suggestion`. `query` has `value`, `block_id`, and `action_id`."""
    return _search(slack, person, query) | _on_message(slack, channel, message, query["block_id"])


def view_search(slack: Slack, view: View, query: Json) -> Json:
    return _search(slack, view.person, query) | _in_view(view)


def view_submission(slack: Slack, view: View) -> Json:
    payload = _interaction(slack, view.person, "view_submission")
    return payload | {"view": view.payload(), "response_urls": _response_urls(slack, view)}


def _response_urls(slack: Slack, view: View) -> list[Json]:
    """Return a response URL for each chosen conversation whose menu asks for one.

    https://docs.slack.dev/surfaces/modals#modal_response_url and, for the shape,
    https://github.com/slack-go/slack/pull/931
    """
    chosen = [
        (block, element, view.values[block["block_id"]][element["action_id"]])
        for block, element in stateful_elements(view.blocks)
        if element.get("response_url_enabled")
    ]
    return [
        {
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            "channel_id": channel_id,
            "response_url": slack.response_urls.issue(view.person, channel_id),
        }
        for block, element, entry in chosen
        if (channel_id := entry.get("selected_conversation") or entry.get("selected_channel"))
        in slack.workspace.channels
    ]


def view_closed(slack: Slack, view: View, *, is_cleared: bool) -> Json:
    payload = _interaction(slack, view.person, "view_closed")
    del payload["trigger_id"]
    return payload | {"view": view.payload(), "is_cleared": is_cleared}


def shortcut(slack: Slack, person: Person, declared: Shortcut) -> Json:
    return {
        **_interaction(slack, person, "shortcut"),
        "callback_id": declared.callback_id,
        "action_ts": slack.workspace.next_ts(),
    }


def message_shortcut(
    slack: Slack, person: Person, declared: Shortcut, channel: Channel, message: Message
) -> Json:
    return {
        **_interaction(slack, person, "message_action"),
        "callback_id": declared.callback_id,
        "action_ts": slack.workspace.next_ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": _message(slack, message),
        "response_url": slack.response_urls.issue(person, channel.id, message.ts),
    }


def _on_message(slack: Slack, channel: Channel, message: Message, block_id: str) -> Json:
    """Return where the person acted. `block_id` is in the message or in one of its attachments."""
    location: Json = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.is_ephemeral,
            **_in_attachment(message, block_id),
        },
        "channel": {"id": channel.id, "name": _channel_name(channel)},
    }
    if message.thread_ts:
        location["container"]["thread_ts"] = message.thread_ts
    if not message.is_ephemeral:  # Slack sends only the ts of an ephemeral message
        location["message"] = _message(slack, message)
    return location


def _in_attachment(message: Message, block_id: str) -> Json:
    """Return the fields of the container of an element in an attachment.

    https://github.com/slackapi/bolt-python/blob/main/tests/scenario_tests/test_block_actions.py
    """
    for attachment in message.attachments:
        blocks = iter_blocks(attachment.get("blocks") or [])
        if any(block["block_id"] == block_id for block in blocks):
            found = {"attachment_id": attachment["id"], "is_app_unfurl": False}
            return {"type": "message_attachment", **found}
    return {}


def _in_view(view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view.payload()}


def _search(slack: Slack, person: Person, query: Json) -> Json:
    payload = _interaction(slack, person, "block_suggestion")
    del payload["trigger_id"]
    return payload | query


def _interaction(slack: Slack, person: Person, payload_type: str) -> dict[str, Any]:
    workspace = slack.workspace
    return {
        "type": payload_type,
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


def _with_timestamp(slack: Slack, action: Json) -> Json:
    return action | {"action_ts": slack.workspace.next_ts()}


def _message(slack: Slack, message: Message) -> Json:
    team_id = slack.workspace.team_id
    return message_object(message, slack.app, team_id, with_metadata=True)


def _channel_name(channel: Channel) -> str:
    """Return the name that Slack sends: it hides the names of private conversations."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name
