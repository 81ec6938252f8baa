"""Early reveals: some days after the proposal, one score is enough to show a project's results.

The database stores since when, so that reading needs no clock.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, false, func, or_, update
from sqlmodel import Session, col, select

from domain.projects.lifecycle import RANKED_STATUSES, Status
from domain.ranking.charter import Charter
from storage.boards.boards import Board
from storage.tables import ProjectRow

IS_OPEN = col(ProjectRow.status).in_(RANKED_STATUSES)


def are_due(session: Session, board: Board, now: datetime) -> bool:
    """Return whether a project has to be revealed, or to be hidden again."""
    return any(
        session.exec(select(ProjectRow.id).where(condition).limit(1)).first() is not None
        for condition in _outdated(board, now)
    )


def update_due(session: Session, board: Board, now: datetime) -> None:
    """Reveal the open projects that are due by the charter. Hide those that no longer are.

    Their cards show an old state then.
    """
    session.execute(
        update(ProjectRow)
        .where(or_(*_outdated(board, now)))
        .values(
            revealed_at=case((col(ProjectRow.revealed_at).is_(None), now), else_=None),
            revision=col(ProjectRow.revision) + 1,
        )
    )


def next_due(session: Session, board: Board) -> datetime | None:
    """Return when the next open project is revealed by the charter, or None."""
    days = board.charter.reveal_after_days
    first: datetime | None = session.exec(
        select(func.min(col(ProjectRow.proposed_at))).where(
            ProjectRow.board_id == board.id, IS_OPEN, col(ProjectRow.revealed_at).is_(None)
        )
    ).one()
    return first + timedelta(days=days) if days and first is not None else None


def revealed_by(session: Session, board_id: int, charter: Charter, now: datetime) -> frozenset[int]:
    """Return the numbers of the open projects that a charter would have revealed by now."""
    query = select(ProjectRow.number).where(
        ProjectRow.board_id == board_id, IS_OPEN, _is_old_enough(charter, now)
    )
    return frozenset(session.exec(query).all())


def _outdated(board: Board, now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions for a project that is revealed too late, and for one too early.

    An index finds the projects of each. Together, they would read all projects.
    """
    is_old_enough = _is_old_enough(board.charter, now)
    is_revealed = col(ProjectRow.revealed_at).is_not(None)
    of_board = col(ProjectRow.board_id) == board.id
    has_any_status = col(ProjectRow.status).in_([*Status])
    return (
        and_(of_board, IS_OPEN, ~is_revealed, is_old_enough),
        and_(of_board, has_any_status, is_revealed, ~is_old_enough),
    )


def _is_old_enough(charter: Charter, now: datetime) -> ColumnElement[bool]:
    days = charter.reveal_after_days
    return col(ProjectRow.proposed_at) <= now - timedelta(days=days) if days else false()
