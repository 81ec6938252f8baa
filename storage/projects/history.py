"""Project history: who did what, and when. It has no scores, because scores are hidden.

What happens to a project is also a reply in its card's thread. `add`, `add_all` and `add_to_each`
queue it in the transaction that stores the event, so the thread and the history say the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.posts import outbox
from storage.posts.subjects import UpdateSubject
from storage.tables import HistoryRow, ProjectRow
from storage.value_lists import is_listed

STEP_UNDONE = "step_undone"
COMMENTED = "commented"  # A comment on a score that its author posted in the thread.
# Read back from the project's card after a restore: the whole project, or newer facts.
RESTORED = "restored"
FACTS_RESTORED = "facts_restored"
RESTORED_EVENTS = frozenset({RESTORED, FACTS_RESTORED})
QUIET_EVENTS = frozenset({STEP_UNDONE})  # Nothing was achieved or decided.


class Event(BaseModel):
    """An event in a project's history. `detail` is text by the person who acted."""

    model_config = ConfigDict(frozen=True)

    id: int
    project_id: int
    at: datetime
    person: str
    what: str
    detail: str


def add(
    session: Session, project_id: int, what: str, *, by: str, now: datetime, detail: str = ""
) -> int:
    """Store an event, and queue the reply that tells it. Return the event's id."""
    [event_id] = add_all(session, project_id, [(what, detail)], by=by, now=now)
    return event_id


def add_all(
    session: Session,
    project_id: int,
    events: Sequence[tuple[str, str]],
    *,
    by: str,
    now: datetime,
) -> list[int]:
    """Store what one user action did, as pairs of event and detail. Return the events' ids.

    One reply in the card's thread tells all of it.
    """
    rows = [
        HistoryRow(project_id=project_id, at=now, person=by, what=what, detail=detail)
        for what, detail in events
    ]
    return _store(session, rows)


def add_to_each(
    session: Session,
    project_ids: Iterable[int],
    what: str,
    *,
    by: str,
    now: datetime,
    detail: str = "",
) -> None:
    """Store the same event for projects of one board. A reply in each card's thread tells it."""
    rows = [
        HistoryRow(project_id=project_id, at=now, person=by, what=what, detail=detail)
        for project_id in project_ids
    ]
    _store(session, rows)


def _store(session: Session, rows: Sequence[HistoryRow]) -> list[int]:
    """Store events, and queue one reply for each project. Return the events' ids.

    A quarter may have hundreds of projects, so their replies are queued together.
    """
    session.add_all(rows)
    session.flush()
    told: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.what not in QUIET_EVENTS and row.id is not None:
            told[row.project_id].append(row.id)
    if told:
        _enqueue_updates(session, told)
    return [row.id for row in rows if row.id is not None]


def _enqueue_updates(session: Session, told: Mapping[int, Sequence[int]]) -> None:
    """Queue the replies that tell events, given by project id."""
    named = session.exec(
        select(ProjectRow.id, ProjectRow.board_id, ProjectRow.number).where(
            is_listed(col(ProjectRow.id), told.keys())
        )
    ).all()
    numbers = {project_id: number for project_id, _, number in named if project_id is not None}
    [board_id] = {board_id for _, board_id, _ in named}
    updates = [
        (project_id, UpdateSubject(numbers[project_id], tuple(event_ids)))
        for project_id, event_ids in told.items()
    ]
    outbox.enqueue_updates(session, board_id, updates)


def events_between(
    session: Session, project_ids: Collection[int], what: str, start: datetime, end: datetime
) -> list[tuple[int, str]]:
    """Return the (project id, detail) pairs of these projects' events of one kind, oldest first.

    They are from `start` until just before `end`.
    """
    rows = session.exec(
        select(HistoryRow.project_id, HistoryRow.detail)
        .where(
            is_listed(col(HistoryRow.project_id), project_ids),
            HistoryRow.what == what,
            HistoryRow.at >= start,
            HistoryRow.at < end,
        )
        .order_by(col(HistoryRow.at), col(HistoryRow.id))
    ).all()
    return list(rows)


def last_at(session: Session, project_ids: Collection[int], what: str) -> dict[int, datetime]:
    """Return when an event last happened to each project that it happened to."""
    rows = session.exec(
        select(HistoryRow.project_id, func.max(col(HistoryRow.at)))
        .where(is_listed(col(HistoryRow.project_id), project_ids), HistoryRow.what == what)
        .group_by(col(HistoryRow.project_id))
    ).all()
    return dict(rows)


def last_detail(session: Session, project_id: int, what: str, by: str) -> str | None:
    """Return the detail of a person's last event of one kind in a project, or None."""
    return session.exec(
        select(HistoryRow.detail)
        .where(
            HistoryRow.project_id == project_id, HistoryRow.what == what, HistoryRow.person == by
        )
        .order_by(col(HistoryRow.id).desc())
        .limit(1)
    ).first()


def list_for_project(session: Session, project_id: int) -> list[Event]:
    """Return a project's events, oldest first."""
    rows = session.exec(
        select(HistoryRow)
        .where(HistoryRow.project_id == project_id)
        .order_by(col(HistoryRow.at), col(HistoryRow.id))
    ).all()
    return [Event.model_validate(row.model_dump()) for row in rows]
