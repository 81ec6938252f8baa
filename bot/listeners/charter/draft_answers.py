"""Buttons of a posted charter draft: agree, object, compare, adopt or withdraw."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.charter.lookup import require_posted
from bot.listeners.lookup import require_board, require_stewarded_board
from bot.listeners.permissions import anyone_in_channel, members_only
from bot.presenters.charter_draft import answered, compared
from bot.views.blocks import modal
from bot.views.modals import charter_preview
from bot.views.posts import charter_draft
from bot.views.replies import objection
from storage.boards import charter_drafts
from storage.boards.boards import Board
from storage.boards.charter_drafts import Draft
from storage.database import Database, Session
from storage.idempotency import Request

NOBODY_AGREES = "Nobody has agreed yet. The draft can be adopted once one person agrees."
NEW_OBJECTION = "Someone just objected. Open *Before and after* again."
STEWARDS_ADOPT = "A steward of this board can adopt it."


def register(app: App) -> None:
    app.action(charter_draft.AGREE, middleware=[members_only])(agree)
    app.action(charter_draft.NOT_YET, middleware=[members_only])(object_to)
    app.action(charter_draft.COMPARE, middleware=[anyone_in_channel])(compare)
    app.action(charter_draft.WITHDRAW, middleware=[members_only])(withdraw)
    app.view(charter_preview.CALLBACK, middleware=[members_only])(adopt)


def agree(
    ack: Ack, actor: Actor, action: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    _save_answer(actor, action, slack_request, now, agrees=True)
    ack()


def object_to(
    ack: Ack,
    actor: Actor,
    action: dict[str, Any],
    respond: Respond,
    slack_request: Request,
    now: datetime,
) -> None:
    """Store an objection, and offer to give a reason."""
    draft = _save_answer(actor, action, slack_request, now, agrees=False)
    message = objection.noted(draft.id)
    respond(text=message.text, blocks=message.blocks, replace_original=False)
    ack()


def compare(
    ack: Ack,
    actor: Actor,
    action: dict[str, Any],
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    """Open the ranking before and after the change; stewards can adopt the change there."""
    with database.snapshot() as session:
        board = require_board(session, actor)
        draft = require_posted(session, board, action["value"], to_change=False)
        is_steward = board.is_steward(actor.user_id)
        obstacle = _obstacle(session, board, draft) if is_steward else STEWARDS_ADOPT
        view = charter_preview.form(compared(session, board, draft, now, obstacle))
    client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def adopt(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    """Adopt the change. It is in force from now on, and its post shows that.

    If someone objects, ask again first.
    """
    metadata = modal.metadata_of(view)
    confirmed = charter_preview.confirmed_objectors(view)
    with slack_request.snapshot() as session:
        board = require_stewarded_board(session, actor, metadata["channel"])
        draft = require_posted(session, board, metadata["draft"], to_change=False)
        obstacle = _obstacle(session, board, draft)
        if not obstacle and _has_other_objectors(session, draft, confirmed):
            view = charter_preview.confirmation(compared(session, board, draft, now))
            ack(response_action="update", view=view)
            return
    with slack_request.transaction(actor.board_lock(metadata["channel"])) as session:
        board = require_stewarded_board(session, actor, metadata["channel"])
        draft = require_posted(session, board, metadata["draft"])
        if obstacle := _obstacle(session, board, draft):
            raise Refusal(obstacle)
        if _has_other_objectors(session, draft, confirmed):
            raise Refusal(NEW_OBJECTION)
        charter_drafts.adopt(session, draft.id, by=actor.user_id, now=now)
    ack()


def withdraw(
    ack: Ack, actor: Actor, action: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    with slack_request.transaction(actor.board_lock()) as session:
        board = require_stewarded_board(session, actor)
        draft = require_posted(session, board, action["value"])
        charter_drafts.withdraw(session, draft.id, by=actor.user_id, now=now)
    ack()


def _save_answer(
    actor: Actor, action: dict[str, Any], slack_request: Request, now: datetime, *, agrees: bool
) -> Draft:
    with slack_request.transaction(actor.board_lock()) as session:
        board = require_board(session, actor)
        draft = require_posted(session, board, action["value"])
        charter_drafts.save_answer(session, draft.id, actor.user_id, agrees=agrees, now=now)
    return draft


def _has_other_objectors(session: Session, draft: Draft, confirmed: set[str]) -> bool:
    _, objecting = answered(session, draft)
    return any(each.person not in confirmed for each in objecting)


def _obstacle(session: Session, board: Board, draft: Draft) -> str:
    """Return why the draft can't be adopted, or an empty string if it can."""
    if draft.base_version != board.charter_version:
        return (
            f"This draft changes version {draft.base_version} of the charter, but version"
            f" {board.charter_version} is in force. Withdraw the draft and start a new one."
        )
    agreeing, _ = answered(session, draft)
    return "" if agreeing else NOBODY_AGREES
