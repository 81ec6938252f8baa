"""`needle backup`: copies a SQLite database while the bot runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal.errors import reported
from bot.cli.terminal.output import print_text
from bot.config import StoreSettings
from storage.backup import back_up


def backup(
    file: Annotated[Path, typer.Argument(show_default=False, help="The file to create.")],
) -> None:
    """Copy a SQLite database while the bot runs, and check the copy.

    For PostgreSQL, use pg_dump.
    """
    with reported():
        size = back_up(StoreSettings().database_url, file)
        print_text(f"Wrote {file} ({size:,} bytes) and checked it.")
