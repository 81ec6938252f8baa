"""The content of posts and replies about fires."""

from bot.views.data.fires import BurningFire
from storage.boards.boards import Board
from storage.boards.fires import Fire


def burning_fire(board: Board, fire: Fire) -> BurningFire:
    """Return the fire with its value's label and its start in the board's time zone."""
    return BurningFire(
        value=fire.value,
        label=board.charter.label(fire.value),
        reason=fire.what,
        declared_by=fire.declared_by,
        since=board.cadence.to_local(fire.declared_at),
        reason_by=fire.reason_by,
    )
