"""Reactions to cards, stored as Slack sends them. Votes are derived from them later."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.listeners.charter.objection import offer_reason_form
from domain.ranking.draft_answers import answer_of
from storage.idempotency import Request
from storage.projects import votes


def register(app: App) -> None:
    app.event("reaction_added")(reaction_added)
    app.event("reaction_removed")(reaction_removed)


def reaction_added(
    event: dict[str, Any], context: BoltContext, slack_request: Request, client: WebClient
) -> None:
    """Store a reaction. Someone who objects to a charter draft with it can give a reason."""
    is_stored = _record(event, context, slack_request, present=True)
    if is_stored and answer_of(event["reaction"]) is False:
        team_id, channel_id = context.team_id or "", event["item"]["channel"]
        offer_reason_form(
            client,
            slack_request.database,
            team_id,
            channel_id,
            event["item"]["ts"],
            event["user"],
        )


def reaction_removed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    _record(event, context, slack_request, present=False)


def _record(
    event: dict[str, Any], context: BoltContext, slack_request: Request, *, present: bool
) -> bool:
    """Store a reaction to one of the bot's messages. Return whether it is new."""
    item = event["item"]
    is_own = event.get("item_user", context.bot_user_id) == context.bot_user_id
    if item["type"] != "message" or not is_own:
        return False
    with slack_request.transaction() as session:
        return votes.save_reaction(
            session,
            team_id=context.team_id or "",
            channel_id=item["channel"],
            message_ts=item["ts"],
            person=event["user"],
            emoji=event["reaction"],
            present=present,
            event_ts=event["event_ts"],
        )
