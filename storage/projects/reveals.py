"""Early reveals: some days after the proposal, one score is enough to show a project's results.

The database stores since when, so that reading needs no clock.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, false, or_, update
from sqlmodel import Session, col, select

from domain.projects.lifecycle import RANKED_STATUSES
from storage.boards.boards import Board
from storage.tables import ProjectRow


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


def _is_outdated(board: Board, now: datetime) -> ColumnElement[bool]:
    """Return the condition for a project that is revealed too late or too early."""
    days = board.charter.reveal_after_days
    is_old_enough = col(ProjectRow.proposed_at) <= now - timedelta(days=days) if days else false()
    is_revealed = col(ProjectRow.revealed_at).is_not(None)
    is_open = col(ProjectRow.status).in_(RANKED_STATUSES)
    return and_(
        col(ProjectRow.board_id) == board.id,
        or_(and_(~is_revealed, is_old_enough, is_open), and_(is_revealed, ~is_old_enough)),
    )
