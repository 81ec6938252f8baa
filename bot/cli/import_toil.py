"""`needle import toil`: adds a CSV file to a board's toil ledger, each entry once."""

from contextlib import closing
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.boards import BOARD_HELP, channel_label, require_board
from bot.cli.errors import reported
from bot.cli.input_file import read
from bot.clock import utc_now
from bot.config import StoreSettings
from domain.toil.csv_import import ImportedToil, parse_toil_csv
from storage.boards.boards import Board
from storage.database import open_database
from storage.planning import toil


def import_file(settings: StoreSettings, text: str, board_name: str, now: datetime) -> str:
    """Import the whole file. Return a sentence that says what was imported.

    `board_name` may be empty if there is only one board. Raise InvalidToilFile and import nothing
    if a row is malformed. Raise CommandFailed if the board isn't found.
    """
    with closing(open_database(settings.database_url, create=False)) as database:
        board = require_board(database, board_name)
        parsed = parse_toil_csv(text, board.hours, now)
        with database.transaction() as session:
            new = toil.log_all(session, board, parsed.entries, by="import")
        return _summary(board, parsed, new)


def _summary(board: Board, parsed: ImportedToil, new: int) -> str:
    parts = [f"{new} new"]
    if duplicates := len(parsed.entries) - new:
        parts.append(f"{duplicates} already imported")
    if parsed.unresolved:
        parts.append(f"{parsed.unresolved} skipped because they aren't resolved yet")
    return f"Toil entries for {channel_label(board)}: {', '.join(parts)}."


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
    whose ID or origin was imported before is skipped.
    """
    with reported():
        text = read(file)
        typer.echo(import_file(StoreSettings(), text, board, utc_now()))
