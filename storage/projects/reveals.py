"""Early reveals: some days after the proposal, one score is enough to show a project's results.

The database stores since when, so that reading needs no clock.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, false, or_, update
from sqlmodel import Session, col, select

from domain.projects.lifecycle import RANKED_STATUSES
from domain.ranking.charter import Charter
from storage.boards.boards import Board
from storage.tables import ProjectRow

IS_OPEN = col(ProjectRow.status).in_(RANKED_STATUSES)


def are_due(session: Session, board: Board, now: datetime) -> bool:
    """Return whether a project has to be revealed, or to be hidden again."""
    query = select(ProjectRow.id).where(_is_outdated(board, now)).limit(1)
    return session.exec(query).first() is not None


def update_due(session: Session, board: Board, now: datetime) -> None:
    """Reveal the open projects that are due by the charter. Hide those that no longer are.

    Their cards show an old state then.
    """
    session.execute(
        update(ProjectRow)
        .where(_is_outdated(board, now))
        .values(
            revealed_at=case((col(ProjectRow.revealed_at).is_(None), now), else_=None),
            revision=col(ProjectRow.revision) + 1,
        )
    )


def revealed_by(session: Session, board_id: int, charter: Charter, now: datetime) -> frozenset[int]:
    """Return the numbers of the open projects that a charter would have revealed by now."""
    query = select(ProjectRow.number).where(
        ProjectRow.board_id == board_id, IS_OPEN, _is_old_enough(charter, now)
    )
    return frozenset(session.exec(query).all())


def _is_outdated(board: Board, now: datetime) -> ColumnElement[bool]:
    """Return the condition for a project that is revealed too late or too early."""
    is_old_enough = _is_old_enough(board.charter, now)
    is_revealed = col(ProjectRow.revealed_at).is_not(None)
    return and_(
        col(ProjectRow.board_id) == board.id,
        or_(and_(~is_revealed, is_old_enough, IS_OPEN), and_(is_revealed, ~is_old_enough)),
    )


def _is_old_enough(charter: Charter, now: datetime) -> ColumnElement[bool]:
    days = charter.reveal_after_days
    return col(ProjectRow.proposed_at) <= now - timedelta(days=days) if days else false()
