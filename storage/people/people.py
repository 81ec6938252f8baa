"""People of a workspace and their account types. Only full members' votes and scores count."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select

from storage.boards import channel_members
from storage.database import dialect_insert
from storage.projects import projects
from storage.tables import (
    AccountType,
    BoardRow,
    DraftRow,
    PersonRow,
    PostRow,
    ProjectRow,
    ReactionRow,
    ScoreRow,
)
from storage.value_lists import is_listed, is_listed_in

# This runs with each read of a board. Building a statement takes as long as running it.
KNOWN_NON_MEMBERS = select(col(PersonRow.team_id), col(PersonRow.user_id)).where(
    is_listed_in(col(PersonRow.user_id), "persons"),
    col(PersonRow.kind).not_in((AccountType.MEMBER, AccountType.UNKNOWN)),
)
LOOKUP_INTERVAL = timedelta(days=1)


def add_if_missing(session: Session, team_id: str, user_id: str) -> None:
    """Store a person who acted, so that Slack is asked about them."""
    session.connection().execute(
        _insert_if_missing(dialect_insert(session)), {"team_id": team_id, "user_id": user_id}
    )


@cache
def _insert_if_missing(insert: Callable[..., Any]) -> Any:
    """Return the statement. It is built once, because it runs with every vote."""
    person: dict[str, Any] = {"team_id": bindparam("team_id"), "user_id": bindparam("user_id")}
    return insert(PersonRow).values(**person, kind=AccountType.UNKNOWN).on_conflict_do_nothing()


def account_type(session: Session, team_id: str, user_id: str) -> AccountType:
    row = session.get(PersonRow, (team_id, user_id))
    return AccountType.UNKNOWN if row is None else AccountType(row.kind)


def known_non_members(session: Session, persons: Collection[str]) -> set[tuple[str, str]]:
    """Return (team id, user id) of the people who are known not to be members."""
    if not persons:
        return set()
    rows = session.exec(KNOWN_NON_MEMBERS, params={"persons": list(persons)}).all()
    return {(team, person) for team, person in rows}


def unknown(session: Session) -> list[tuple[str, str]]:
    """Return (team id, user id) of the people who were never looked up: their votes wait."""
    rows = session.exec(
        select(PersonRow.team_id, PersonRow.user_id)
        .where(PersonRow.kind == AccountType.UNKNOWN)
        .order_by(PersonRow.team_id, PersonRow.user_id)
    ).all()
    return [(team_id, user_id) for team_id, user_id in rows]


def due_for_lookup(session: Session, now: datetime, limit: int) -> list[tuple[str, str]]:
    """Return (team id, user id) of known people whose profiles must be looked up again.

    These are people who weren't looked up since they changed, or not for a day.
    """
    asked_at = col(PersonRow.asked_at)
    rows = session.exec(
        select(PersonRow.team_id, PersonRow.user_id)
        .where(
            PersonRow.kind != AccountType.UNKNOWN,
            asked_at.is_(None) | (asked_at <= now - LOOKUP_INTERVAL),
        )
        .order_by(asked_at.is_not(None), asked_at, col(PersonRow.changed_at).desc().nulls_last())
        .limit(limit)
    ).all()
    return [(team_id, user_id) for team_id, user_id in rows]


def mark_all_for_lookup(session: Session) -> None:
    """Record that Slack must be asked about everyone: Needle may have missed events."""
    session.execute(update(PersonRow).values(asked_at=None))


def mark_changed(session: Session, team_id: str, user_id: str, now: datetime) -> None:
    """Record that Slack reported a change. It must be asked again, if the person is stored."""
    session.execute(
        update(PersonRow)
        .where(col(PersonRow.team_id) == team_id, col(PersonRow.user_id) == user_id)
        .values(changed_at=now, asked_at=None)
    )


def changed_at(session: Session, team_id: str, user_id: str) -> datetime | None:
    """Return when Slack last reported a change of the person."""
    row = session.get(PersonRow, (team_id, user_id))
    return None if row is None else row.changed_at


def save_profile(
    session: Session,
    team_id: str,
    user_id: str,
    account_type: AccountType,
    time_zone: str | None,
    now: datetime,
    last_change: datetime | None,
    name: str | None = None,
) -> None:
    """Store what Slack said about a person at `now`.

    `last_change` is the last change that was reported before Slack was asked. If there was a later
    one, Slack must be asked again. A new account type changes which votes count, so the cards of
    the projects that the person voted on show an old state. It also changes how many full members
    the person's channels have.
    """
    add_if_missing(session, team_id, user_id)
    row = session.get_one(PersonRow, (team_id, user_id))
    previous, is_latest = AccountType(row.kind), row.changed_at == last_change
    session.execute(
        update(PersonRow)
        .where(col(PersonRow.team_id) == team_id, col(PersonRow.user_id) == user_id)
        .values(
            kind=account_type,
            name=name,
            time_zone=time_zone,
            asked_at=now if is_latest else None,
        )
    )
    if account_type is not previous:
        channel_members.recount_channels_of(session, team_id, user_id)
        projects.increment_revisions(session, _voted_on(session, team_id, user_id))
        _mark_open_drafts_changed(session, team_id)


def names(session: Session, team_id: str, user_ids: Collection[str]) -> dict[str, str]:
    """Return the display names of people by user id. Leave out those that aren't known.

    A name doesn't notify its person, a mention does:
    https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
    """
    rows = session.exec(
        select(PersonRow.user_id, PersonRow.name).where(
            PersonRow.team_id == team_id, is_listed(col(PersonRow.user_id), user_ids)
        )
    ).all()
    return {user_id: name for user_id, name in rows if name}


def wants_reminders(session: Session, team_id: str, user_id: str) -> bool:
    """Return whether the person wants reminders. People do unless they say otherwise."""
    row = session.get(PersonRow, (team_id, user_id))
    return row is None or row.wants_nudges


def set_wants_reminders(session: Session, team_id: str, user_id: str, *, wanted: bool) -> None:
    """Store whether the person wants reminders."""
    add_if_missing(session, team_id, user_id)
    session.execute(
        update(PersonRow)
        .where(col(PersonRow.team_id) == team_id, col(PersonRow.user_id) == user_id)
        .values(wants_nudges=wanted)
    )


def _mark_open_drafts_changed(session: Session, team_id: str) -> None:
    """Record that the posts of a workspace's open drafts may show old answers."""
    of_team = select(BoardRow.id).where(BoardRow.team_id == team_id)
    session.execute(
        update(DraftRow)
        .where(col(DraftRow.board_id).in_(of_team), col(DraftRow.closed_at).is_(None))
        .values(revision=col(DraftRow.revision) + 1)
    )


def _voted_on(session: Session, team_id: str, user_id: str) -> set[int]:
    """Return the ids of the projects for which the person's reactions and scores count."""
    counts_for = func.coalesce(ProjectRow.merged_into, ProjectRow.id)
    reacted = session.exec(
        select(counts_for)
        .join(PostRow, col(PostRow.project_id) == col(ProjectRow.id))
        .join(
            ReactionRow,
            (col(ReactionRow.board_id) == col(PostRow.board_id))
            & (col(ReactionRow.message_ts) == col(PostRow.ts)),
        )
        .join(BoardRow, col(BoardRow.id) == col(PostRow.board_id))
        .where(BoardRow.team_id == team_id, ReactionRow.person == user_id)
    ).all()
    scored = session.exec(
        select(counts_for)
        .join(ScoreRow, col(ScoreRow.project_id) == col(ProjectRow.id))
        .join(BoardRow, col(BoardRow.id) == col(ProjectRow.board_id))
        .where(BoardRow.team_id == team_id, ScoreRow.person == user_id)
    ).all()
    return {*reacted, *scored}
