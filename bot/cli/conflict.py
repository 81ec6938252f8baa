"""`needle adopt` and `needle remove board`, which end the pause of a board."""

from contextlib import closing
from typing import Annotated

import typer

from bot.cli.boards import BoardName, require_board
from bot.cli.terminal.errors import CommandFailed, reported
from bot.cli.terminal.output import print_text
from bot.clock import utc_now
from bot.config import StoreSettings
from domain.formatting import join_with_and
from storage.boards import boards, removal
from storage.boards.boards import Board
from storage.boards.removal import BoardContents
from storage.database import open_database
from storage.locks import OfBoard, StoreWide


def _require_name(name: str) -> str:
    """Return the name. Raise BadParameter if it is empty, as an unset variable of a script is."""
    if not name.removeprefix("#"):
        raise typer.BadParameter("Name the channel, or give its ID.")
    return name


RequiredBoardName = Annotated[
    str,
    typer.Argument(
        metavar="BOARD", callback=_require_name, help="The channel, by name or ID. Required."
    ),
]


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
        with database.transaction(OfBoard(found.id)) as session:
            boards.adopt_conflicting_store(session, found.id, utc_now())
        print_text(
            f"{found.label} is no longer paused. A running bot reads its cards within a minute."
        )


def remove_board(
    board: RequiredBoardName,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Delete what people stored on the board too.")
    ] = False,
) -> None:
    """Delete a board from the database. Its messages stay in Slack.

    To make the channel a board again, remove Needle from it and invite Needle again.
    """
    with reported(), closing(open_database(StoreSettings().database_url, create=False)) as database:
        found = require_board(database, board)
        with database.transaction(StoreWide((found.id,))) as session:
            contents = removal.contents(session, found.id)
            if not contents.is_empty and not yes:
                raise CommandFailed(
                    f"The database has {describe_contents(contents)} of {found.label}. Copy the"
                    " database with `needle backup`. Then add --yes to delete all of that."
                )
            removal.remove(session, found.id)
            removal.forbid(session, found.team_id, found.channel_id)
        print_text(f"Removed {found.label} from the database.")


def describe_contents(contents: BoardContents) -> str:
    """Return what people stored on a board, for the middle of a sentence."""
    counts = {
        ("project with its votes and scores", "projects with their votes and scores"): (
            contents.projects
        ),
        ("fire", "fires"): contents.fires,
        ("toil entry", "toil entries"): contents.toil,
        ("charter draft", "charter drafts"): contents.drafts,
        ("charter change", "charter changes"): contents.charter_changes,
    }
    parts = [
        f"{count} {one if count == 1 else many}" for (one, many), count in counts.items() if count
    ]
    return join_with_and(parts + ["changed settings"] * contents.has_changed_settings)
