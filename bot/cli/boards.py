"""Lookup of the board that a command names."""

from typing import Annotated

import typer

from bot.cli.errors import CommandFailed
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database

BoardName = Annotated[str, typer.Argument(metavar="BOARD", help="The channel, by name or id.")]


def board_named(database: Database, name: str) -> Board:
    """Return the board with this channel name or id.

    Raise CommandFailed if no board or more than one matches; the text lists the choices.
    """
    with database.snapshot() as session:
        found = boards.find_by_name(session, name)
        known = [board.name or board.channel_id for board in boards.list_all(session)]
    if len(found) == 1:
        return found[0]
    if found:
        channels = ", ".join(board.channel_id for board in found)
        raise CommandFailed(f"More than one board is called {name}: say which of {channels}.")
    if known:
        raise CommandFailed(f"There is no board {name}. There are: #{', #'.join(known)}.")
    raise CommandFailed("There is no board yet: invite Needle to a channel.")


def only_board(database: Database) -> Board:
    """Return the only board. Raise CommandFailed if there is none or more than one."""
    with database.snapshot() as session:
        every = boards.list_all(session)
    if len(every) == 1:
        return every[0]
    if not every:
        raise CommandFailed("There is no board yet: invite Needle to a channel.")
    names = ", ".join(f"#{board.name or board.channel_id}" for board in every)
    raise CommandFailed(f"Say for which board: --board, one of {names}.")
