"""People of a workspace and their account types. Only full members' votes and scores count."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, delete, func, union, update
from sqlmodel import Session, col, select

from storage import locks
from storage.boards import channel_members
from storage.database import dialect_insert, insert_into
from storage.locks import StoreWide
from storage.projects import projects
from storage.tables import (
    AccountType,
    BoardRow,
    DraftRow,
    PersonLookupRow,
    PersonRow,
    PostRow,
    ProjectRow,
    ReactionRow,
    ScoreRow,
)
from storage.value_lists import is_listed, is_listed_in

# This runs with each read of a board. Building a statement takes as long as running it.
KNOWN_NON_MEMBERS = select(col(PersonRow.team_id), col(PersonRow.user_id)).where(
    # Without the workspaces, no index would find people by their user ids.
    col(PersonRow.team_id).in_(select(BoardRow.team_id)),
    is_listed_in(col(PersonRow.user_id), "persons"),
    col(PersonRow.kind).not_in((AccountType.MEMBER, AccountType.UNKNOWN)),
)
# This runs in each pass of the reconciler.
UNKNOWN = union(
    select(col(PersonRow.team_id), col(PersonRow.user_id)).where(
        PersonRow.kind == AccountType.UNKNOWN
    ),
    select(col(BoardRow.team_id), col(PersonLookupRow.person)).join(
        PersonLookupRow, col(PersonLookupRow.board_id) == col(BoardRow.id)
    ),
).order_by("team_id", "user_id")
LOOKUP_INTERVAL = timedelta(days=1)


def request_lookup(session: Session, board_id: int, user_id: str) -> None:
    """Let Slack be asked about a person who acted on a board, unless their account type is known.

    This needs only the board's lock, and waits for no other writer.
    """
    session.connection().execute(
        _insert_lookup(dialect_insert(session)), {"on_board": board_id, "user_id": user_id}
    )


@cache
def _insert_lookup(insert: Callable[..., Any]) -> Any:
    """Return the statement. It is built once, because it runs with every vote."""
    is_known = (
        select(PersonRow.user_id)
        .where(
            col(PersonRow.team_id) == col(BoardRow.team_id),
            col(PersonRow.user_id) == bindparam("user_id"),
            col(PersonRow.kind) != AccountType.UNKNOWN,
        )
        .exists()
    )
    lookup = select(BoardRow.id, bindparam("user_id", type_=String)).where(
        col(BoardRow.id) == bindparam("on_board"), ~is_known
    )
    statement = insert(PersonLookupRow).from_select(["board_id", "person"], lookup)
    return statement.on_conflict_do_nothing()


def add_if_missing(session: Session, team_id: str, user_id: str) -> None:
    """Store a person, so that Slack is asked about them. The caller has the store-wide lock."""
    person = {"team_id": team_id, "user_id": user_id, "kind": AccountType.UNKNOWN}
    session.execute(insert_into(session, PersonRow).values(person).on_conflict_do_nothing())


def account_type(session: Session, team_id: str, user_id: str) -> AccountType:
    row = session.get(PersonRow, (team_id, user_id))
    return AccountType.UNKNOWN if row is None else AccountType(row.kind)


def known_non_members(session: Session, persons: Collection[str]) -> set[tuple[str, str]]:
    """Return (team id, user id) of the people who are known not to be members.

    Only people of workspaces with a board are found.
    """
    if not persons:
        return set()
    rows = session.exec(KNOWN_NON_MEMBERS, params={"persons": list(persons)}).all()
    return {(team, person) for team, person in rows}


def unknown(session: Session) -> list[tuple[str, str]]:
    """Return (team id, user id) of the people whose votes wait for a lookup."""
    return [(team_id, user_id) for team_id, user_id in session.execute(UNKNOWN)]


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
    if _boards_with_lookup(session, team_id, user_id):
        add_if_missing(session, team_id, user_id)
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
    the person's channels have. The caller has the store-wide lock.
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
    if account_type is not previous or _boards_with_lookup(session, team_id, user_id):
        _apply_account_type(session, team_id, user_id)


def _apply_account_type(session: Session, team_id: str, user_id: str) -> None:
    """Count the person's votes and memberships as their new account type says.

    A vote that another transaction stores meanwhile isn't seen. It has requested a lookup then.
    """
    with_drafts = (
        select(BoardRow.id)
        .join(DraftRow)
        .where(BoardRow.team_id == team_id, col(DraftRow.closed_at).is_(None))
    )
    board_ids = {
        *(board_id for board_id in session.exec(with_drafts).all() if board_id is not None),
        *channel_members.boards_with(session, team_id, user_id),
        *_voted_on(session, team_id, user_id).values(),
        *_boards_with_lookup(session, team_id, user_id),
    }
    locks.acquire(session, StoreWide(tuple(board_ids)))
    for board_id in sorted(board_ids):
        session.execute(
            delete(PersonLookupRow).where(
                col(PersonLookupRow.board_id) == board_id, col(PersonLookupRow.person) == user_id
            )
        )
    channel_members.recount_channels_of(session, team_id, user_id)
    voted_on = _voted_on(session, team_id, user_id)
    projects.increment_revisions(
        session, [project for project, board_id in voted_on.items() if board_id in board_ids]
    )
    _mark_open_drafts_changed(session, board_ids)


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


def _boards_with_lookup(session: Session, team_id: str, user_id: str) -> list[int]:
    """Return the ids of the boards that wait for a lookup of the person."""
    statement = (
        select(PersonLookupRow.board_id)
        .join(BoardRow, col(BoardRow.id) == col(PersonLookupRow.board_id))
        .where(BoardRow.team_id == team_id, PersonLookupRow.person == user_id)
    )
    return list(session.exec(statement).all())


def _mark_open_drafts_changed(session: Session, board_ids: Collection[int]) -> None:
    """Record that the posts of the boards' open drafts may show old answers."""
    session.execute(
        update(DraftRow)
        .where(col(DraftRow.board_id).in_(board_ids), col(DraftRow.closed_at).is_(None))
        .values(revision=col(DraftRow.revision) + 1)
    )


def _voted_on(session: Session, team_id: str, user_id: str) -> dict[int, int]:
    """Return the boards of the projects for which the person's reactions and scores count.

    The keys are the ids of the projects.
    """
    counts_for = func.coalesce(ProjectRow.merged_into, ProjectRow.id)
    reacted = session.exec(
        select(counts_for, ProjectRow.board_id)
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
        select(counts_for, ProjectRow.board_id)
        .join(ScoreRow, col(ScoreRow.project_id) == col(ProjectRow.id))
        .join(BoardRow, col(BoardRow.id) == col(ProjectRow.board_id))
        .where(BoardRow.team_id == team_id, ScoreRow.person == user_id)
    ).all()
    return dict([*reacted, *scored])
