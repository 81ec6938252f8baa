"""The content of a quarter's roadmap and retrospective."""

from datetime import date, datetime

from bot.presenters import quarters
from bot.presenters.board_overview import overview_with_closed
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.outcomes import team_foresight
from bot.views.data.quarter import CommittedRoadmap, PlannedRoadmap, QuarterReview
from domain.calendar.quarter import Quarter
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.tables import PostKind


def roadmap(
    snapshot: BoardSnapshot, quarter: Quarter, now: datetime
) -> PlannedRoadmap | CommittedRoadmap:
    """Return the committed roadmap or, if none is committed, a plan made from what is known now."""
    board = overview_with_closed(snapshot)
    commitment = quarters.committed(snapshot, quarter)
    if commitment is None:
        plan = quarters.planned(snapshot, board.ranking, quarter, now)
        rows = quarters.planned_rows(snapshot, board.ranking, plan)
        undone = quarters.undone(snapshot, quarter)
        return PlannedRoadmap(board, quarter.label, plan, rows, undone)
    return CommittedRoadmap(
        board=board,
        quarter=quarter.label,
        commitment=commitment,
        rows=quarters.rows(snapshot, commitment),
        progress=quarters.retrospective(snapshot, quarter, commitment),
        ended=_has_retrospective(snapshot, quarter),
    )


def _has_retrospective(snapshot: BoardSnapshot, quarter: Quarter) -> bool:
    """Return whether the quarter's retrospective is queued or posted, as it is when it ends."""
    subject = QuarterSubject(quarter.key)
    kind = PostKind.RETROSPECTIVE
    return outbox.latest(snapshot.session, snapshot.board.id, kind, subject) is not None


def retrospective(snapshot: BoardSnapshot, quarter: Quarter, until: date) -> QuarterReview:
    """Return how the quarter ended or, before its end, its current state.

    The share of planned work covers the days before `until`.
    """
    commitment = quarters.committed(snapshot, quarter)
    results = quarters.retrospective(snapshot, quarter, commitment, until)
    return QuarterReview(
        board=overview_with_closed(snapshot),
        quarter=quarter.label,
        retrospective=results,
        changes=commitment.changes if commitment else (),
        foresight=team_foresight(snapshot, [project.number for project in results.shipped]),
        ended=until > quarter.end or _has_retrospective(snapshot, quarter),
    )
