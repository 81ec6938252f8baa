"""The content of toil ledgers, read from the database."""

from datetime import UTC, date, datetime, timedelta

from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.toil_ledger import ToilLedger, ToilSource
from domain.projects.lifecycle import Status
from domain.toil.ledger import TREND_WEEKS, DateRange, SourceTotals, is_source_named, weekly_trend
from storage.planning import toil
from storage.planning.team_size import team_size
from storage.projects import projects
from storage.projects.projects import Project

WEEK = timedelta(weeks=1)
LAST_MOMENT = datetime.max.replace(tzinfo=UTC)
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
    removing = [*snapshot.open_projects, *_shipped_since(snapshot, after - MONTH)]
    removing.sort(key=lambda project: project.number)
    return ToilLedger(
        week=toil.summary(session, board, DateRange(after - WEEK, after), people),
        month=month,
        trend=weekly_trend(toil.in_span(session, board, weeks), board.hours, today),
        sources=tuple(_toil_source(source, removing, snapshot) for source in month.sources),
    )


def _shipped_since(snapshot: BoardSnapshot, first_day: date) -> list[Project]:
    """Return the projects that shipped on this day or later.

    Most of the toil that a month's ledger shows is older than what shipped in that month.
    """
    board = snapshot.board
    span = board.hours.start_of_day(first_day - timedelta(days=1)), LAST_MOMENT
    return [
        project
        for project in projects.shipped_in(snapshot.session, board.id, [span])
        if project.status_at and board.cadence.today(project.status_at) >= first_day
    ]


def _toil_source(
    source: SourceTotals, removing: list[Project], snapshot: BoardSnapshot
) -> ToilSource:
    for project in removing:
        if is_source_named(source.name, [project.proposal.toil_source]):
            name = f"#{project.number} {project.proposal.title}"
            shipped = ", shipped" if project.status is Status.SHIPPED else ""
            return ToilSource(source, name + shipped, snapshot.reference(project).link)
    return ToilSource(source)
