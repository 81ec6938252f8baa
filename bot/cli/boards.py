"""`needle boards`, and the lookup of the board that a command names."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.terminal.errors import FAILED, CommandFailed, reported
from bot.cli.terminal.output import print_text
from bot.clock import utc_now
from bot.config import StoreSettings
from bot.views.blocks.escape import strip_controls
from domain.projects.lifecycle import RANKED_STATUSES
from storage.boards import boards as board_storage
from storage.boards.boards import Board
from storage.database import Database, Session, open_read_only
from storage.planning.team_size import team_size
from storage.projects import projects
from storage.readable_rows import UnreadableRow, skip_unreadable, unreadable_rows

BOARD_HELP = "The channel, by name or ID. You can leave it out if there is only one board."
BoardName = Annotated[str, typer.Argument(metavar="BOARD", show_default=False, help=BOARD_HELP)]

NO_BOARDS = "There are no boards. Invite Needle to a channel to make it a board."


def require_board(database: Database, name: str) -> Board:
    """Return the board with this channel name or ID, or the only board if the name is empty.

    Raise CommandFailed if no board or more than one matches; the text lists the choices.
    """
    with database.snapshot() as session:
        every_board = board_storage.list_all(session)
        matches = board_storage.find_by_name(session, name) if name else every_board
        unreadable = unreadable_rows(session)
    if len(matches) == 1 and (name or not unreadable):
        return matches[0]
    for row in unreadable:
        if not name or name.removeprefix("#") == row.name.removeprefix("#"):
            raise CommandFailed(cant_be_read(row))
    if not every_board:
        raise CommandFailed(NO_BOARDS)
    known = ", ".join(board.label for board in every_board)
    if not name:
        raise CommandFailed(f"There is more than one board. Name one of them: {known}.")
    if matches:
        channel_ids = ", ".join(board.channel_id for board in matches)
        raise CommandFailed(f"More than one board is called {name}. Use its ID: {channel_ids}.")
    raise CommandFailed(f"There is no board {name}. Known boards: {known}.")


def cant_be_read(row: UnreadableRow) -> str:
    """Return a sentence that says which board can't be read, and why."""
    return f"{row.name} can't be read: {row.reason}"


@dataclass(frozen=True)
class BoardSummary:
    """A row of `needle boards`."""

    channel: str
    channel_id: str
    people: str
    open_projects: str
    charter: str
    next_digest: str


HEADINGS = BoardSummary("CHANNEL", "ID", "PEOPLE", "OPEN PROJECTS", "CHARTER", "NEXT DIGEST")


def summarize(session: Session, board: Board, now: datetime) -> BoardSummary:
    """Return what an operator wants to know about a board."""
    every_project = projects.list_for_board(session, board.id)
    return BoardSummary(
        channel=strip_controls(board.label),
        channel_id=board.channel_id,
        people=f"{team_size(session, board, now).people:g}",
        open_projects=str(sum(project.status in RANKED_STATUSES for project in every_project)),
        charter=f"v{board.charter_version}",
        next_digest=_next_digest(board, now) if every_project else "after the first proposal",
    )


def _next_digest(board: Board, now: datetime) -> str:
    local = board.cadence.to_local(board.next_digest(now).due_at)
    return f"{local:%a %Y-%m-%d %H:%M} {board.cadence.time_zone}"


def boards() -> None:
    """List the boards, which are the channels that use Needle.

    PEOPLE is how many people work on projects: the stewards' setting or, without one, the full
    members who were active in the last 90 days. The first digest comes after the first proposal.
    A board that can't be read is named on standard error, and the exit status is 1.
    """
    with reported(), closing(open_read_only(StoreSettings().database_url)) as database:
        with database.snapshot() as session:
            rows = []
            for board in board_storage.list_all(session):
                with skip_unreadable(session, board.label, board.id):
                    rows.append(summarize(session, board, utc_now()))
            unreadable = unreadable_rows(session)
        if not rows and not unreadable:
            print_text(NO_BOARDS, to_stderr=True)
            return
        for line in aligned([HEADINGS, *rows]):
            print_text(line)
        for row in unreadable:
            print_text(cant_be_read(row), to_stderr=True)
        if unreadable:
            raise typer.Exit(FAILED)


def aligned(rows: list[BoardSummary]) -> list[str]:
    """Return the rows as lines with aligned columns, for people and for `awk`."""
    cells = [tuple(vars(row).values()) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
