"""The board that someone acts on, and what they may do there. Refuses in words."""

from typing import Any

from slack_sdk import WebClient

from bot.authorization.members import channels_of
from bot.exceptions import Refusal
from bot.views.data.people import someone
from domain.formatting import join_with_and
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.projects import projects
from storage.projects.projects import Project

MOST_DIGITS = 9  # Python refuses to read numbers of thousands of digits
GONE = "That project is no longer here."
NO_BOARD = "This channel ranks no work yet. Type `/invite @Needle` here to begin."


def require_board(session: Session, team_id: str, channel_id: str) -> Board:
    board = boards.find(session, team_id, channel_id)
    if board is None:
        raise Refusal(NO_BOARD)
    return board


def require_steward(board: Board, person: str) -> None:
    """Checked at the act, not at the button."""
    if not board.is_steward(person):
        stewards = join_with_and([someone(steward) for steward in board.stewards])
        raise Refusal(f"Only a steward of this board can do that: ask {stewards}.")


def selectable_boards(
    database: Database, client: WebClient, team_id: str, channel_id: str, user_id: str
) -> list[tuple[str, str]]:
    """The board of the channel where they type; elsewhere, all boards of which they are members."""
    with database.snapshot() as session:
        here = boards.find(session, team_id, channel_id)
        everywhere = [board for board in boards.list_all(session) if board.team_id == team_id]
    if here is not None:
        return [(here.channel_id, here.name or here.channel_id)]
    if not everywhere:
        return []
    theirs = channels_of(client, user_id)
    return [
        (board.channel_id, board.name or board.channel_id)
        for board in everywhere
        if board.channel_id in theirs
    ]


def parse_number(value: Any) -> int | None:
    """The number that a payload or a command holds, which could be anything."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def require_project(session: Session, board: Board, number: str) -> Project:
    """The project of that number, which any payload could have made up."""
    found = parse_number(number)
    project = None if found is None else projects.find(session, board.id, found)
    if project is None:
        raise Refusal(GONE)
    return project


def require_proposer_or_steward(board: Board, project: Project, person: str) -> None:
    """Checked at the act, not at the button."""
    if person != project.proposer and not board.is_steward(person):
        raise Refusal(
            f"{someone(project.proposer)}, who proposed it, or a steward of this board can do that."
        )
