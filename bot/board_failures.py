"""Boards on which something fails, in the loops over all boards: the other boards go on."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from bot.metrics import FAILING_BOARDS
from storage.boards.boards import Board
from storage.database import DatabaseUnavailable
from storage.readable_rows import UnreadableRow

log = logging.getLogger(__name__)

READ = "read"


class FailureRegister:
    """Ongoing failures, so that each is logged only when it begins."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._reasons: dict[tuple[str, int | str], str] = {}

    def add(self, part: str, key: int | str, reason: str) -> bool:
        """Record a failure. Return whether it is new."""
        with self._lock:
            is_new = self._reasons.get((part, key)) != reason
            self._reasons[part, key] = reason
            self._count(part)
            return is_new

    def remove(self, part: str, key: int | str) -> None:
        with self._lock:
            if self._reasons.pop((part, key), None) is not None:
                self._count(part)

    def keep_only(self, part: str, keys: set[str]) -> None:
        """Forget the failures of a part except for these."""
        for known_part, key in list(self._reasons):
            if known_part == part and key not in keys:
                self.remove(part, key)

    def _count(self, part: str) -> None:
        FAILING_BOARDS.labels(part).set(sum(known == part for known, _ in self._reasons))


REGISTER = FailureRegister()


@contextmanager
def isolated(part: str, board: Board) -> Iterator[None]:
    """Run a loop's block for one board. If it fails, log that once and go on.

    Let DatabaseUnavailable through, because it concerns every board. `part` names the loop.
    """
    try:
        yield
    except DatabaseUnavailable:
        raise
    except Exception as error:
        if REGISTER.add(part, board.id, repr(error)):
            log.exception("board_failed", extra={"part": part, **_board_context(board)})
    else:
        REGISTER.remove(part, board.id)


def report_unreadable(rows: Sequence[UnreadableRow]) -> None:
    """Log once which rows were left out, and count them."""
    for row in rows:
        if REGISTER.add(READ, row.name, row.reason):
            context = {"row": row.name, "board": row.board_id, "error": row.reason}
            log.error("row_unreadable", extra=context)
    REGISTER.keep_only(READ, {row.name for row in rows})


def _board_context(board: Board) -> dict[str, object]:
    return {"board": board.id, "channel": board.channel_id, "board_name": board.label}
