"""A change of the charter that is up for agreement: its answers, and how it ends."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import parse_number, require_board, require_steward
from bot.presenters.charter_draft import answered, compared
from bot.views.blocks import modal
from bot.views.modals import charter_preview
from bot.views.posts import charter_draft
from storage.boards import charter_drafts
from storage.boards.boards import Board
from storage.boards.charter_drafts import Draft
from storage.database import Database, Session
from storage.idempotency import Request

CLOSED = "That change is no longer up for agreement: `/roadmap charter` shows the charter as it is."
NOBODY = "It can be adopted as soon as someone agrees: press ✅ Agree."
STEWARDS_ONLY = "A steward of this board adopts it."


def register(app: App) -> None:
    app.action(charter_draft.AGREE)(agree)
    app.action(charter_draft.NOT_YET)(not_yet)
    app.action(charter_draft.COMPARE)(compare)
    app.action(charter_draft.WITHDRAW)(withdraw)
    app.view(charter_preview.CALLBACK)(adopt)


def agree(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    _answer(body, action, client, slack_request, now, agrees=True)
    ack()


def not_yet(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    _answer(body, action, client, slack_request, now, agrees=False)
    ack()


def compare(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, database: Database
) -> None:
    """For whoever looks; a steward can adopt it from there."""
    with database.snapshot() as session:
        board = require_board(session, body["team"]["id"], body["channel"]["id"])
        draft = _posted(session, board, action["value"], to_change=False)
        steward = board.is_steward(body["user"]["id"])
        hindrance = _hindrance(session, board, draft) if steward else STEWARDS_ONLY
        view = charter_preview.form(compared(session, board, draft, hindrance))
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def adopt(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """It is in force from now on; its post says so."""
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    known = modal.metadata_of(view)
    with slack_request.transaction() as session:
        board = require_board(session, team_id, known["channel"])
        require_steward(board, person)
        draft = _posted(session, board, known["draft"])
        if hindrance := _hindrance(session, board, draft):
            raise Refusal(hindrance)
        charter_drafts.adopt(session, draft.id, by=person, now=now)
    ack()


def withdraw(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    with slack_request.transaction() as session:
        board = require_board(session, team_id, body["channel"]["id"])
        require_steward(board, person)
        draft = _posted(session, board, action["value"])
        charter_drafts.withdraw(session, draft.id, by=person, now=now)
    ack()


def _answer(
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
    *,
    agrees: bool,
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    with slack_request.transaction() as session:
        board = require_board(session, team_id, body["channel"]["id"])
        draft = _posted(session, board, action["value"])
        charter_drafts.save_answer(session, draft.id, person, agrees=agrees, now=now)


def _posted(session: Session, board: Board, value: Any, *, to_change: bool = True) -> Draft:
    """The draft that a button or a form names, if people may still answer it."""
    number = parse_number(value)
    draft = (
        None
        if number is None
        else charter_drafts.find(session, board.id, number, to_change=to_change)
    )
    if draft is None or draft.closed_at or not draft.posted_at:
        raise Refusal(CLOSED)
    return draft


def _hindrance(session: Session, board: Board, draft: Draft) -> str:
    """Why it can't be adopted; nothing if it can."""
    if draft.base_version != board.charter_version:
        return (
            f"The charter has changed since this was drawn up: version {board.charter_version} is"
            f" in force, and this changes version {draft.base_version}. Withdraw it, and propose"
            " it anew."
        )
    agree, _ = answered(session, draft)
    return "" if agree else NOBODY
