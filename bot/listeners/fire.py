"""`/fire`: say that a value burns, or that it no longer does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import require_board
from bot.presenters.fires import burning_fire
from bot.views.blocks.block_kit import Message
from bot.views.data.people import someone
from bot.views.parts import help_text
from bot.views.posts import fire
from storage.boards import fires
from storage.boards.boards import Board
from storage.boards.fires import Fire
from storage.database import Database, Session
from storage.idempotency import Request

LONGEST = 500
NOT_BURNING = "No such fire is burning: `/fire` lists those that are."


def register(app: App) -> None:
    app.command("/fire")(answer)
    app.action(fire.OUT)(put_out)
    app.action(fire.STILL)(burns_on)


def answer(
    ack: Ack,
    command: dict[str, Any],
    respond: Respond,
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    with slack_request.snapshot() as session:
        board = require_board(session, command["team_id"], command["channel_id"])
        burning = fires.burning(session, board.id)
    # Whatever space it is that follows the first word: people paste what burns.
    word, rest = [*command.get("text", "").split(maxsplit=1), "", ""][:2]
    person = command["user_id"]
    match word.lower():
        case "":
            message = _burning(board, burning)
        case "out" if rest:
            require_member(slack_request.database, client, board.team_id, person)
            message = fire.reply(_clear(slack_request, board, rest.split()[0].lower(), person, now))
        case "out":
            message = _burning(board, burning, "Say which is out:")
        case "help":
            message = help_text.fire(board.charter)
        case named if value := board.charter.find_by_name(named):
            require_member(slack_request.database, client, board.team_id, person)
            message = fire.reply(
                _declare(slack_request, board, value.key, rest.strip(), person, now)
            )
        case unknown:
            message = help_text.fire(board.charter, f"“{unknown[:50]}” is none of the values.")
    respond(text=message.text, blocks=message.blocks)
    ack()


def _burning(board: Board, found: Sequence[Fire], asked: str = "") -> Message:
    return fire.fire_list([burning_fire(board, each) for each in found], asked)


def _declare(
    slack_request: Request, board: Board, value: str, what: str, person: str, now: datetime
) -> str:
    with slack_request.transaction() as session:
        declared = fires.declare(
            session, board.id, value=value, what=what[:LONGEST], by=person, now=now
        )
    if declared is None:
        return (
            f"A fire in {board.charter.inline_name(value)} burns already: `/fire` says since when."
        )
    return f"The channel hears that {board.charter.inline_name(value)} is burning."


def _clear(slack_request: Request, board: Board, value: str, person: str, now: datetime) -> str:
    """Whoever declared it may say that it is out, and so may a steward."""
    named = board.charter.find_by_name(value)
    key = named.key if named else value  # of a value that was retired while it burned
    with slack_request.transaction() as session:
        found = [each for each in fires.burning(session, board.id) if each.value == key]
        return _put_out(session, board, found, person, now)


def put_out(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """In a private conversation: the button says which board's fire it is."""
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    with slack_request.transaction() as session:
        board, found = _asked_about(session, team_id, action)
        message = fire.reply(_put_out(session, board, found, person, now))
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def burns_on(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, database: Database
) -> None:
    with database.snapshot() as session:
        board, found = _asked_about(session, body["team"]["id"], action)
    if not found:
        raise Refusal(NOT_BURNING)
    message = fire.still_burning(found[0].value, board.charter.label(found[0].value))
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def _asked_about(
    session: Session, team_id: str, action: dict[str, Any]
) -> tuple[Board, list[Fire]]:
    channel_id, _, fire_id = action["value"].partition(":")
    board = require_board(session, team_id, channel_id)
    return board, [each for each in fires.burning(session, board.id) if str(each.id) == fire_id]


def _put_out(
    session: Session, board: Board, found: Sequence[Fire], person: str, now: datetime
) -> str:
    if not found:
        raise Refusal(NOT_BURNING)
    burning = found[0]
    if person != burning.declared_by and not board.is_steward(person):
        raise Refusal(
            f"{someone(burning.declared_by)}, who declared it, or a steward can say that it is out."
        )
    fires.clear(session, burning.id, by=person, now=now)
    return f"The channel hears that the fire in {board.charter.inline_name(burning.value)} is out."
