"""`needle export`: prints a board as a board file, or its ranking as a table."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.boards import BoardName, board_named
from bot.cli.errors import BAD_INPUT, fail, reported
from bot.clock import utc_now
from bot.config import StoreSettings
from bot.presenters.export import board_file, export_lines
from bot.views.replies.export import FORMATS, table_text
from storage.database import open_read_only

BOARD_FILE = "json"
KINDS = (BOARD_FILE, *(each for each in FORMATS if each != BOARD_FILE))


def exported(settings: StoreSettings, name: str, kind: str, now: datetime) -> str:
    """Return what `needle export` prints. Write nothing.

    A board file has each person's scores, because `needle rank` needs them. A table hides what
    Slack hides.
    """
    database = open_read_only(settings.database_url)
    try:
        board = board_named(database, name)
        with database.snapshot() as session:
            if kind == BOARD_FILE:
                return board_file(session, board)
            current = board.cadence.quarter(now)
            return table_text(export_lines(session, board, current), board.charter, kind)
    finally:
        database.close()


def export(
    board: BoardName,
    *,
    kind: Annotated[
        str, typer.Option("--format", help="json is a board file; csv and md are tables.")
    ] = BOARD_FILE,
) -> None:
    """Print what a board ranks, as a board file with every score or as a table."""
    if kind not in KINDS:
        fail(f"--format: {kind} is not one of {', '.join(KINDS)}", BAD_INPUT)
    with reported():
        typer.echo(exported(StoreSettings(), board, kind, utc_now()).rstrip("\n"))
