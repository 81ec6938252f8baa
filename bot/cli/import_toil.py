"""`needle import toil`: adds a CSV file to a board's toil ledger, each entry once."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.boards import BOARD_HELP, require_board
from bot.cli.terminal.errors import CommandFailed, reported
from bot.cli.terminal.input_file import read
from bot.cli.terminal.output import print_text
from bot.clock import utc_now
from bot.config import StoreSettings
from domain.toil.csv_import import ImportedToil, parse_toil_csv
from domain.toil.ledger import ToilEntry
from storage.boards.boards import Board
from storage.bulk_writes import write_in_chunks
from storage.database import Database, DatabaseUnavailable, Session, open_database
from storage.locks import OfBoard
from storage.planning import toil


def import_file(settings: StoreSettings, text: str, board_name: str, now: datetime) -> str:
    """Import the whole file. Return a sentence that says what was imported.

    `board_name` may be empty if there is only one board. Raise InvalidToilFile and import nothing
    if a row is malformed. Raise CommandFailed if the board isn't found, or if the import is
    interrupted: then a part of the file may be imported.
    """
    with closing(open_database(settings.database_url, create=False)) as database:
        board = require_board(database, board_name)
        parsed = parse_toil_csv(text, board.hours, now)
        return _summary(board, parsed, _store(database, board, list(parsed.entries.items())))


def _store(database: Database, board: Board, entries: Sequence[tuple[str, ToilEntry]]) -> int:
    """Store the entries in chunks, while the bot writes in between. Return how many were new.

    Raise CommandFailed if the database fails, or on Ctrl+C. Its text says how to go on.
    """

    def write(session: Session, chunk: Sequence[tuple[str, ToilEntry]]) -> tuple[int, int]:
        return toil.log_all(session, board, chunk, by="import"), len(chunk)

    new = done = 0
    try:
        for new_in_chunk, chunk_size in write_in_chunks(
            database, OfBoard(board.id), entries, write
        ):
            new += new_in_chunk
            done += chunk_size
    except (DatabaseUnavailable, KeyboardInterrupt) as error:
        raise CommandFailed(
            f"{str(error) or 'Interrupted'}. {done} of {len(entries)} entries are imported. Run the"
            " command again to import the others. It doesn't import an entry twice."
        ) from error
    return new


def _summary(board: Board, parsed: ImportedToil, new: int) -> str:
    parts = [f"{new} new"]
    if duplicates := len(parsed.entries) - new:
        parts.append(f"{duplicates} already imported")
    if parsed.unresolved:
        parts.append(f"{parsed.unresolved} skipped because they aren't resolved yet")
    return f"Toil entries for {board.label}: {', '.join(parts)}."


def import_toil(
    file: Annotated[
        str, typer.Argument(show_default=False, help="A CSV file, or - for standard input.")
    ],
    *,
    board: Annotated[str, typer.Option(metavar="BOARD", show_default=False, help=BOARD_HELP)] = "",
) -> None:
    """Import a CSV file into a board's toil ledger.

    The file is PagerDuty's export of incidents, or has the columns
    kind,source,minutes,at,note[,origin]. If a row is malformed, nothing is imported. An entry
    whose ID or origin was imported before is skipped, so you can repeat an import that was
    interrupted. The bot can run meanwhile.
    """
    with reported():
        text = read(file)
        print_text(import_file(StoreSettings(), text, board, utc_now()))
