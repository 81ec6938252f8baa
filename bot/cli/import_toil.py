"""`needle import toil`: adds a CSV file to a board's toil ledger, each entry once."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.boards import board_named, only_board
from bot.cli.errors import reported
from bot.cli.input_file import read
from bot.clock import utc_now
from bot.config import StoreSettings
from domain.toil.csv_import import Imported, parse_toil
from storage.boards.boards import Board
from storage.database import open_database
from storage.planning import toil


def import_file(settings: StoreSettings, text: str, name: str, now: datetime) -> str:
    """Import the whole file. Return a sentence that says what was imported.

    `name` is the board's. It may be empty if there is only one board. Raise BadToil and import
    nothing if a row is malformed. Raise CommandFailed if the board isn't found.
    """
    database = open_database(settings.database_url, create=False)
    try:
        board = board_named(database, name) if name else only_board(database)
        found = parse_toil(text, board.hours, now)
        with database.transaction() as session:
            new = toil.log_all(session, board, found.entries, by="import")
        return _told(board, found, new)
    finally:
        database.close()


def _told(board: Board, found: Imported, new: int) -> str:
    parts = [f"{new} new"]
    if known := len(found.entries) - new:
        parts.append(f"{known} there already")
    if found.unresolved:
        parts.append(f"{found.unresolved} not resolved yet and left out")
    return f"Toil of #{board.name or board.channel_id}: {', '.join(parts)}."


def import_toil(
    file: Annotated[str, typer.Argument(help="A CSV file; - is standard input.")],
    *,
    board: Annotated[str, typer.Option(help="The channel, by name or id.")] = "",
) -> None:
    """Bring a CSV file into the toil ledger: all of it or, if a row is bad, nothing.

    PagerDuty's export of incidents, or the columns kind,source,minutes,at,note[,origin]. An entry
    that comes again, by its id or origin, counts once.
    """
    with reported():
        text = read(file)
        typer.echo(import_file(StoreSettings(), text, board, utc_now()))
