"""What changes in the workspace: who people are, and what channels are called."""

from datetime import datetime
from typing import Any

from slack_bolt import App, BoltContext

from bot.people import kind_of
from storage import boards, people
from storage.database import Database
from storage.tables import Kind


def register(app: App) -> None:
    app.event("user_change")(person_changed)
    app.event("channel_rename")(channel_renamed)
    app.event("group_rename")(channel_renamed)  # of a private channel


def person_changed(
    event: dict[str, Any], context: BoltContext, database: Database, now: datetime
) -> None:
    """Slack tells of everybody; only who acted on a board is of concern."""
    user, team_id = event["user"], context.team_id or ""
    with database.transaction() as session:
        if people.kind_of(session, team_id, user["id"]) is not Kind.UNKNOWN:
            kind = kind_of(user, team_id)
            people.learn(session, team_id, user["id"], kind, user.get("tz"), now)


def channel_renamed(event: dict[str, Any], context: BoltContext, database: Database) -> None:
    channel = event["channel"]
    with database.transaction() as session:
        board_id = boards.id_of(session, context.team_id or "", channel["id"])
        if board_id is not None:
            boards.rename(session, board_id, channel["name"])
