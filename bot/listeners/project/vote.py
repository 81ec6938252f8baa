"""Reactions to cards, stored as Slack sends them. Votes are derived from them later."""

from typing import Any

from slack_bolt import App, BoltContext

from storage.idempotency import Request
from storage.projects import votes


def register(app: App) -> None:
    app.event("reaction_added")(reaction_added)
    app.event("reaction_removed")(reaction_removed)


def reaction_added(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    _record(event, context, slack_request, present=True)


def reaction_removed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    _record(event, context, slack_request, present=False)


def _record(
    event: dict[str, Any], context: BoltContext, slack_request: Request, *, present: bool
) -> None:
    """Store a reaction to one of the bot's messages."""
    item = event["item"]
    is_own = event.get("item_user", context.bot_user_id) == context.bot_user_id
    if item["type"] != "message" or not is_own:
        return
    with slack_request.transaction() as session:
        votes.save_reaction(
            session,
            team_id=context.team_id or "",
            channel_id=item["channel"],
            message_ts=item["ts"],
            person=event["user"],
            emoji=event["reaction"],
            present=present,
            event_ts=event["event_ts"],
        )
