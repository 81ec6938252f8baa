"""`/roadmap charter`, and the forms in which a steward drafts a change to the charter."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import require_stewarded_board
from bot.listeners.parsing import parse_number
from bot.listeners.permissions import members_only
from bot.listeners.slash_command import Invocation
from bot.presenters.charter_draft import amendment
from bot.views.blocks import modal
from bot.views.blocks.block_kit import Message
from bot.views.data.charter_draft import Objection
from bot.views.modals import charter_change, charter_value
from bot.views.modals.charter_value import Choices
from bot.views.posts.charter_draft import has_changes
from bot.views.replies import charter
from domain.ranking.charter import Charter
from storage.boards import charter_drafts, charters
from storage.boards.boards import Board
from storage.boards.charter_drafts import Draft
from storage.boards.charters import Version
from storage.database import Database, Session
from storage.idempotency import Request
from storage.posts import outbox
from storage.posts.subjects import DraftSubject
from storage.tables import PostKind

DRAFT_GONE = "That draft is gone. Type `/roadmap charter` to see the current charter."
ALREADY_POSTED = "The channel is deciding on a charter draft. Adopt or withdraw it first."
OUTDATED = (
    "The charter has changed since this draft was started. Discard the draft and start a new one."
)
NO_CHANGES = "This draft changes nothing yet. Change a value or a threshold before you post it."


def register(app: App) -> None:
    members = [members_only]
    app.action(charter.CHANGE_VALUES, middleware=members)(open_value_choice)
    app.action(charter.CHANGE_THRESHOLDS, middleware=members)(open_thresholds)
    app.action(charter.CONTINUE, middleware=members)(open_draft)
    app.action(charter.DISCARD, middleware=members)(discard)
    app.view(charter_change.CHOOSE, middleware=members)(choose_value)
    app.view(charter_value.CALLBACK, middleware=members)(change_value)
    app.view(charter_change.THRESHOLDS, middleware=members)(change_thresholds)
    app.view(charter_change.DRAFT, middleware=members)(post_or_continue)


def show(invocation: Invocation) -> Message:
    """Return the current charter, or the version that was typed. Stewards get buttons."""
    board = invocation.board
    if invocation.text:
        return _show_version(invocation)
    return _current_charter(invocation.request.database, board, invocation.actor)


def open_value_choice(ack: Ack, actor: Actor, client: WebClient, database: Database) -> None:
    """Open the form that asks which value to change; it leads to the thresholds too."""
    with database.snapshot() as session:
        board = require_stewarded_board(session, actor)
        view = charter_change.choice_form(_choices(session, board))
    client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def open_thresholds(ack: Ack, actor: Actor, client: WebClient, database: Database) -> None:
    with database.snapshot() as session:
        board = require_stewarded_board(session, actor)
        view = charter_change.thresholds_form(board.channel_id, _drafted_charter(session, board))
    client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def open_draft(ack: Ack, actor: Actor, client: WebClient, database: Database) -> None:
    with database.snapshot() as session:
        board = require_stewarded_board(session, actor)
        view = _draft_form(session, board, _drafted_charter(session, board))
    client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def discard(
    ack: Ack,
    actor: Actor,
    action: dict[str, Any],
    respond: Respond,
    slack_request: Request,
    now: datetime,
) -> None:
    """Discard a draft that isn't posted yet, and show the charter in its place."""
    with slack_request.transaction(actor.board_lock()) as session:
        board = require_stewarded_board(session, actor)
        number = parse_number(action["value"])
        draft = (
            None
            if number is None
            else charter_drafts.find(session, board.id, number, to_change=True)
        )
        if draft is None or draft.closed_at or draft.posted_at:
            raise Refusal(DRAFT_GONE)
        charter_drafts.withdraw(session, draft.id, by=actor.user_id, now=now)
    message = _current_charter(slack_request.database, board, actor)
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def choose_value(ack: Ack, actor: Actor, view: dict[str, Any], database: Database) -> None:
    with database.snapshot() as session:
        board = require_stewarded_board(session, actor, modal.channel_of(view))
        next_view = charter_change.form_for_choice(view, _choices(session, board))
    ack(response_action="update", view=next_view)


