"""The toil ledger of a board: pages, bugs and interrupts, each counted once by its origin."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from domain.calendar.quarter import Quarter
from domain.toil import ledger
from domain.toil.ledger import DateRange, ToilEntry, ToilType, normalize_source
from storage.boards.boards import Board
from storage.database import insert_into
from storage.tables import ToilRow

MONTH = timedelta(days=30)


def log(session: Session, board: Board, entry: ToilEntry, *, origin: str, by: str) -> int | None:
    """Write one line, out of hours by the board's clock; its id, or None if it is there already."""
    made: int | None = session.execute(
        insert_into(session, ToilRow)
        .values(board_id=board.id, origin=origin, by=by, **_said(board, entry))
        .on_conflict_do_nothing()
        .returning(col(ToilRow.id))
    ).scalar()
    return made


def log_all(session: Session, board: Board, entries: Mapping[str, ToilEntry], *, by: str) -> int:
    """Log entries by their origins. Return how many were new."""
    logged = [log(session, board, entry, origin=at, by=by) for at, entry in entries.items()]
    return sum(entry_id is not None for entry_id in logged)


def correct(
    session: Session, board: Board, entry: ToilEntry, *, origin: str, by: str
) -> int | None:
    """Whoever wrote the line of that origin says something else; its id, or None if they don't."""
    row = session.exec(
        select(ToilRow).where(
            ToilRow.board_id == board.id, ToilRow.origin == origin, ToilRow.by == by
        )
    ).first()
    said = _said(board, entry)
    if row is None or said == row.model_dump(include=set(said)):
        return None
    row.sqlmodel_update(said)
    session.add(row)
    return row.id


def delete_entry(session: Session, board_id: int, entry_id: int, by: str) -> bool:
    """Strike out a line that this person wrote; False if there is no such line (any more)."""
    struck = session.execute(
        delete(ToilRow)
        .where(
            col(ToilRow.board_id) == board_id,
            col(ToilRow.id) == entry_id,
            col(ToilRow.by) == by,
        )
        .returning(col(ToilRow.id))
    ).scalar()
    return struck is not None


def between(session: Session, board_id: int, start: datetime, end: datetime) -> list[ToilEntry]:
    """What started from `start` up to, and without, `end`, oldest first."""
    rows = session.exec(
        select(ToilRow)
        .where(ToilRow.board_id == board_id, col(ToilRow.at) >= start, col(ToilRow.at) < end)
        .order_by(col(ToilRow.at), col(ToilRow.id))
    ).all()
    return [_entry(row) for row in rows]


def in_span(session: Session, board: Board, span: DateRange) -> list[ToilEntry]:
    """What started on those days of the board's calendar."""
    hours = board.hours
    return between(session, board.id, hours.start_of_day(span.start), hours.start_of_day(span.end))


def count_last_month(session: Session, board_id: int, source: str, now: datetime) -> int:
    """How often it came in the last thirty days."""
    recent = between(session, board_id, now - MONTH, now)
    return sum(normalize_source(each.source) == normalize_source(source) for each in recent)


def first_entry_at(session: Session, board_id: int) -> datetime | None:
    """Since when the ledger is kept; None while it is empty."""
    return session.exec(select(func.min(col(ToilRow.at))).where(ToilRow.board_id == board_id)).one()


def summary(session: Session, board: Board, span: DateRange) -> ledger.ToilSummary:
    """What those days cost."""
    began = first_entry_at(session, board.id)
    since = None if began is None else board.hours.to_local(began).date()
    return ledger.summarize(in_span(session, board, span), board.hours, board.people, span, since)


def planned_share(session: Session, board: Board, quarter: Quarter, now: datetime) -> float:
    """What to plan that quarter with: what toil left in the one before it, as far as it has gone.

    Days that are not lived yet are not free of toil.
    """
    last = quarter.previous()
    after = min(last.end + timedelta(days=1), board.hours.to_local(now).date())
    measured = summary(session, board, DateRange(last.start, after)).planned_share
    return ledger.DEFAULT_PLANNED_SHARE if measured is None else measured


def _said(board: Board, entry: ToilEntry) -> dict[str, Any]:
    """What a line says, by its columns."""
    return {
        "kind": entry.toil_type,
        "source": entry.source,
        "minutes": entry.minutes,
        "at": entry.started_at,
        "out_of_hours": board.hours.is_out_of_hours(entry.started_at),
        "note": entry.note,
    }


def _entry(row: ToilRow) -> ToilEntry:
    return ToilEntry(
        toil_type=ToilType(row.kind),
        source=row.source,
        minutes=row.minutes,
        started_at=row.at,
        out_of_hours=row.out_of_hours,
        note=row.note,
    )
