"""Requests from Slack, each written at most once and within Slack's time limit.

Slack may deliver a request twice. A late copy of an old action would undo a newer one.
"""

import math
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete, event
from sqlmodel import Session, col, select

from storage.database import Database, insert_into
from storage.locks import STORE, WriterLock
from storage.tables import UserActionRow

RETENTION = timedelta(days=1)  # Slack stops retrying long before.


class DuplicateAction(Exception):
    """A user action whose changes are already in the database."""


class DeadlineExceeded(Exception):
    """A commit that came too late: Slack has told the person that the action failed.

    The person may have repeated the action by then, so nothing was written.
    """


class Request:
    """One request from Slack: its idempotency key, its commit deadline, and whether it wrote.

    The key is Slack's trigger id, which each interaction has:
    https://docs.slack.dev/reference/interaction-payloads. For a submitted form it is the form's
    content. A request without a key, such as an event, may write at any time and more than once.
    """

    def __init__(
        self,
        database: Database,
        idempotency_key: str | None,
        received_at: datetime,
        commit_deadline: float = math.inf,
    ) -> None:
        """Start a request. `commit_deadline` is in seconds of the monotonic clock."""
        self.database = database
        self.has_written = False
        self._idempotency_key = idempotency_key
        self._received_at = received_at
        self._commit_deadline = commit_deadline

    @contextmanager
    def transaction(self, lock: WriterLock) -> Iterator[Session]:
        """Yield a session that writes, as `Database.transaction` does.

        Raise DuplicateAction if an earlier copy of this request wrote, and DeadlineExceeded instead
        of committing after the deadline. Nothing was written in either case.
        """
        with self.database.transaction(lock) as session:
            if self._idempotency_key is not None and not self.has_written:
                event.listen(session, "before_commit", self._require_time)
                self._store_key(session, self._idempotency_key)
            yield session
        self.has_written = True

    def snapshot(self) -> AbstractContextManager[Session]:
        """Return a session that reads one consistent state and never writes."""
        return self.database.snapshot()

    def _require_time(self, _session: Session) -> None:
        if time.monotonic() > self._commit_deadline:
            raise DeadlineExceeded

    def _store_key(self, session: Session, key: str) -> None:
        stored = session.execute(
            insert_into(session, UserActionRow)
            .values(trigger_id=key, taken_at=self._received_at)
            .on_conflict_do_nothing()
            .returning(col(UserActionRow.trigger_id))
        ).first()
        if stored is None:
            raise DuplicateAction(key)


def delete_expired(database: Database, now: datetime) -> None:
    """Delete the keys that are older than RETENTION, if there are any."""
    is_expired = col(UserActionRow.taken_at) < now - RETENTION
    with database.snapshot() as session:
        has_expired = session.exec(select(UserActionRow).where(is_expired).limit(1)).first()
    if has_expired:
        with database.transaction(STORE) as session:
            session.execute(delete(UserActionRow).where(is_expired))
