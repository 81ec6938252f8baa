"""`needle adopt` and `needle remove board`: end the pause of a board where another store posted."""

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
    """Return why a board is paused, and what ends that."""
    return (
        "paused, because another database of Needle posted in this channel. To continue the board"
        f" here, with the projects that its cards show, run `needle adopt {board.channel_id}`. If"
        " the other database is the right one, set DATABASE_URL to it, or run"
        f" `needle remove board {board.channel_id}`."
    )


def adopt(board: BoardName = "") -> None:
    """Adopt what another database of Needle posted in a board's channel.

    Needle pauses such a board, because both databases may use the same numbers. This command takes
    over the posts, with the projects and votes that Slack shows. Scores and comments aren't in
    Slack. Stop the other bot first. A running bot reads the channel within a minute.
    """
    with reported(), closing(open_database(StoreSettings().database_url, create=False)) as database:
        found = require_board(database, board)
        if not found.has_conflict:
            print_text(f"{found.label} isn't paused, so there is nothing to adopt.")
            return
        with database.transaction() as session:
            boards.adopt_conflicting_store(session, found.id, utc_now())
        print_text(f"{found.label} continues here. The bot now reads its cards from Slack.")


def remove_board(
    board: BoardName = "",
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Delete the board's projects too. Needed if it has any.")
    ] = False,
) -> None:
    """Delete a board from the database. Its messages stay in Slack.

    The channel becomes a board again if someone invites Needle to it.
    """
    with reported(), closing(open_database(StoreSettings().database_url, create=False)) as database:
        found = require_board(database, board)
        with database.transaction() as session:
            count = len(projects.list_for_board(session, found.id))
            if count and not yes:
                what = "project" if count == 1 else "projects"
                raise CommandFailed(
                    f"{found.label} has {count} {what} in the database, with votes and scores. To"
                    " delete them too, add --yes. Make a copy with `needle backup` first."
                )
            removal.remove(session, found.id)
            removal.forbid(session, found.team_id, found.channel_id)
        print_text(f"Removed {found.label} from the database.")