def change_value(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    with slack_request.transaction(actor.board_lock(modal.channel_of(view))) as session:
        board = require_stewarded_board(session, actor, modal.channel_of(view))
        changed = charter_value.parse(view, _choices(session, board))
        next_view = _save_draft(session, board, changed, actor, now)
    ack(response_action="update", view=next_view)


def change_thresholds(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    with slack_request.transaction(actor.board_lock(modal.channel_of(view))) as session:
        board = require_stewarded_board(session, actor, modal.channel_of(view))
        changed = charter_change.parse_thresholds(view, _drafted_charter(session, board))
        next_view = _save_draft(session, board, changed, actor, now)
    ack(response_action="update", view=next_view)


def post_or_continue(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    """Post the draft for the channel to decide on, or open the next value to change."""
    channel_id = modal.channel_of(view)
    reason = charter_change.parse_reason(view)
    if reason is None:
        with slack_request.snapshot() as session:
            choices = _choices(session, require_stewarded_board(session, actor, channel_id))
        ack(response_action="update", view=charter_change.choice_form(choices))
        return
    with slack_request.transaction(actor.board_lock(channel_id)) as session:
        board = require_stewarded_board(session, actor, channel_id)
        _post(session, board, reason, actor, now)
    ack()


def _current_charter(database: Database, board: Board, actor: Actor) -> Message:
    with database.snapshot() as session:
        versions = charters.versions(session, board.id)
        objections = charter_drafts.adopted_objections(session, board.id)
        draft = charter_drafts.find_open(session, board.id)
        permalink = _permalink(session, draft) if draft else None
    open_draft = charter.OpenDraft(draft.id, draft.proposed_by, permalink) if draft else None
    return charter.current_charter(
        board.name or board.channel_id,
        board.charter,
        [_charter_version(board, version, objections) for version in versions],
        open_draft,
        may_change=board.is_steward(actor.user_id),
    )


def _show_version(invocation: Invocation) -> Message:
    board = invocation.board
    with invocation.request.snapshot() as session:
        versions = charters.versions(session, board.id)
        objections = charter_drafts.adopted_objections(session, board.id)
    newest = versions[0]
    for version in versions:
        if str(version.version) == invocation.text:
            name = board.name or board.channel_id
            shown = _charter_version(board, version, objections)
            return charter.one_version(name, version.charter, shown, in_force=version is newest)
    raise Refusal(
        f"The charter has no such version. To show the newest: `/roadmap charter {newest.version}`."
    )


def _drafted_charter(session: Session, board: Board) -> Charter:
    """Return the charter as the open draft changes it, or the current one without a draft.

    Raise Refusal if the draft is posted or builds on an older version.
    """
    draft = charter_drafts.find_open(session, board.id)
    if draft is None:
        return board.charter
    if draft.posted_at:
        raise Refusal(ALREADY_POSTED)
    if draft.base_version != board.charter_version:
        raise Refusal(OUTDATED)
    return draft.content


def _choices(session: Session, board: Board) -> Choices:
    drafted = _drafted_charter(session, board)
    known = charters.known_values(session, board.id)
    retired = [value for value in known if value.key not in drafted.keys]
    return Choices(board.channel_id, drafted, retired)


def _save_draft(
    session: Session, board: Board, changed: Charter, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Save a changed draft, and return the form that shows it."""
    if changed != _drafted_charter(session, board):
        charter_drafts.save(
            session, board.id, board.charter_version, changed, by=actor.user_id, now=now
        )
    return _draft_form(session, board, changed)


def _draft_form(session: Session, board: Board, drafted: Charter) -> dict[str, Any]:
    changes = amendment(session, board.id, board.charter_version, drafted)
    return charter_change.draft_form(board.channel_id, changes)


def _post(session: Session, board: Board, reason: str, actor: Actor, now: datetime) -> None:
    """Post the open draft. Raise Refusal if it changes nothing."""
    drafted = _drafted_charter(session, board)
    draft = charter_drafts.find_open(session, board.id)
    changes = amendment(session, board.id, board.charter_version, drafted)
    if draft is None or not has_changes(changes):
        raise Refusal(NO_CHANGES)
    charter_drafts.post(session, draft.id, reason=reason, by=actor.user_id, now=now)


def _charter_version(
    board: Board, version: Version, objections: Mapping[int, Sequence[tuple[str, str]]]
) -> charter.CharterVersion:
    return charter.CharterVersion(
        version.version,
        board.cadence.today(version.agreed_at),
        version.agreed_by,
        by_upgrade=version.by_upgrade,
        missing_thresholds=version.missing_parameters,
        objections=[Objection(*each) for each in objections.get(version.version, ())],
    )


def _permalink(session: Session, draft: Draft) -> charter.DraftPost | None:
    """Return the link to the draft's post, or None if it isn't posted."""
    if not draft.posted_at:
        return None
    post = outbox.latest(session, draft.board_id, PostKind.DRAFT, DraftSubject(draft.id))
    return charter.DraftPost(post.permalink if post else None)
