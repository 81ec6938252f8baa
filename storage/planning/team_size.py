"""The number of people that a board plans with."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, and_, exists, or_, union, union_all
from sqlmodel import Session, col, select

from domain.planning.capacity import TeamSize
from domain.projects.lifecycle import RANKED_STATUSES, Status
from storage.boards.boards import Board
from storage.json_entries import json_entries
from storage.tables import AccountType, HistoryRow, PersonRow, ProjectRow, ScoreRow

CLOSED_STATUSES = [status for status in Status if status not in RANKED_STATUSES]
ACTIVE_PERIOD = timedelta(days=90)


def team_size(session: Session, board: Board, now: datetime) -> TeamSize:
    """Return the stewards' setting or, without one, the number of active full members.

    Active members have scored, proposed or shipped on this board in the last 90 days, or own a
    project that is open or that shipped in this time.
    """
    active = [] if board.people is not None else _active_members(session, board, now)
    return TeamSize.of(board.people, active)


def _active_members(session: Session, board: Board, now: datetime) -> list[str]:
    since = now - ACTIVE_PERIOD
    answer = json_entries(col(ScoreRow.impacts))
    # Nobody has scored, proposed or shipped a project since it closed, so older ones aren't read.
    of_board = select(col(ProjectRow.id)).where(ProjectRow.board_id == board.id)
    recent = union_all(
        of_board.where(col(ProjectRow.status).in_(RANKED_STATUSES)),
        of_board.where(
            col(ProjectRow.status).in_(CLOSED_STATUSES), col(ProjectRow.status_at) >= since
        ),
    )
    active: CompoundSelect[Any] = union(
        select(ScoreRow.person)
        .join(ProjectRow, col(ProjectRow.id) == col(ScoreRow.project_id))
        .where(
            col(ProjectRow.id).in_(recent),
            ScoreRow.given_at >= since,
            exists().where(answer.c.value.is_not(None)),
        ),
        select(ProjectRow.proposer).where(
            col(ProjectRow.id).in_(recent), ProjectRow.proposed_at >= since
        ),
        select(ProjectRow.owner).where(
            col(ProjectRow.id).in_(recent),
            or_(
                col(ProjectRow.status).in_(RANKED_STATUSES),
                and_(col(ProjectRow.status) == Status.SHIPPED, col(ProjectRow.status_at) >= since),
            ),
        ),
        select(HistoryRow.person)
        .join(ProjectRow, col(ProjectRow.id) == col(HistoryRow.project_id))
        .where(
            col(ProjectRow.id).in_(recent),
            HistoryRow.what == Status.SHIPPED,
            HistoryRow.at >= since,
        ),
    )
    return list(
        session.exec(
            select(PersonRow.user_id).where(
                PersonRow.team_id == board.team_id,
                PersonRow.kind == AccountType.MEMBER,
                col(PersonRow.user_id).in_(active),
            )
        ).all()
    )
