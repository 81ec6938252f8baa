"""`needle adopt` and `needle remove board`, which end the pause of a board."""

from contextlib import closing
from typing import Annotated

import typer

from bot.cli.boards import BoardName, require_board
from bot.cli.errors import CommandFailed, reported
from bot.cli.output import print_text
from bot.clock import utc_now
from bot.config import StoreSettings
from storage.boards import boards, removal
from storage.boards.boards import Board
from storage.database import open_database
from storage.projects import projects


def pause_reason(board: Board) -> str:
    """Return why a board is paused, and how to end the pause."""
    return (
        "paused, because another Needle database posted in this channel. To use the other database,"
        " set DATABASE_URL to it. To continue the board in this database, with the projects on the"
        f" cards, run `needle adopt {board.channel_id}`. To leave the channel to the other"
        f" database, run `needle remove board {board.channel_id}`."
    )


def adopt(board: BoardName = "") -> None:
    """Resume a board that is paused because another Needle database posted in its channel.

    Stop the bot that uses the other database first. The projects and votes on the other database's
    cards become part of this database. Scores and comments don't, because they aren't in Slack. A
    running bot reads the channel within a minute.
    """
    with reported(), closing(open_database(StoreSettings().database_url, create=False)) as database:
        found = require_board(database, board)
        if not found.has_conflict:
            print_text(f"{found.label} isn't paused, so there is nothing to adopt.")
            return
        with database.transaction() as session:
            boards.adopt_conflicting_store(session, found.id, utc_now())
        print_text(
            f"{found.label} is no longer paused. A running bot reads its cards within a minute."
        )


def remove_board(
    board: BoardName = "",
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Delete the board's projects too. Required if it has any.")
    ] = False,
) -> None:
    """Delete a board from the database. Its messages stay in Slack.

    To make the channel a board again, remove Needle from it and invite Needle again.
    """
    with reported(), closing(open_database(StoreSettings().database_url, create=False)) as database:
        found = require_board(database, board)
        with database.transaction() as session:
            count = len(projects.list_for_board(session, found.id))
            if count and not yes:
                what = "project" if count == 1 else "projects"
                raise CommandFailed(
                    f"{found.label} has {count} {what} in the database, with votes and scores. Copy"
                    f" the database with `needle backup`. Then add --yes to delete the {what} too."
                )
            removal.remove(session, found.id)
            removal.forbid(session, found.team_id, found.channel_id)
        print_text(f"Removed {found.label} from the database.")
