"""What changes in the workspace: who people are, and what channels are called."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt import App, BoltContext

from storage.boards import boards
from storage.idempotency import Request
from storage.people import people


def register(app: App) -> None:
    app.event("user_change")(person_changed)
    app.event("channel_rename")(channel_renamed)
    app.event("group_rename")(channel_renamed)  # of a private channel


def person_changed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    """Slack tells of everybody; only who acted on a board is of concern.

    It may tell of two changes in the wrong order, so what became of them is asked.
    """
    with slack_request.transaction() as session:
        people.mark_changed(session, context.team_id or "", event["user"]["id"], datetime.now(UTC))


def channel_renamed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    """Of two new names it may tell in the wrong order too."""
    with slack_request.transaction() as session:
        boards.mark_renamed(
            session, context.team_id or "", event["channel"]["id"], datetime.now(UTC)
        )
