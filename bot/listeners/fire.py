"""`/fire` and the buttons of fire reminders: declare a fire in a value, or clear it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import require_board
from bot.listeners.parsing import closest
from bot.listeners.permissions import Permission, anyone_in_channel, members_only
from bot.listeners.slash_command import Invocation, SlashCommand, Subcommand
from bot.presenters.fires import burning_fire
from bot.views.blocks.block_kit import Message
from bot.views.blocks.escape import escape
from bot.views.data.people import someone
from bot.views.parts import help_text
from bot.views.posts import fire
from domain.formatting import join_with_and
from domain.ranking.charter import Charter
from storage.boards import fires
from storage.boards.boards import Board
from storage.boards.fires import Fire
from storage.database import Database, Session
from storage.idempotency import Request

MAX_REASON = 500  # characters
MAX_QUOTED_LENGTH = 50  # characters of an unknown word that an error quotes
NOT_BURNING = "That fire isn't burning. Type `/fire` to see the fires that are."


def register(app: App) -> None:
    app.command("/fire", middleware=[anyone_in_channel])(COMMAND.handle)
    app.action(fire.OUT, middleware=[members_only])(clear_from_button)
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
    with slack_request.transaction() as session:
        board, burning = _fires_of_button(session, actor, action)
        message = fire.reply(_clear(session, board, burning, actor, now))
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def keep_burning(
    ack: Ack, actor: Actor, action: dict[str, Any], respond: Respond, database: Database
) -> None:
    with database.snapshot() as session:
        board, burning = _fires_of_button(session, actor, action)
    if not burning:
        raise Refusal(NOT_BURNING)
    message = fire.still_burning(burning[0].value, board.charter.label(burning[0].value))
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def _list(invocation: Invocation) -> Message:
    return _burning(invocation)


def _help(invocation: Invocation) -> Message:
    return help_text.fire(invocation.board.charter)


def _declare(invocation: Invocation) -> Message:
    """Declare a fire in the value that the text starts with; the rest is the reason."""
    board = invocation.board
    # Any whitespace may follow the value: people paste reasons from elsewhere.
    word, reason = [*invocation.text.split(maxsplit=1), ""][:2]
    value = board.charter.find_by_name(word)
    if value is None:
        raise Refusal(_unknown_value(word, board.charter))
    with invocation.request.transaction() as session:
        declared = fires.declare(
            session,
            board.id,
            value=value.key,
            what=reason[:MAX_REASON],
            by=invocation.actor.user_id,
            now=invocation.now,
        )
    name = board.charter.inline_name(value.key)
    if declared is None:
        return fire.reply(f"A fire in {name} is already burning. Type `/fire` to see it.")
    return fire.reply(f"Declared. I'll tell the channel that {name} is burning.")


def _clear_by_value(invocation: Invocation) -> Message:
    """Clear the fire in a value. Without a value, ask which fire is out."""
    if not invocation.text:
        return _burning(invocation, "Which fire is out?")
    board, word = invocation.board, invocation.text.split()[0].lower()
    value = board.charter.find_by_name(word)
    key = value.key if value else word  # The charter may have retired a value that burns.
    with invocation.request.transaction() as session:
        burning = [item for item in fires.burning(session, board.id) if item.value == key]
        return fire.reply(_clear(session, board, burning, invocation.actor, invocation.now))


COMMAND = SlashCommand(
    "/fire",
    (
        Subcommand("", _list, Permission.CHANNEL),
        Subcommand("out", _clear_by_value, Permission.MEMBERS, takes_text=True),
        Subcommand("help", _help, Permission.CHANNEL),
    ),
    default=Subcommand("", _declare, Permission.MEMBERS, takes_text=True),
)


def _burning(invocation: Invocation, question: str = "") -> Message:
    """Return the list of burning fires, with an optional question above it."""
    board = invocation.board
    with invocation.request.snapshot() as session:
        burning = fires.burning(session, board.id)
    return fire.fire_list([burning_fire(board, item) for item in burning], question)


def _fires_of_button(
    session: Session, actor: Actor, action: dict[str, Any]
) -> tuple[Board, list[Fire]]:
    """Return the board and the fire that a button names, or no fire if it was cleared."""
    channel_id, _, fire_id = action["value"].partition(":")
    board = require_board(session, actor, channel_id)
    return board, [item for item in fires.burning(session, board.id) if str(item.id) == fire_id]


def _clear(
    session: Session, board: Board, burning: Sequence[Fire], actor: Actor, now: datetime
) -> str:
    """Clear a fire for the person who declared it or a steward, and return the reply."""
    if not burning:
        raise Refusal(NOT_BURNING)
    cleared = burning[0]
    if actor.user_id != cleared.declared_by and not board.is_steward(actor.user_id):
        raise Refusal(
            f"Only {someone(cleared.declared_by)}, who declared this fire, or a steward can clear"
            " it."
        )
    fires.clear(session, cleared.id, by=actor.user_id, now=now)
    name = board.charter.inline_name(cleared.value)
    return f"Cleared. I'll tell the channel that the fire in {name} is out."


def _unknown_value(word: str, charter: Charter) -> str:
    words = [value.slug for value in charter.values]
    suggestion = closest(word, words)
    hint = (
        f"Did you mean *{suggestion}*?" if suggestion else f"Your values: {join_with_and(words)}."
    )
    return f"“{escape(word[:MAX_QUOTED_LENGTH])}” isn't one of your values. {escape(hint)}"
