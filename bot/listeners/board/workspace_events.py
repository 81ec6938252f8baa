"""Workspace events: changes of people's profiles, and of channels' names and ids."""

import logging
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App, BoltContext

from storage.boards import boards
from storage.idempotency import Request
from storage.locks import STORE, OfChannel
from storage.people import people

log = logging.getLogger(__name__)


def register(app: App) -> None:
    app.event("user_change")(person_changed)
    app.event("channel_rename")(channel_renamed)
    app.event("group_rename")(channel_renamed)  # private channels
    app.event("channel_id_changed")(channel_id_changed)


def person_changed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    """Mark a known person for lookup.

    Slack may send two changes in the wrong order, so the event's own data isn't stored.
    """
    with slack_request.transaction(STORE) as session:
        people.mark_changed(session, context.team_id or "", event["user"]["id"], datetime.now(UTC))


def channel_renamed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    """Mark a channel for lookup: Slack may send two renames in the wrong order."""
    team_id, channel_id = context.team_id or "", event["channel"]["id"]
    with slack_request.transaction(OfChannel(team_id, channel_id)) as session:
        boards.mark_renamed(session, team_id, channel_id, datetime.now(UTC))


def channel_id_changed(
    event: dict[str, Any], context: BoltContext, slack_request: Request, now: datetime
) -> None:
    """Move a board to the new id that Slack gave its channel, for example when it was shared.

    A repeated event has no effect, because no board has the old id anymore:
    https://docs.slack.dev/reference/events/channel_id_changed
    """
    team_id, new_id = context.team_id or "", event["new_channel_id"]
    with slack_request.transaction(STORE) as session:
        board_id = boards.find_id(session, team_id, event["old_channel_id"])
        if board_id is not None and not boards.follow(session, board_id, team_id, new_id, now):
            log.warning("channel_id_not_followed", extra={"board": board_id, "channel": new_id})
