"""The board that someone acts on, and what they may do there. Refuses in words."""

from bot.refusal import Refusal
from bot.views.wording import someone
from storage import boards
from storage.boards import Board
from storage.database import Session
from values.wording import listed

NO_BOARD = "This channel ranks no work yet. Type `/invite @Needle` here to begin."


def board_in(session: Session, team_id: str, channel_id: str) -> Board:
    board = boards.find(session, team_id, channel_id)
    if board is None:
        raise Refusal(NO_BOARD)
    return board


def require_steward(board: Board, person: str) -> None:
    """Checked at the act, not at the button."""
    if not board.is_steward(person):
        stewards = listed([someone(steward) for steward in board.stewards])
        raise Refusal(f"Only a steward of this board can do that: ask {stewards}.")
