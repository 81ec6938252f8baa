"""`needle backup`: copies the store while the bot runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import reported
from bot.config import StoreSettings
from storage.backup import back_up


def backup(
    file: Annotated[Path, typer.Argument(help="A new file for the copy.")],
) -> None:
    """Copy the store, consistently, while the bot runs."""
    with reported():
        size = back_up(StoreSettings().database_url, file)
        typer.echo(f"{file}: {size:,} bytes, checked.")
