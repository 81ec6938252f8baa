"""Everything that a board's ranking and plan follow from, in a form that is cheap to compare.

A ranking reads every score. If it is computed before the writers' lock is taken, a comparison of
the inputs under the lock tells whether it still holds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from storage.boards import boards
from storage.boards.boards import Board
from storage.planning import toil
from storage.tables import (
    AccountType,
    FireRow,
    PersonRow,
    PostKind,
    PostRow,
    ProjectRow,
    RoadmapChangeRow,
    RoadmapRow,
    ToilRow,
)

# A plan reads the toil of the quarter before the current or the next one.
TOIL_PERIOD = timedelta(days=366)

Rows = tuple[Row[Any], ...]


@dataclass(frozen=True)
class PlanInputs:
    """The inputs of a board's ranking, and of the plans of its current and next quarter.

    A project's revision grows with its proposal, owner, steps and status, with its scores and
    votes, and when it is revealed or the charter changes. Votes also begin to count when Slack's
    answer tells which message is a card. Time is an input too: compare inputs of the same `now`.
    """

    board: Board  # With its settings and its charter.
    projects: Rows  # How many there are, and the sum of their revisions, which only grow.
    cards: Rows  # How many messages are cards, and the newest.
    members: frozenset[str]
    fires: Rows
    roadmaps: Rows
    roadmap_changes: Rows
    toil: Rows
    first_toil_at: datetime | None


def read(session: Session, team_id: str, channel_id: str, now: datetime) -> PlanInputs | None:
    """Return the inputs of a channel's plan at `now`, or None if the channel has no board."""
    board = boards.find(session, team_id, channel_id)
    if board is None:
        return None
    members = select(col(PersonRow.user_id)).where(
        col(PersonRow.team_id) == team_id, col(PersonRow.kind) == AccountType.MEMBER
    )
    return PlanInputs(
        board=board,
        projects=_rows(
            session,
            select(func.count(), func.sum(col(ProjectRow.revision))).where(
                col(ProjectRow.board_id) == board.id
            ),
        ),
        cards=_rows(
            session,
            select(func.count(col(PostRow.ts)), func.max(col(PostRow.ts))).where(
                col(PostRow.board_id) == board.id, col(PostRow.kind) == PostKind.CARD
            ),
        ),
        members=frozenset(session.scalars(members)),
        fires=_rows(
            session,
            select(col(FireRow.id), col(FireRow.value), col(FireRow.revision)).where(
                col(FireRow.board_id) == board.id, col(FireRow.cleared_at).is_(None)
            ),
        ),
        roadmaps=_rows(
            session,
            select(
                col(RoadmapRow.id), col(RoadmapRow.committed_at), col(RoadmapRow.undone_at)
            ).where(col(RoadmapRow.board_id) == board.id),
        ),
        roadmap_changes=_rows(
            session,
            select(func.count(), func.max(col(RoadmapChangeRow.id)))
            .join(RoadmapRow, col(RoadmapRow.id) == col(RoadmapChangeRow.roadmap_id))
            .where(col(RoadmapRow.board_id) == board.id),
        ),
        toil=_rows(
            session,
            select(
                col(ToilRow.id),
                col(ToilRow.kind),
                col(ToilRow.minutes),
                col(ToilRow.at),
                col(ToilRow.out_of_hours),
            )
            .where(col(ToilRow.board_id) == board.id, col(ToilRow.at) > now - TOIL_PERIOD)
            .order_by(col(ToilRow.id)),
        ),
        first_toil_at=toil.first_entry_at(session, board.id),
    )


def _rows(session: Session, query: Any) -> Rows:
    return tuple(session.execute(query).all())
