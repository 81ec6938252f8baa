"""Submissions that were taken: a copy may come after a newer one, and must not undo it."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.database import insert_into
from storage.tables import SubmissionRow

KEPT = timedelta(days=1)  # far longer than Slack tries


def take(session: Session, form: str, now: datetime) -> bool:
    """False if it was taken before. `form` names one state of one form."""
    session.execute(delete(SubmissionRow).where(col(SubmissionRow.taken_at) < now - KEPT))
    taken = session.execute(
        insert_into(session, SubmissionRow)
        .values(form=form, taken_at=now)
        .on_conflict_do_nothing()
        .returning(col(SubmissionRow.form))
    ).first()
    return taken is not None
