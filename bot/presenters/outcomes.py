"""Outcomes of shipped projects: paybacks, and predicted and observed impacts."""

from collections.abc import Collection
from datetime import date, timedelta

from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.project_state import ProjectReference
from domain.toil.payback import MEASURED_AFTER_DAYS, ForecastAccuracy, Payback, forecast_accuracy
from storage.projects import outcomes, projects

WEEK = timedelta(weeks=1)


def in_week(snapshot: BoardSnapshot, after: date) -> list[tuple[ProjectReference, Payback]]:
    """Return the paybacks that came due in the seven days before `after`, in board time."""
    session, board = snapshot.session, snapshot.board
    start, end = board.hours.start_of_day(after - WEEK), board.hours.start_of_day(after)
    spans = {
        days: (start - timedelta(days=days), end - timedelta(days=days))
        for days in MEASURED_AFTER_DAYS
    }
    return [
        (snapshot.reference(project), outcomes.measure_payback(session, board, project, days))
        for project in projects.shipped_in(session, board.id, [*spans.values()])
        for days, (first, after) in spans.items()
        if project.proposal.toil_source and project.status_at and first <= project.status_at < after
    ]


def team_foresight(
    snapshot: BoardSnapshot, numbers: Collection[int]
) -> tuple[ForecastAccuracy, ...]:
    """Compare what the team foresaw for these projects with what it saw.

    Omit values without a quorum of answers. Projects that too few people have scored don't count:
    their scores are hidden.
    """
    board = snapshot.board
    reported = outcomes.list_for_board(
        snapshot.session, board, numbers=numbers, least=board.quorum_needed
    )
    return forecast_accuracy(reported, board.charter.keys, least=board.quorum_needed)


def own_foresight(snapshot: BoardSnapshot, person: str) -> tuple[ForecastAccuracy, ...]:
    """Compare what one person foresaw with what they saw. Show the result only to that person."""
    reported = outcomes.list_for_board(snapshot.session, snapshot.board, person)
    return forecast_accuracy(reported, snapshot.board.charter.keys)
