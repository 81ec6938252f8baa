"""Reactions as Slack sent them. The last event wins, so order and repeats do not matter."""

from sqlmodel import Session, col, select

from storage import people, projects
from storage.database import insert_into
from storage.tables import BoardRow, PostRow, ReactionRow


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
    board_id = session.exec(
        select(BoardRow.id).where(BoardRow.team_id == team_id, BoardRow.channel_id == channel_id)
    ).first()
    if board_id is None:
        return False
    insert = insert_into(session, ReactionRow)
    stored = session.execute(
        insert.values(
            board_id=board_id,
            message_ts=message_ts,
            person=person,
            emoji=emoji,
            present=present,
            event_ts=_microseconds(event_ts),
        )
        .on_conflict_do_update(
            index_elements=["board_id", "message_ts", "person", "emoji"],
            set_={"present": insert.excluded.present, "event_ts": insert.excluded.event_ts},
            where=insert.excluded.event_ts > col(ReactionRow.event_ts),
        )
        .returning(col(ReactionRow.person))
    ).first()
    if stored is None:
        return False
    people.meet(session, team_id, person)
    revise_card(session, board_id, message_ts)
    return True


def revise_card(session: Session, board_id: int, message_ts: str) -> None:
    """The votes on a message have changed; if it is a card, so has its project."""
    project_id = session.exec(
        select(PostRow.project_id).where(PostRow.board_id == board_id, PostRow.ts == message_ts)
    ).first()
    if project_id is not None:
        projects.revise(session, [project_id])


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
