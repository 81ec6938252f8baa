"""Fires: values that someone declared to be burning."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, select

from storage.posts import outbox
from storage.posts.subjects import FireSubject
from storage.tables import FireRow, PostKind


class Fire(BaseModel):
    """A fire that is burning or was cleared."""

    model_config = ConfigDict(frozen=True)

    id: int
    board_id: int
    value: str
    what: str
    declared_by: str
    declared_at: datetime
    cleared_by: str | None
    cleared_at: datetime | None
    reason_by: str | None = None
    revision: int = 1


def declare(
    session: Session, board_id: int, *, value: str, what: str, by: str, now: datetime
) -> Fire | None:
    """Declare a fire and queue its post. Return None if the value burns already."""
    if any(fire.value == value for fire in burning(session, board_id)):
        return None
    row = FireRow(board_id=board_id, value=value, what=what, declared_by=by, declared_at=now)
    session.add(row)
    session.flush()
    fire = _fire(row)
    outbox.enqueue(session, board_id, PostKind.FIRE, FireSubject(fire.id))
    return fire


def replace_reason(session: Session, fire_id: int, reason: str, *, by: str) -> None:
    """Replace what burns. The fire's post shows the new reason, and who gave it."""
    row = session.get_one(FireRow, fire_id)
    if row.what == reason:
        return
    row.what, row.reason_by = reason, None if by == row.declared_by else by
    row.revision += 1
    session.add(row)


def clear(session: Session, fire_id: int, *, by: str, now: datetime) -> bool:
    """Clear a fire. Return whether the channel is told: not if it never heard of the fire."""
    row = session.get_one(FireRow, fire_id)
    row.cleared_by, row.cleared_at = by, now
    session.add(row)
    outbox.cancel_unsent(session, row.board_id, PostKind.FIRE, FireSubject(fire_id))
    if not was_announced(session, row.board_id, fire_id):
        return False
    outbox.enqueue(session, row.board_id, PostKind.FIRE_OUT, FireSubject(fire_id))
    return True


def was_announced(session: Session, board_id: int, fire_id: int) -> bool:
    """Return whether the channel heard of the fire, or may have: its post was not canceled."""
    return not outbox.is_canceled(session, board_id, PostKind.FIRE, FireSubject(fire_id))


def is_out(session: Session, fire_id: int) -> bool:
    """Return whether the fire was cleared."""
    return get(session, fire_id).cleared_at is not None


def burning(session: Session, board_id: int) -> list[Fire]:
    rows = session.exec(
        select(FireRow)
        .where(FireRow.board_id == board_id, col(FireRow.cleared_at).is_(None))
        .order_by(col(FireRow.id))
    ).all()
    return [_fire(row) for row in rows]


def get(session: Session, fire_id: int) -> Fire:
    return _fire(session.get_one(FireRow, fire_id))


def _fire(row: FireRow) -> Fire:
    return Fire.model_validate(row.model_dump())
