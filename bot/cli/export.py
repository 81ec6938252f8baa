"""`needle export`: prints a board as a board file, or its ranking as a table."""

from contextlib import closing
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.boards import BoardName, require_board
from bot.cli.terminal.errors import BAD_INPUT, fail, reported
from bot.cli.terminal.output import print_csv, print_data
from bot.clock import utc_now
from bot.config import StoreSettings
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.export import board_file, export_lines
from bot.views.replies.export import COMMA, FORMATS, SEMICOLON, table_text
from storage.database import open_read_only

BOARD_FILE = "json"
FORMAT_NAMES = (BOARD_FILE, *(name for name in FORMATS if name != BOARD_FILE))


def exported(
    settings: StoreSettings,
    board_name: str,
    format_name: str,
    now: datetime,
    *,
    delimiter: str = COMMA,
    include_hidden: bool = False,
) -> str:
    """Return what `needle export` prints. Write nothing.

    A board file has each person's scores, because `needle rank` needs them. Unless
    `include_hidden` is set, it leaves out what Slack hides. A table always does.
    """
    with closing(open_read_only(settings.database_url)) as database:
        board = require_board(database, board_name)
        with database.snapshot() as session:
            snapshot = BoardSnapshot(session, board)
            if format_name == BOARD_FILE:
                return board_file(snapshot, include_hidden=include_hidden)
            current = board.cadence.quarter(now)
            rows = export_lines(snapshot, current)
            return table_text(rows, board.charter, format_name, delimiter)


def export(
    board: BoardName = "",
    *,
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="json: a board file, which `needle rank` reads. csv or md: a table.",
        ),
    ] = BOARD_FILE,
    delimiter: Annotated[
        str,
        typer.Option(
            metavar="DELIMITER",
            help="What separates the columns of a CSV file: , or ;. With ;, numbers have a decimal"
            " comma, as Excel expects where its list separator is ;.",
        ),
    ] = COMMA,
    include_hidden: Annotated[
        bool,
        typer.Option(
            "--include-hidden",
            help="Include the scores that Slack hides, in a board file.",
        ),
    ] = False,
) -> None:
    """Print a board's projects, as a board file or as a table.

    A board file contains each person's scores, except for those that Slack hides from everyone.
    """
    if format_name not in FORMAT_NAMES:
        fail(f"--format: {format_name} is not one of {', '.join(FORMAT_NAMES)}", BAD_INPUT)
    if delimiter not in (COMMA, SEMICOLON):
        fail(f"--delimiter: {delimiter} is not one of {COMMA} {SEMICOLON}", BAD_INPUT)
    if delimiter != COMMA and format_name != "csv":
        fail("--delimiter: only --format csv has one", BAD_INPUT)
    with reported():
        text = exported(
            StoreSettings(),
            board,
            format_name,
            utc_now(),
            delimiter=delimiter,
            include_hidden=include_hidden,
        )
        print_csv(text) if format_name == "csv" else print_data(text)
