"""What people did, each act once: a copy of an old one may come after a newer, and undo it."""

import math
import time
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, event
from sqlmodel import Session, col

from storage.database import Database, insert_into
from storage.tables import UserActionRow

RETENTION = timedelta(days=1)  # far longer than Slack tries


class DuplicateAction(Exception):
    """What this act was to write is written already."""


class DeadlineExceeded(Exception):
    """Whoever acted has heard by now that it failed, and may do it again."""


def for_user_action(
    database: Database, trigger_id: str | None, now: datetime, until: float = math.inf
) -> Database:
    """The store as that act may use it. Writing raises `Repeated` if it has written before, and
    `TooLate` if it has not by then (`monotonic`); what has no trigger id may write at any time.

    Slack makes a trigger id for each interaction, so a form that is sent again has another, and
    only a copy has the same: https://docs.slack.dev/reference/interaction-payloads (of a form sent
    it is undocumented, and in Slack's own types: slackapi/bolt-js, `ViewSubmitAction`).
    """
    take = partial(_store_key, trigger_id=trigger_id, now=now, until=until) if trigger_id else None
    return database.of_act(take)


def _store_key(session: Session, *, trigger_id: str, now: datetime, until: float) -> None:

    def require_time(_: Session) -> None:
        if time.monotonic() > until:
            raise DeadlineExceeded

    event.listen(session, "before_commit", require_time)
    session.execute(delete(UserActionRow).where(col(UserActionRow.taken_at) < now - RETENTION))
    taken = session.execute(
        insert_into(session, UserActionRow)
        .values(trigger_id=trigger_id, taken_at=now)
        .on_conflict_do_nothing()
        .returning(col(UserActionRow.trigger_id))
    ).first()
    if taken is None:
        raise DuplicateAction(trigger_id)
