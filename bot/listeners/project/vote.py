"""Reactions to cards, stored as Slack sends them. Votes are derived from them later."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.listeners.charter.objection import offer_reason_form
from domain.ranking.draft_answers import answer_of
from storage.batch import do_nothing
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

    def offer() -> None:
        if answer_of(event["reaction"]) is False:
            offer_reason_form(
                client,
                slack_request.database,
                context.team_id or "",
                event["item"]["channel"],
                event["item"]["ts"],
                event["user"],
            )

    _record(event, context, slack_request, offer, present=True)


def reaction_removed(event: dict[str, Any], context: BoltContext, slack_request: Request) -> None:
    _record(event, context, slack_request, present=False)


def _record(
    event: dict[str, Any],
    context: BoltContext,
    slack_request: Request,
    when_stored: Callable[[], None] = do_nothing,
    *,
    present: bool,
) -> None:
    """Store a reaction to one of the bot's messages. `when_stored` runs then if it is new."""
    item = event["item"]
    if item["type"] != "message" or not _is_own(event, context, slack_request):
        return
    reaction = votes.ReactionEvent(
        team_id=context.team_id or "",
        channel_id=item["channel"],
        message_ts=item["ts"],
        person=event["user"],
        emoji=event["reaction"],
        present=present,
        event_ts=event["event_ts"],
    )
    slack_request.database.write_together(
        OfChannel(reaction.team_id, reaction.channel_id),
        votes.save_reactions,
        reaction,
        when_stored,
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
