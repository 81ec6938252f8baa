"""`/toil`, its form, and the message shortcut that logs an alert."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import name_of, require_board, require_selectable_boards
from bot.listeners.mentioned_names import mentioned_names
from bot.listeners.parsing import parse_number
from bot.listeners.permissions import Permission, anyone_in_channel, members_only
from bot.listeners.slash_command import Invocation, SlashCommand, Subcommand
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.toil_ledger import ledger
from bot.slack.background import run_in_background
from bot.slack.views import replace_view
from bot.views.blocks import modal
from bot.views.blocks.block_kit import Message
from bot.views.blocks.escape import escape
from bot.views.modals import propose
from bot.views.modals import toil as toil_form
from bot.views.parts import help_text, toil_ledger
from domain.ranking.charter import Charter
from domain.toil.ledger import ToilEntry
from domain.toil.quick_entry import EXAMPLE, InvalidQuickEntry, parse_quick_entry
from storage.boards.boards import Board
from storage.database import Database
from storage.idempotency import Request
from storage.locks import OfBoard
from storage.planning import toil


def register(app: App) -> None:
    app.command("/toil", middleware=[anyone_in_channel])(COMMAND.handle)
    app.shortcut("log_toil", middleware=[anyone_in_channel])(log_alert)
    app.view(toil_form.CALLBACK, middleware=[anyone_in_channel])(submit)
    app.action(toil_form.UNDO, middleware=[anyone_in_channel])(delete_entry)
    app.action(toil_ledger.PROPOSE, middleware=[members_only])(propose_remedy)


def log_alert(
    ack: Ack,
    actor: Actor,
    shortcut: dict[str, Any],
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    """Open the form for a message. In a channel that isn't a board, the form asks for the board."""
    choices = require_selectable_boards(database, client, actor, actor.channel_id)
    message = shortcut["message"]
    names = mentioned_names(message, choices, client, database, actor)
    alert = toil_form.alert(actor.channel_id, message, names)
    client.views_open(trigger_id=actor.trigger_id, view=toil_form.form(choices, now, alert))
    ack()


def submit(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    submission = toil_form.parse(view, now)
    with slack_request.snapshot() as session:
        board = require_board(session, actor, submission.channel_id)
    origin = submission.message_key or f"form:{view['id']}"
    message = _log(slack_request, board, submission.entry, origin, actor)
    ack(response_action="update", view=toil_form.result_modal(message, board.channel_id))


def delete_entry(
    ack: Ack,
    actor: Actor,
    current_view: dict[str, Any] | None,
    action: dict[str, Any],
    respond: Respond,
    client: WebClient,
    slack_request: Request,
) -> None:
    """Delete an entry for the person who logged it, from the reply that confirmed it."""
    channel_id = modal.channel_of(current_view) if current_view else actor.channel_id
    with slack_request.transaction(actor.board_lock(channel_id)) as session:
        board = require_board(session, actor, channel_id)
        entry_id = parse_number(action["value"])
        is_deleted = entry_id is not None and toil.delete_entry(
            session, board.id, entry_id, actor.user_id
        )
    message = toil_form.removed(was_logged=is_deleted)
    if current_view:
        ack()
        confirmation = toil_form.result_modal(message, channel_id)
        show = partial(replace_view, client, current_view, confirmation)
        run_in_background(f"undo confirmation for {actor.user_id}", show)
    else:
        respond(text=message.text, blocks=message.blocks, replace_original=True)
        ack()


def propose_remedy(
    ack: Ack,
    actor: Actor,
    action: dict[str, Any],
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    """Open the proposal form for a project against a source of toil, with its frequency."""
    source = action["value"]
    with database.snapshot() as session:
        board = require_board(session, actor)
        frequency = toil.count_last_month(session, board.id, source, now)
    view = propose.form(
        f"No more toil from {source}",
        [name_of(board)],
        initial={"toil_source": source, "toil_per_month": str(max(1, frequency))},
    )
    client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def show_ledger(invocation: Invocation) -> Message:
    """Return the toil ledger, as `/roadmap toil` and `/toil list` show it."""
    board = invocation.board
    tomorrow = board.hours.to_local(invocation.now).date() + timedelta(days=1)
    with invocation.request.snapshot() as session:
        return toil_ledger.reply(
            ledger(BoardSnapshot(session, board), tomorrow), board.name or board.channel_id
        )


def _help(_charter: Charter) -> Message:
    return help_text.toil()


def _open_form(invocation: Invocation) -> None:
    view = toil_form.form([name_of(invocation.board)], invocation.now)
    invocation.client.views_open(trigger_id=invocation.actor.trigger_id, view=view)


def _log_line(invocation: Invocation) -> Message:
    """Log toil typed in one line. Each line has its own trigger id; a copied request shares it."""
    try:
        entry = parse_quick_entry(invocation.text, invocation.board.hours, invocation.now)
    except InvalidQuickEntry as error:
        raise Refusal(f"{escape(str(error))} For example: `/toil {EXAMPLE}`.") from error
    origin = f"command:{invocation.actor.trigger_id}"
    return _log(invocation.request, invocation.board, entry, origin, invocation.actor)


COMMAND = SlashCommand(
    "/toil",
    (
        Subcommand("", _open_form, Permission.CHANNEL),
        Subcommand("list", show_ledger, Permission.CHANNEL),
    ),
    default=Subcommand("", _log_line, Permission.CHANNEL, takes_text=True),
    help=_help,
)


def _log(
    slack_request: Request, board: Board, entry: ToilEntry, origin: str, actor: Actor
) -> Message:
    """Log an entry, or correct the one that the same form or line logged before."""
    with slack_request.transaction(OfBoard(board.id)) as session:
        entry_id = toil.log(session, board, entry, origin=origin, by=actor.user_id)
        if entry_id is None:
            entry_id = toil.correct(session, board, entry, origin=origin, by=actor.user_id)
    if entry_id is None:
        return toil_form.already_logged()
    started = board.hours.to_local(entry.started_at)
    return toil_form.logged(
        entry, started, entry_id, out_of_hours=board.hours.is_out_of_hours(entry.started_at)
    )
