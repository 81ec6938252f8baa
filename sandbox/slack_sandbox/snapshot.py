"""Snapshots: a workspace as JSON, from which another sandbox starts with the same IDs.

A snapshot contains the team, people, channels with messages, and Home tabs. It doesn't contain
tokens, files, open modals, or ephemeral messages.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from slack_sandbox.model.ids import app_token
from slack_sandbox.model.manifest import App
from slack_sandbox.model.workspace import Channel, Clock, Json, Message, Person, Workspace
from slack_sandbox.surfaces.view_stacks import Views

FORMAT = 1

Snapshot = Mapping[str, Any]


def take(app: App, workspace: Workspace, views: Views) -> Json:
    """Return the workspace as it is now."""
    homes = {person: views.home(person) for person in workspace.people}
    return {
        "format": FORMAT,
        "team": {"id": workspace.team_id, "name": workspace.name},
        "app": {"id": app.id, "bot_id": app.bot_id, "bot_user_id": app.bot_user_id},
        "users": [_user(person) for person in workspace.people.values()],
        "channels": [_channel(channel) for channel in workspace.channels.values()],
        "homes": {person: home.content for person, home in homes.items() if home},
    }


def identify(app: App, snapshot: Snapshot) -> App:
    """Return the app with the IDs from the snapshot and new tokens.

    Raise ValueError if this sandbox can't read the snapshot's format.
    """
    if snapshot["format"] != FORMAT:
        raise ValueError(f"the snapshot has format {snapshot['format']!r}, not {FORMAT}")
    ids = snapshot["app"]
    return replace(app, **ids, app_token=app_token(ids["id"]))


def load(snapshot: Snapshot, clock: Clock) -> Workspace:
    """Return the workspace of a snapshot.

    New messages get later timestamps than the loaded ones, even if the clock is behind.
    """
    team = snapshot["team"]
    workspace = Workspace(team["id"], team["name"], clock)
    workspace.people = {user["id"]: _person(user) for user in snapshot["users"]}
    workspace.channels = {
        channel["id"]: _loaded_channel(channel) for channel in deepcopy(snapshot["channels"])
    }
    for channel in workspace.channels.values():
        for message in channel.messages.values():
            workspace.continue_after(message.ts)
    return workspace


def publish_homes(snapshot: Snapshot, workspace: Workspace, views: Views) -> None:
    """Publish the Home tabs that are in the snapshot."""
    for person, content in snapshot["homes"].items():
        views.publish(workspace.people[person], deepcopy(content))


def _user(person: Person) -> Json:
    return _without_defaults(
        {
            "id": person.id,
            "name": person.name,
            "real_name": person.real_name,
            "is_admin": person.is_admin,
            "is_bot": person.is_bot,
            "is_restricted": person.is_restricted,
            "deleted": person.deleted,
            "bot_id": person.bot_id,
            "tz": person.time_zone,
            "updated": person.updated,
        }
    )


def _person(user: Json) -> Person:
    return Person(
        id=user["id"],
        name=user["name"],
        real_name=user["real_name"],
        is_admin=user.get("is_admin", False),
        is_bot=user.get("is_bot", False),
        is_restricted=user.get("is_restricted", False),
        deleted=user.get("deleted", False),
        bot_id=user.get("bot_id", ""),
        time_zone=user["tz"],
        updated=user["updated"],
    )


def _channel(channel: Channel) -> Json:
    saved = [message for message in channel.messages.values() if not message.is_ephemeral]
    return _without_defaults(
        {
            "id": channel.id,
            "name": channel.name,
            "creator": channel.creator,
            "created": channel.created,
            "is_private": channel.is_private,
            "is_im": channel.is_im,
            "is_archived": channel.is_archived,
            "topic": channel.topic,
            "members": list(channel.members),
            "messages": [
                _message(message) for message in sorted(saved, key=lambda message: message.ts)
            ],
        }
    )


def _loaded_channel(shape: Json) -> Channel:
    messages = {message["ts"]: _loaded_message(message) for message in shape.get("messages", [])}
    for message in messages.values():
        parent = messages.get(message.thread_ts or "")
        if parent:
            parent.replies[message.ts] = message.user
    return Channel(
        id=shape["id"],
        name=shape.get("name", ""),
        creator=shape["creator"],
        created=shape["created"],
        members=shape.get("members", []),
        is_private=shape.get("is_private", False),
        is_im=shape.get("is_im", False),
        is_archived=shape.get("is_archived", False),
        topic=shape.get("topic", ""),
        messages=messages,
    )


def _message(message: Message) -> Json:
    return _without_defaults(
        {
            "ts": message.ts,
            "user": message.user,
            "username": message.username,
            "subtype": message.subtype,
            "text": message.text,
            "blocks": message.blocks,
            "attachments": message.attachments,
            "metadata": message.metadata,
            "reactions": [
                {"name": name, "users": users} for name, users in message.reactions.items()
            ],
            "edited_ts": message.edited_ts,
            "thread_ts": message.thread_ts,
            "parent_user_id": message.parent_user,
        }
    )


def _loaded_message(shape: Json) -> Message:
    return Message(
        ts=shape["ts"],
        user=shape["user"],
        text=shape.get("text", ""),
        blocks=shape.get("blocks"),
        attachments=shape.get("attachments", []),
        reactions={
            reaction["name"]: list(reaction["users"]) for reaction in shape.get("reactions", [])
        },
        metadata=shape.get("metadata"),
        thread_ts=shape.get("thread_ts"),
        parent_user=shape.get("parent_user_id"),
        username=shape.get("username"),
        subtype=shape.get("subtype"),
        edited_ts=shape.get("edited_ts"),
    )


def _without_defaults(shape: Json) -> Json:
    return {name: value for name, value in shape.items() if value not in (None, False, "", [])}
