"""Project history: who did what, and when. It has no scores, because scores are hidden."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, select

from storage.tables import HistoryRow, ProjectRow


class Event(BaseModel):
    """An event in a project's history. `detail` is text by the person who acted."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    person: str
    what: str
    detail: str


def add(
    session: Session, project_id: int, what: str, *, by: str, now: datetime, detail: str = ""
) -> None:
    session.add(HistoryRow(project_id=project_id, at=now, person=by, what=what, detail=detail))


def events_between(
    session: Session, board_id: int, what: str, start: datetime, end: datetime
) -> list[tuple[int, str]]:
    """Return the (project id, detail) pairs of a board's events of one kind, oldest first.

    They are from `start` until just before `end`.
    """
    rows = session.exec(
        select(HistoryRow.project_id, HistoryRow.detail)
        .join(ProjectRow, col(ProjectRow.id) == col(HistoryRow.project_id))
        .where(
            ProjectRow.board_id == board_id,
            HistoryRow.what == what,
            HistoryRow.at >= start,
            HistoryRow.at < end,
        )
        .order_by(col(HistoryRow.at), col(HistoryRow.id))
    ).all()
    return list(rows)


def list_for_project(session: Session, project_id: int) -> list[Event]:
    """Return a project's events, oldest first."""
    rows = session.exec(
        select(HistoryRow)
        .where(HistoryRow.project_id == project_id)
        .order_by(col(HistoryRow.at), col(HistoryRow.id))
    ).all()
    return [Event.model_validate(row.model_dump()) for row in rows]
