"""Toil ledger: pages, bugs and interrupts. An origin identifies an entry, stored once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from domain.calendar.quarter import Quarter
from domain.calendar.years import FIRST_MOMENT
from domain.toil import ledger
from domain.toil.ledger import DateRange, ToilEntry, ToilType, normalize_source
from storage.boards.boards import Board
from storage.database import insert_into
from storage.tables import ToilRow

MONTH = timedelta(days=30)


def log(session: Session, board: Board, entry: ToilEntry, *, origin: str, by: str) -> int | None:
    """Store an entry, after hours by the board's clock. Return its id.

    Return None if an entry of this origin exists.
    """
    entry_id: int | None = session.execute(
        insert_into(session, ToilRow)
        .values(board_id=board.id, origin=origin, by=by, **_columns(board, entry))
        .on_conflict_do_nothing()
        .returning(col(ToilRow.id))
    ).scalar()
    return entry_id


def log_all(
    session: Session, board: Board, entries: Sequence[tuple[str, ToilEntry]], *, by: str
) -> int:
    """Store entries with their origins. Return how many were new."""
    rows = [
        {"board_id": board.id, "origin": origin, "by": by, **_columns(board, entry)}
        for origin, entry in entries
    ]
    statement = insert_into(session, ToilRow).on_conflict_do_nothing().returning(col(ToilRow.id))
    return len(session.execute(statement, rows).all())


def correct(
    session: Session, board: Board, entry: ToilEntry, *, origin: str, by: str
) -> int | None:
    """Replace the person's entry of this origin. Return its id.

    Return None if nothing changes or the person has no such entry.
    """
    row = session.exec(
        select(ToilRow).where(
            ToilRow.board_id == board.id, ToilRow.origin == origin, ToilRow.by == by
        )
    ).first()
    columns = _columns(board, entry)
    if row is None or columns == row.model_dump(include=set(columns)):
        return None
    row.sqlmodel_update(columns)
    session.add(row)
    return row.id


def delete_entry(session: Session, board_id: int, entry_id: int, by: str) -> bool:
    """Delete an entry that this person logged. Return False if there is none."""
    deleted = session.execute(
        delete(ToilRow)
        .where(
            col(ToilRow.board_id) == board_id,
            col(ToilRow.id) == entry_id,
            col(ToilRow.by) == by,
        )
        .returning(col(ToilRow.id))
    ).scalar()
    return deleted is not None


def between(session: Session, board_id: int, start: datetime, end: datetime) -> list[ToilEntry]:
    """Return the entries from `start` until just before `end`, oldest first."""
    rows = session.exec(
        select(ToilRow)
        .where(ToilRow.board_id == board_id, col(ToilRow.at) >= start, col(ToilRow.at) < end)
        .order_by(col(ToilRow.at), col(ToilRow.id))
    ).all()
    return [_entry(row) for row in rows]


def in_span(session: Session, board: Board, span: DateRange) -> list[ToilEntry]:
    """Return the entries on these days of the board's calendar."""
    hours = board.hours
    return between(session, board.id, hours.start_of_day(span.start), hours.start_of_day(span.end))


def count_last_month(session: Session, board_id: int, source: str, now: datetime) -> int:
    """Return the number of entries of this source in the last 30 days."""
    recent = between(session, board_id, now - MONTH, now)
    return sum(normalize_source(entry.source) == normalize_source(source) for entry in recent)


def first_entry_at(session: Session, board_id: int) -> datetime | None:
    """Return the time of the oldest entry, or None if the ledger is empty.

    Ignore times that older versions imported from files without a time, such as the year 1.
    """
    return session.exec(
        select(func.min(col(ToilRow.at))).where(
            ToilRow.board_id == board_id, col(ToilRow.at) >= FIRST_MOMENT
        )
    ).one()


def summary(session: Session, board: Board, span: DateRange, people: float) -> ledger.ToilSummary:
    """Return what toil cost a team of `people` on these days."""
    first_at = first_entry_at(session, board.id)
    since = None if first_at is None else board.hours.to_local(first_at).date()
    return ledger.summarize(in_span(session, board, span), board.hours, people, span, since)


def measured_share(
    session: Session, board: Board, quarter: Quarter, now: datetime, people: float
) -> float | None:
    """Return the share of time that toil left a team of `people` in the quarter before `quarter`.

    It covers the days before today: future days can't be counted as free of toil. Return None if
    the ledger covers less than four weeks of that quarter.
    """
    previous = quarter.previous()
    end = min(previous.end + timedelta(days=1), board.hours.to_local(now).date())
    return summary(session, board, DateRange(previous.start, end), people).planned_share


def _columns(board: Board, entry: ToilEntry) -> dict[str, Any]:
    """Return an entry's columns."""
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
