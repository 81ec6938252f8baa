"""The content of a quarter's roadmap and retrospective."""

from datetime import date, datetime

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.outcomes import team_foresight
from bot.views.data.quarter import CommittedRoadmap, PlannedRoadmap, QuarterReview
from domain.calendar.quarter import Quarter
from storage.boards.boards import Board
from storage.database import Session
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.tables import PostKind


def roadmap(
    session: Session, board: Board, quarter: Quarter, now: datetime
) -> PlannedRoadmap | CommittedRoadmap:
    """Return the committed roadmap or, if none is committed, a plan made from what is known now."""
    snapshot = BoardSnapshot(session, board)
    seen = overview(snapshot)
    commitment = quarters.committed(session, board, quarter)
    if commitment is None:
        plan = quarters.planned(session, board, seen, quarter, now)
        return PlannedRoadmap(seen, quarter.label, plan)
    return CommittedRoadmap(
        board=seen,
        quarter=quarter.label,
        commitment=commitment,
        rows=quarters.rows(session, board, commitment),
        progress=quarters.retrospective(session, board, quarter),
        # The retrospective of a quarter is queued when the quarter ends.
        ended=outbox.latest(session, board.id, PostKind.RETROSPECTIVE, QuarterSubject(quarter.key))
        is not None,
    )


def retrospective(session: Session, board: Board, quarter: Quarter, until: date) -> QuarterReview:
    """Return how the quarter ended or, before its end, its current state.

    The share of planned work covers the days before `until`.
    """
    commitment = quarters.committed(session, board, quarter)
    return QuarterReview(
        board=overview(BoardSnapshot(session, board)),
        quarter=quarter.label,
        retrospective=quarters.retrospective(session, board, quarter, until),
        changes=commitment.changes if commitment else (),
        foresight=team_foresight(session, board),
    )
