"""Slack's JSON objects for people, channels and messages (docs.slack.dev/reference/objects)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sandbox.model.manifest import App
from slack_sandbox.model.workspace import Channel, Json, Message, Person, Workspace

# Slack documents only that `users` may be incomplete unless reactions.get is called with `full`
# (reference/methods/reactions.get). This number, and the limit in history, are a strict guess.
MAX_REACTION_USERS = 50


def user_object(person: Person, workspace: Workspace) -> Json:
    shape: Json = {
        "id": person.id,
        "team_id": workspace.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
        "profile": {
            "real_name": person.real_name,
            "display_name": person.real_name,  # as the page shows it
            "real_name_normalized": person.real_name,
            "display_name_normalized": person.real_name,
            "team": workspace.team_id,
        },
    }
    if person.deleted:  # Slack omits the roles of deactivated accounts
        return shape
    return shape | {
        "real_name": person.real_name,
        **_time_zone(person, workspace),
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
    }


def _time_zone(person: Person, workspace: Workspace) -> Json:
    now = datetime.fromtimestamp(workspace.now(), ZoneInfo(person.time_zone))
    offset = now.utcoffset()
    return {
        "tz": person.time_zone,
        "tz_label": now.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def channel_object(channel: Channel, workspace: Workspace, *, seen_by: str) -> Json:
    shape: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.is_im,
        "context_team_id": workspace.team_id,
    }
    if channel.is_im:
        other = next(member for member in channel.members if member != seen_by)
        return shape | {"user": other, "is_open": True}
    return shape | {
        "name": channel.name,
        "name_normalized": channel.name,
        "creator": channel.creator,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_private": channel.is_private,
        "is_mpim": False,
        "is_general": channel.is_general,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_member": seen_by in channel.members,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def message_object(
    message: Message,
    app: App,
    team_id: str,
    *,
    with_metadata: bool = False,
    with_all_users: bool = False,
) -> Json:
    """Return a message as apps see it.

    Without `with_all_users`, each reaction lists at most MAX_REACTION_USERS people.
    """
    shape: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": team_id,
    }
    if message.user == app.bot_user_id:
        shape |= {"bot_id": app.bot_id, "app_id": app.id, "bot_profile": _bot_profile(app, team_id)}
    if message.edited_ts:
        shape["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.reactions:
        shape["reactions"] = reaction_objects(
            message, None if with_all_users else MAX_REACTION_USERS
        )
    if message.is_tombstone:
        shape["hidden"] = True
    if with_metadata and message.metadata:
        shape["metadata"] = message.metadata
    optional = {
        "subtype": message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "thread_ts": message.thread_ts,
        "parent_user_id": message.parent_user,
        "username": message.username,
    }
    shape |= {name: value for name, value in optional.items() if value}
    return shape | (_thread(message) if message.replies else {})


def _thread(message: Message) -> Json:
    users = list(dict.fromkeys(message.replies.values()))
    return {
        "thread_ts": message.ts,
        "reply_count": len(message.replies),
        "reply_users_count": len(users),
        "latest_reply": max(message.replies),
        "reply_users": users,
        "is_locked": False,
        "subscribed": False,
    }


def reaction_objects(message: Message, max_users: int | None = None) -> list[Json]:
    return [
        {"name": name, "users": users[:max_users], "count": len(users)}
        for name, users in message.reactions.items()
    ]


def _bot_profile(app: App, team_id: str) -> Json:
    return {
        "id": app.bot_id,
        "app_id": app.id,
        "user_id": app.bot_user_id,
        "name": app.bot_name,
        "deleted": False,
        "team_id": team_id,
    }
