"""The content of toil ledgers, read from the database."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.toil_ledger import ToilLedger, ToilSource
from domain.projects.lifecycle import RANKED_STATUSES, Status
from domain.toil.ledger import TREND_WEEKS, DateRange, SourceTotals, is_source_named, weekly_trend
from storage.boards.boards import Board
from storage.planning import toil
from storage.planning.team_size import team_size
from storage.projects.projects import Project

WEEK = timedelta(weeks=1)
MONTH = timedelta(weeks=4)


def ledger(snapshot: BoardSnapshot, after: date) -> ToilLedger | None:
    """Return the toil of the weeks before the day `after`, or None if the ledger is empty."""
    session, board = snapshot.session, snapshot.board
    if toil.first_entry_at(session, board.id) is None:
        return None
    people = team_size(session, board, board.hours.start_of_day(after)).people
    month = toil.summary(session, board, DateRange(after - MONTH, after), people)
    today = after - timedelta(days=1)
    weeks = DateRange(today - (TREND_WEEKS + 1) * WEEK, after)
    removing = [project for project in snapshot.projects if _removes_toil(project, board, after)]
    links = snapshot.permalinks
    return ToilLedger(
        week=toil.summary(session, board, DateRange(after - WEEK, after), people),
        month=month,
        trend=weekly_trend(toil.in_span(session, board, weeks), board.hours, today),
        sources=tuple(_toil_source(source, removing, links) for source in month.sources),
    )


def _removes_toil(project: Project, board: Board, after: date) -> bool:
    """Return whether a project is open, or shipped in the month before `after`.

    If it shipped in that month, most of the toil that the ledger shows is older.
    """
    if project.status is Status.SHIPPED and project.status_at is not None:
        return board.cadence.today(project.status_at) >= after - MONTH
    return project.status in RANKED_STATUSES


def _toil_source(
    source: SourceTotals, removing: list[Project], links: Mapping[int, str]
) -> ToilSource:
    for project in removing:
        if is_source_named(source.name, [project.proposal.toil_source]):
            name = f"#{project.number} {project.proposal.title}"
            shipped = ", shipped" if project.status is Status.SHIPPED else ""
            return ToilSource(source, name + shipped, links.get(project.id))
    return ToilSource(source)
