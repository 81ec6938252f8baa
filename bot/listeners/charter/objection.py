"""Objections to a charter draft, and their reasons. An objection counts without a reason."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.charter.lookup import require_posted
from bot.listeners.lookup import require_board
from bot.listeners.permissions import members_only
from bot.slack.background import run_in_background
from bot.views.blocks import modal
from bot.views.modals import objection as objection_form
from bot.views.replies import objection
from storage.boards import charter_drafts
from storage.database import Database, DatabaseUnavailable
from storage.idempotency import Request


def register(app: App) -> None:
    app.action(objection.GIVE_REASON, middleware=[members_only])(open_form)
    app.view(objection_form.CALLBACK, middleware=[members_only])(save_reason)


def offer_reason_form(
    client: WebClient,
    database: Database,
    team_id: str,
    channel_id: str,
    message_ts: str,
    person: str,
) -> None:
    """Offer the form to a full member who reacted with ✋ to a draft's post, in the background."""

    def offer() -> None:
        with database.snapshot() as session:
            draft = charter_drafts.find_by_message(session, team_id, channel_id, message_ts)
        if draft is None:
            return
        try:
            require_member(database, client, team_id, person)
        except Refusal:
            return  # a guest's reaction isn't an answer
        message = objection.noted(draft.id)
        client.chat_postEphemeral(
            channel=channel_id, user=person, text=message.text, blocks=message.blocks
        )

    run_in_background(f"the reason form of {person}", offer, expected=(DatabaseUnavailable,))


def open_form(
    ack: Ack, actor: Actor, action: dict[str, Any], client: WebClient, database: Database
) -> None:
    with database.snapshot() as session:
        board = require_board(session, actor)
        draft = require_posted(session, board, action["value"], to_change=False)
        reason = charter_drafts.reasons(session, draft.id).get(actor.user_id, "")
    view = objection_form.form(board.channel_id, draft.id, reason)
    client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def save_reason(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    metadata = modal.metadata_of(view)
    reason = objection_form.parse_reason(view)
    with slack_request.transaction(actor.board_lock(metadata["channel"])) as session:
        board = require_board(session, actor, metadata["channel"])
        draft = require_posted(session, board, metadata["draft"])
        charter_drafts.save_reason(session, draft.id, actor.user_id, reason, now=now)
    ack()
