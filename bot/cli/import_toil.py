"""`needle import toil`: a file of toil into a board's ledger, each entry once."""

from datetime import datetime

from bot.cli.post import CannotPost, board_named
from bot.config import StoreSettings
from domain.toil.csv_import import Imported, parse_toil
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, open_database
from storage.planning import toil


def import_toil(settings: StoreSettings, text: str, name: str, now: datetime) -> str:
    """All of the file, or nothing and a `BadToil`; what happened, in words.

    `name` is a board's; it may be left out while there is only one.
    """
    database = open_database(settings.database_url, make=False)
    try:
        board = board_named(database, name) if name else _only_board(database)
        found = parse_toil(text, board.hours, now)
        with database.transaction() as session:
            written = [
                toil.log(session, board, entry, origin=origin, by="import")
                for origin, entry in found.entries.items()
            ]
        return _told(board, found, new=sum(each is not None for each in written))
    finally:
        database.close()


def _only_board(database: Database) -> Board:
    with database.snapshot() as session:
        every = boards.every(session)
    if len(every) == 1:
        return every[0]
    if not every:
        raise CannotPost("There is no board yet: invite Needle to a channel.")
    names = ", ".join(f"#{board.name or board.channel_id}" for board in every)
    raise CannotPost(f"Say for which board: --board, one of {names}.")


def _told(board: Board, found: Imported, new: int) -> str:
    parts = [f"{new} new"]
    if known := len(found.entries) - new:
        parts.append(f"{known} there already")
    if found.unresolved:
        parts.append(f"{found.unresolved} not resolved yet and left out")
    return f"Toil of #{board.name or board.channel_id}: {', '.join(parts)}."
