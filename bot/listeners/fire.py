"""`/fire` and the buttons of fire reminders: declare a fire in a value, or clear it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import require_board
from bot.listeners.parsing import closest, quote, split_value, unknown_value
from bot.listeners.permissions import Permission, anyone_in_channel
from bot.listeners.slash_command import Invocation, SlashCommand, Subcommand, leave_out
from bot.presenters.fires import burning_fire
from bot.views.blocks import modal
from bot.views.blocks.block_kit import Message
from bot.views.blocks.escape import escape
from bot.views.data.people import someone
from bot.views.modals import fire as fire_form
from bot.views.modals.fire import MAX_REASON_LENGTH
from bot.views.parts import help_text
from bot.views.posts import fire
from domain.formatting import is_blank, shorten
from domain.ranking.charter import Charter
from domain.typed_text import split_first
from storage.boards import fires
from storage.boards.boards import Board
from storage.boards.fires import Fire
from storage.database import Database, Session
from storage.idempotency import Request
from storage.locks import OfBoard

ALREADY_OUT = "That fire is out already."


def register(app: App) -> None:
    app.command("/fire", middleware=[anyone_in_channel])(COMMAND.handle)
    app.view(fire_form.CALLBACK, middleware=[anyone_in_channel])(submit)
    app.action(fire.OUT, middleware=[anyone_in_channel])(clear_from_button)
    app.action(fire.STILL, middleware=[anyone_in_channel])(keep_burning)


def clear_from_button(
    ack: Ack,
    actor: Actor,
    action: dict[str, Any],
    respond: Respond,
    slack_request: Request,
    now: datetime,
) -> None:
    """Clear the fire that a button in a private message names."""
    with slack_request.transaction(actor.board_lock(split_value(action)[0])) as session:
        board, burning = _fire_of_button(session, actor, action)
        message = fire.reply(_clear(session, board, burning, actor, now))
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def keep_burning(
    ack: Ack, actor: Actor, action: dict[str, Any], respond: Respond, database: Database
) -> None:
    with database.snapshot() as session:
        board, burning = _fire_of_button(session, actor, action)
    message = fire.still_burning(burning.value, board.charter.label(burning.value))
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def submit(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    with slack_request.transaction(actor.board_lock(modal.channel_of(view))) as session:
        board = require_board(session, actor, modal.channel_of(view))
        submission = fire_form.parse(view, board.charter)
        _declare(session, board, submission.value, submission.reason, actor, now)
    ack()


def _list(invocation: Invocation) -> Message:
    return _burning(invocation)


def _declare_by_value(invocation: Invocation) -> Message | None:
    """Declare a fire in the value that the text starts with; the rest is the reason.

    Without a reason, open the form.
    """
    board, actor = invocation.board, invocation.actor
    name, reason = split_first(invocation.text)
    value = board.charter.find_by_name(name)
    if value is None:
        raise Refusal(unknown_value(name, board.charter))
    if is_blank(reason):
        _open_form(invocation, value.key)
        return None
    with invocation.request.transaction(OfBoard(board.id)) as session:
        is_new = _declare(
            session, board, value.key, shorten(reason, MAX_REASON_LENGTH), actor, invocation.now
        )
    label = board.charter.label(value.key)
    if is_new:
        return fire.reply(f"Declared. I'll tell the channel that {value.inline_name} is burning.")
    return fire.reply(f"Saved. {label} was already burning, so I replaced the reason.")


def _open_form(invocation: Invocation, value: str) -> None:
    board = invocation.board
    with invocation.request.snapshot() as session:
        reasons = {item.value: item.what for item in fires.burning(session, board.id)}
    view = fire_form.form(board.channel_id, board.charter, value, reasons.get(value, ""))
    invocation.client.views_open(trigger_id=invocation.actor.trigger_id, view=view)


def _declare(
    session: Session, board: Board, value: str, reason: str, actor: Actor, now: datetime
) -> bool:
    """Declare a fire, or replace the reason if the value burns. Return whether it is a new fire."""
    declared = fires.declare(session, board.id, value=value, what=reason, by=actor.user_id, now=now)
    if declared is not None:
        return True
    [current] = [item for item in fires.burning(session, board.id) if item.value == value]
    fires.replace_reason(session, current.id, reason, by=actor.user_id)
    return False


def _clear_by_value(invocation: Invocation) -> Message:
    """Clear the fire in a value. Without a value, ask which fire is out."""
    if not invocation.text:
        return _burning(invocation, "Which fire is out? Type")
    charter = invocation.board.charter
    name, rest = split_first(invocation.text)
    value = charter.find_by_name(name)
    # The charter may have retired a value that burns.
    key = value.key if value else name.lower()
    with invocation.request.transaction(OfBoard(invocation.board.id)) as session:
        all_burning = fires.burning(session, invocation.board.id)
        burning = [item for item in all_burning if item.value == key]
        if not burning:
            raise Refusal(_not_burning(name, charter, all_burning))
        if rest:
            raise Refusal(leave_out(rest, f"/fire out {key}"))
        return fire.reply(
            _clear(session, invocation.board, burning[0], invocation.actor, invocation.now)
        )


def _not_burning(name: str, charter: Charter, all_burning: Sequence[Fire]) -> str:
    """Return the refusal of a name that doesn't burn. It suggests only values that burn."""
    keys = [item.value for item in all_burning]
    slugs = [value.slug for value in charter.values if value.key in keys]
    meant = closest(name, [*slugs, *keys])
    hint = f"Did you mean `/fire out {escape(meant)}`?" if meant else "`/fire` lists the fires."
    return f"{quote(name)} isn't burning. {hint}"


COMMAND = SlashCommand(
    "/fire",
    (
        Subcommand("", _list, Permission.CHANNEL),
        Subcommand("out", _clear_by_value, Permission.CHANNEL, takes_text=True),
    ),
    default=Subcommand("", _declare_by_value, Permission.CHANNEL, takes_text=True),
    help=help_text.fire,
)


def _burning(invocation: Invocation, prompt: str | None = None) -> Message:
    """Return the list of burning fires. `prompt` leads to the commands that clear them."""
    board = invocation.board
    with invocation.request.snapshot() as session:
        burning = [burning_fire(board, item) for item in fires.burning(session, board.id)]
    if prompt is None:
        return fire.fire_list(burning, board.charter)
    return fire.fire_list(burning, board.charter, prompt)


def _fire_of_button(session: Session, actor: Actor, action: dict[str, Any]) -> tuple[Board, Fire]:
    """Return the board and the fire that a button names. Raise Refusal if it was cleared."""
    channel_id, fire_id = split_value(action)
    board = require_board(session, actor, channel_id)
    for burning in fires.burning(session, board.id):
        if str(burning.id) == fire_id:
            return board, burning
    raise Refusal(ALREADY_OUT)


def _clear(session: Session, board: Board, burning: Fire, actor: Actor, now: datetime) -> str:
    """Clear a fire for the person who declared it or a steward, and return the reply."""
    if actor.user_id != burning.declared_by and not board.is_steward(actor.user_id):
        raise Refusal(
            f"Only the person who declared this fire ({someone(burning.declared_by)}) or a steward"
            " can clear it."
        )
    is_told = fires.clear(session, burning.id, by=actor.user_id, now=now)
    name = board.charter.inline_name(burning.value)
    if not is_told:
        return f"Cleared. I hadn't posted the fire in {name} yet, so I won't tell the channel."
    return f"Cleared. I'll tell the channel that the fire in {name} is out."
