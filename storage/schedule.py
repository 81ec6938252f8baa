"""Schedule of the boards: when something may next be due on each.

Checking a board for what is due takes several queries, and on most boards nothing is due for days.
So a check stores when something may next be due if nothing changes on the board until then. Each
transaction that may change a board's rows voids that: the board is due for a check at once.

`changes` counts these transactions. It is read before the facts, and what a check found is stored
only if it is still the same. So no change is lost that was committed during the check.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, text, update
from sqlmodel import Session, SQLModel, col, select

from storage.locks import OfBoard, OfChannel, StoreWide, WriterLock, held
from storage.tables import BoardRow, BoardScheduleRow

# The next check is at most two days ahead: a time zone may skip a day. A later one was stored by a
# clock that was ahead.
MAX_AHEAD = timedelta(days=3)

SCHEDULE_TABLE = SQLModel.metadata.tables["board_schedule"]
# A board without a row gets one. The condition on the board isn't repeated for an existing row.
VOID = """INSERT INTO board_schedule (board_id, changes) SELECT id, 1 FROM board WHERE {which}
    ON CONFLICT (board_id) DO UPDATE SET changes = board_schedule.changes + 1, due_at = NULL"""
VOID_BOARD = text(VOID.format(which="id = :board_id"))
VOID_CHANNEL = text(VOID.format(which="team_id = :team_id AND channel_id = :channel_id"))
SELECT_ALL = select(BoardRow.id, BoardScheduleRow.changes, BoardScheduleRow.due_at).outerjoin(
    BoardScheduleRow, col(BoardScheduleRow.board_id) == col(BoardRow.id)
)
SELECT_DUE = select(
    BoardScheduleRow.board_id, BoardScheduleRow.changes, BoardScheduleRow.due_at
).where(
    or_(
        SCHEDULE_TABLE.c.due_at.is_(None),
        SCHEDULE_TABLE.c.due_at <= bindparam("now"),
        SCHEDULE_TABLE.c.due_at > bindparam("latest"),
    )
)
STORE_IF_UNCHANGED = (
    update(SCHEDULE_TABLE)
    .where(
        SCHEDULE_TABLE.c.board_id == bindparam("of_board"),
        SCHEDULE_TABLE.c.changes == bindparam("seen_changes"),
    )
    .values(due_at=bindparam("next_due_at"))
)


@dataclass(frozen=True)
class NextCheck:
    """When something may next be due on a board, after `changes` changes of its rows.

    `due_at` is None if that may be at any time. `changes` is None if the board has no schedule.
    """

    board_id: int
    changes: int | None
    due_at: datetime | None


def void(session: Session) -> None:
    """Let the boards be checked whose locks the session has. It may have changed their rows.

    Run this last in a transaction: a transaction with the store-wide lock may wait for the rows.
    """
    ids: set[int] = set()
    for lock in held(session):
        ids |= _board_ids(lock)
        if isinstance(lock, OfChannel):
            channel = {"team_id": lock.team_id, "channel_id": lock.channel_id}
            session.connection().execute(VOID_CHANNEL, channel)
    if ids:
        rows = [{"board_id": board_id} for board_id in sorted(ids)]
        session.connection().execute(VOID_BOARD, rows)


def _board_ids(lock: WriterLock) -> set[int]:
    match lock:
        case OfBoard(board_id):
            return {board_id}
        case StoreWide(board_ids):
            return {*board_ids}
    return set()


def list_all(session: Session) -> list[NextCheck]:
    """Return the schedule of every board."""
    return [NextCheck(row[0] or 0, row[1], row[2]) for row in session.execute(SELECT_ALL)]


def list_due(session: Session, now: datetime) -> list[NextCheck]:
    """Return the schedule of the boards that must be checked now. Read no others."""
    params = {"now": now, "latest": now + MAX_AHEAD}
    return [NextCheck(*row) for row in session.execute(SELECT_DUE, params)]


def save(session: Session, checks: Sequence[NextCheck]) -> None:
    """Store when boards must be checked next, except those that changed since their checks.

    The caller has the store-wide lock. It needs no board's lock, because each row is stored only
    if it is still the one that was read.
    """
    if missing := [check.board_id for check in checks if check.changes is None]:
        rows = [{"board_id": board_id} for board_id in missing]
        session.connection().execute(VOID_BOARD, rows)
    if known := [check for check in checks if check.changes is not None]:
        session.connection().execute(STORE_IF_UNCHANGED, _parameters(known))


def _parameters(checks: Collection[NextCheck]) -> list[dict[str, object]]:
    return [
        {
            "of_board": check.board_id,
            "seen_changes": check.changes,
            "next_due_at": check.due_at,
        }
        for check in sorted(checks, key=lambda check: check.board_id)
    ]
