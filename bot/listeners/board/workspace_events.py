"""Workspace events: changes of people's profiles and channels' names."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt import App, BoltContext

from storage.boards import boards
from storage.idempotency import Request
from storage.people import people


def register(app: App) -> None:
    app.event("user_change")(person_changed)
    app.event("channel_rename")(channel_renamed)
    app.event("group_rename")(channel_renamed)  # private channels


def person_changed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    """Mark a known person for lookup.

    Slack may send two changes in the wrong order, so the event's own data isn't stored.
    """
    with slack_request.transaction() as session:
        people.mark_changed(session, context.team_id or "", event["user"]["id"], datetime.now(UTC))


def channel_renamed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    """Mark a channel for lookup: Slack may send two renames in the wrong order."""
    with slack_request.transaction() as session:
        boards.mark_renamed(
            session, context.team_id or "", event["channel"]["id"], datetime.now(UTC)
        )
