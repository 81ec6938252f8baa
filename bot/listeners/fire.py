"""`/fire`: say that a value burns, or that it no longer does."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.listeners.access import board_in
from bot.people import require_member
from bot.refusal import Refusal
from bot.views import fire, usage
from storage import fires
from storage.boards import Board
from storage.database import Database

LONGEST = 500


def register(app: App) -> None:
    app.command("/fire")(answer)


def answer(
    ack: Ack,
    command: dict[str, Any],
    respond: Respond,
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    with database.snapshot() as session:
        board = board_in(session, command["team_id"], command["channel_id"])
        burning = {each.value: each for each in fires.burning(session, board.id)}
    word, _, rest = command.get("text", "").strip().partition(" ")
    person = command["user_id"]
    match word.lower():
        case "":
            message = fire.burning(board.charter, {key: each.what for key, each in burning.items()})
        case "out":
            require_member(database, client, board.team_id, person)
            message = fire.heard(_clear(database, board, rest.strip().lower(), person, now))
        case value if value in board.charter.keys:
            require_member(database, client, board.team_id, person)
            message = fire.heard(_declare(database, board, value, rest.strip(), person, now))
        case "help":
            message = usage.fire(board.charter.keys)
        case unknown:
            message = usage.fire(board.charter.keys, f"“{unknown[:50]}” is none of the values.")
    respond(text=message.text, blocks=message.blocks)
    ack()


def _declare(
    database: Database, board: Board, value: str, what: str, person: str, now: datetime
) -> str:
    with database.transaction() as session:
        declared = fires.declare(
            session, board.id, value=value, what=what[:LONGEST], by=person, now=now
        )
    if declared.declared_at != now:
        return f"A fire in {value} burns already."
    return f"The channel hears that {value} is burning."


def _clear(database: Database, board: Board, value: str, person: str, now: datetime) -> str:
    """Whoever declared it may say that it is out, and so may a steward."""
    with database.transaction() as session:
        burning = [each for each in fires.burning(session, board.id) if each.value == value]
        if not burning:
            raise Refusal("No such fire is burning: `/fire` lists those that are.")
        [fire_now] = burning
        if person != fire_now.declared_by and not board.is_steward(person):
            raise Refusal(
                f"<@{fire_now.declared_by}>, who declared it, or a steward can say that it is out."
            )
        fires.clear(session, fire_now.id, by=person, now=now)
    return f"The channel hears that the fire in {value} is out."
