"""Reactions as Slack sent them. The last event wins, so order and repeats do not matter."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage import people
from storage.database import insert_of
from storage.tables import BoardRow, PostRow, ProjectRow, ReactionRow


def record(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    message_ts: str,
    person: str,
    emoji: str,
    present: bool,
    event_ts: str,
) -> bool:
    """Store a reaction given or taken back; False if it is old news or no board's concern."""
    board_id = session.connection().scalar(
        _keeping(insert_of(session)),
        {
            "team_id": team_id,
            "channel_id": channel_id,
            "message_ts": message_ts,
            "person": person,
            "emoji": emoji,
            "present": present,
            "event_ts": _microseconds(event_ts),
        },
    )
    if board_id is None:
        return False
    people.meet(session, team_id, person)
    revise_card(session, board_id, message_ts)
    return True


def revise_card(session: Session, board_id: int, message_ts: str) -> None:
    """The votes on a message have changed; if it is a card, so has its project."""
    session.connection().execute(REVISING, {"on_board": board_id, "at": message_ts})


@cache
def _keeping(insert: Callable[..., Any]) -> Any:
    """The last event wins. Made once: to put this together takes longer than to run it."""
    given = ("message_ts", "person", "emoji", "present", "event_ts")
    columns = ReactionRow.__table__.columns  # type: ignore[attr-defined]
    on_the_board = select(
        BoardRow.id, *(bindparam(name, type_=columns[name].type) for name in given)
    ).where(
        BoardRow.team_id == bindparam("team_id"), BoardRow.channel_id == bindparam("channel_id")
    )
    reaction = insert(ReactionRow).from_select(["board_id", *given], on_the_board)
    return reaction.on_conflict_do_update(
        index_elements=["board_id", "message_ts", "person", "emoji"],
        set_={"present": reaction.excluded.present, "event_ts": reaction.excluded.event_ts},
        where=reaction.excluded.event_ts > col(ReactionRow.event_ts),
    ).returning(col(ReactionRow.board_id))


# The project that the message is a card of; or the one that it was merged into.
VOTED_ON = aliased(ProjectRow)
REVISING = (
    update(ProjectRow)
    .where(
        col(ProjectRow.id).in_(
            select(func.coalesce(VOTED_ON.merged_into, VOTED_ON.id))
            .join(PostRow, col(PostRow.project_id) == VOTED_ON.id)
            .where(PostRow.board_id == bindparam("on_board"), PostRow.ts == bindparam("at"))
        )
    )
    .values(revision=col(ProjectRow.revision) + 1)
)


def any_on(session: Session, board_id: int, message_ts: str) -> bool:
    return (
        session.exec(
            select(ReactionRow.person)
            .where(ReactionRow.board_id == board_id, ReactionRow.message_ts == message_ts)
            .limit(1)
        ).first()
        is not None
    )


def _microseconds(event_ts: str) -> int:
    """Slack writes a decimal string; as a float it would lose its last digit."""
    seconds, _, fraction = event_ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0")[:6] or 0)
