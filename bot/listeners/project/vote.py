"""Reactions to cards, stored as Slack sends them. Votes are derived from them later."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.listeners.charter.objection import offer_reason_form
from domain.ranking.draft_answers import answer_of
from storage.boards import boards
from storage.idempotency import Request
from storage.locks import OfChannel
from storage.posts import outbox
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
    if item["type"] != "message" or not _is_own(event, context, slack_request):
        return False
    team_id, channel_id = context.team_id or "", item["channel"]
    with slack_request.transaction(OfChannel(team_id, channel_id)) as session:
        return votes.save_reaction(
            session,
            team_id=team_id,
            channel_id=channel_id,
            message_ts=item["ts"],
            person=event["user"],
            emoji=event["reaction"],
            present=present,
            event_ts=event["event_ts"],
        )


def _is_own(event: dict[str, Any], context: BoltContext, slack_request: Request) -> bool:
    """Return whether the message with the reaction is the bot's.

    Slack doesn't name an author that isn't a user, such as an incoming webhook:
    https://docs.slack.dev/reference/events/reaction_added
    """
    if "item_user" in event:
        return bool(event["item_user"] == context.bot_user_id)
    channel_id, ts = event["item"]["channel"], event["item"]["ts"]
    with slack_request.snapshot() as session:
        board_id = boards.find_id(session, context.team_id or "", channel_id)
        return board_id is not None and ts in outbox.known_messages(session, board_id, [ts])
