"""The content of posts and replies about fires."""

from bot.views.data.fires import Burning
from storage.boards.boards import Board
from storage.boards.fires import Fire


def burning_fire(board: Board, fire: Fire) -> Burning:
    """Return the fire with its value's label and its start in the board's time zone."""
    return Burning(
        value=fire.value,
        label=board.charter.label(fire.value),
        what=fire.what,
        by=fire.declared_by,
        since=board.cadence.local(fire.declared_at),
    )
