"""`needle migrate-store`: moves a SQLite database to PostgreSQL."""

from typing import Annotated

import typer

from bot.cli.terminal.errors import CommandFailed, reported
from bot.cli.terminal.output import print_text
from bot.config import StoreSettings
from storage.server_copy import StoreCopy, copy_to_server


def migrate_store(
    url: Annotated[
        str,
        typer.Argument(
            show_default=False,
            help="The empty PostgreSQL database, as postgresql+psycopg://USER@HOST/NAME. To keep"
            " the password out of the list of processes, set PGPASSWORD.",
        ),
    ],
) -> None:
    """Move a SQLite database to an empty PostgreSQL database.

    Stop the bot first. The command copies every table, compares every row, and marks the SQLite
    file, so that Needle refuses it from then on. If the command fails, the PostgreSQL database
    stays empty, and the bot can go on with the file. You can repeat an interrupted command. To
    standard error, it prints the number of rows in each table.
    """
    with reported():
        print_text(describe_copy(_copy(StoreSettings().database_url, url)))


def _copy(database_url: str, url: str) -> StoreCopy:
    """Copy the database. Print how many rows each table has to standard error."""
    try:
        return copy_to_server(
            database_url, url, lambda step: print_text(f"  {step}", to_stderr=True)
        )
    except KeyboardInterrupt as error:
        raise CommandFailed("Interrupted. Run the command again to move the database.") from error


def describe_copy(copy: StoreCopy) -> str:
    """Return what was copied, and what to do next."""
    done = "Compared" if copy.was_complete else "Copied and compared"
    lines = [f"{done} {copy.rows:,} rows. The database is now {copy.location}."]
    if copy.foreign_tables:
        names = ", ".join(copy.foreign_tables)
        lines.append(f"Not copied, because these tables aren't Needle's: {names}.")
    lines.append("Set DATABASE_URL to it with its password, and start the bot.")
    return "\n".join(lines)
