"""Published App Homes. A Home that may show a board whose channel was left is outdated."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.database import insert_into
from storage.tables import HomeRow
from storage.value_lists import is_listed


def revision(session: Session, team_id: str, user_id: str) -> int | None:
    """Return the revision of the person's Home, or None if Needle hasn't published one."""
    row = session.get(HomeRow, (team_id, user_id))
    return None if row is None else row.revision


def add(session: Session, team_id: str, user_id: str) -> int:
    """Record that Needle publishes this person's Home, and return its revision."""
    session.execute(
        insert_into(session, HomeRow)
        .values(team_id=team_id, user_id=user_id)
        .on_conflict_do_nothing()
    )
    return session.get_one(HomeRow, (team_id, user_id)).revision


def mark_outdated(session: Session, team_id: str, user_ids: Collection[str]) -> None:
    """Record that the Homes of these people show a board whose channel they left."""
    if user_ids:
        session.execute(
            update(HomeRow)
            .where(col(HomeRow.team_id) == team_id, is_listed(col(HomeRow.user_id), user_ids))
            .values(revision=col(HomeRow.revision) + 1)
        )


def mark_shown(session: Session, team_id: str, user_id: str, revision: int) -> None:
    """Record that Slack shows this revision of a Home. A newer revision may exist by now."""
    session.execute(
        update(HomeRow)
        .where(
            col(HomeRow.team_id) == team_id,
            col(HomeRow.user_id) == user_id,
            col(HomeRow.shown_revision) < revision,
        )
        .values(shown_revision=revision)
    )


def outdated(session: Session, limit: int) -> list[tuple[str, str]]:
    """Return (team id, user id) of people whose Home is outdated."""
    rows = session.exec(
        select(HomeRow.team_id, HomeRow.user_id)
        .where(col(HomeRow.shown_revision) < col(HomeRow.revision))
        .order_by(col(HomeRow.team_id), col(HomeRow.user_id))
        .limit(limit)
    ).all()
    return [(team_id, user_id) for team_id, user_id in rows]
