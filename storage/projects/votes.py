"""Reactions as Slack sent them. The last event wins, so order and repeats don't matter."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, cast, func, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.ranking.draft_answers import answer_of
from storage.boards.boards import Board
from storage.database import dialect_insert
from storage.people import people
from storage.tables import (
    AccountType,
    BoardRow,
    DraftRow,
    PersonRow,
    PostKind,
    PostRow,
    ProjectRow,
    ReactionRow,
)
from storage.value_lists import is_listed, is_listed_in


@dataclass(frozen=True)
class ReactionEvent:
    """A reaction that was added or removed. `event_ts` is Slack's time of that, as Slack wrote it.

    Slack's time of an event is a decimal string. As a float, it would lose its last digit.
    """

    team_id: str
    channel_id: str
    message_ts: str
    person: str
    emoji: str
    present: bool
    event_ts: str

    @property
    def reaction(self) -> tuple[str, str, str]:
        """The message, person and emoji. Only the latest event of these counts."""
        return self.message_ts, self.person, self.emoji

    @property
    def microseconds(self) -> int:
        """Slack's time of the event."""
        return _microseconds(self.event_ts)


def save_reactions(session: Session, events: Sequence[ReactionEvent]) -> set[ReactionEvent]:
    """Store events of one channel. Return those that are new.

    An event is not new if the channel isn't a board, or if a newer event is stored. All events
    take one statement, and each card and each new person takes one.
    """
    latest: dict[tuple[str, str, str], ReactionEvent] = {}
    for event in sorted(events, key=lambda event: event.microseconds):
        latest[event.reaction] = event
    team_id, channel_id = events[0].team_id, events[0].channel_id
    reacted = {event.person for event in events}
    connection = session.connection()
    params = {"team_id": team_id, "channel_id": channel_id, "people": sorted(reacted)}
    found = connection.execute(SELECT_BOARD_AND_PEOPLE, params).all()
    if not found:
        return set()
    board_id = found[0].id
    rows = [
        {
            "board_id": board_id,
            "message_ts": event.message_ts,
            "person": event.person,
            "emoji": event.emoji,
            "present": event.present,
            "event_ts": event.microseconds,
            "is_backfilled": False,
        }
        for event in latest.values()
    ]
    stored = connection.execute(_upsert_newer(dialect_insert(session)), rows)
    new = {latest[row.message_ts, row.person, row.emoji] for row in stored}
    for person in sorted(reacted - {row.user_id for row in found}):
        people.request_lookup(session, board_id, person)
    for message_ts in sorted({event.message_ts for event in new}):
        mark_card_changed(session, board_id, message_ts)
    answers = {event.message_ts for event in new if answer_of(event.emoji) is not None}
    for message_ts in sorted(answers):
        mark_draft_changed(session, board_id, message_ts)
    return new


def mark_card_changed(session: Session, board_id: int, message_ts: str) -> None:
    """Record that a card shows old votes, if the message is a card."""
    session.connection().execute(INCREMENT_REVISION, {"on_board": board_id, "at": message_ts})


def mark_draft_changed(session: Session, board_id: int, message_ts: str) -> None:
    """Record that a charter draft's post shows old answers, if the message is of an open draft."""
    session.connection().execute(INCREMENT_DRAFT_REVISION, {"on_board": board_id, "at": message_ts})


# The board of a channel, with those of the people whose account type is known.
SELECT_BOARD_AND_PEOPLE = (
    select(BoardRow.id, PersonRow.user_id)
    .outerjoin(
        PersonRow,
        (col(PersonRow.team_id) == col(BoardRow.team_id))
        & is_listed_in(col(PersonRow.user_id), "people")
        & (col(PersonRow.kind) != AccountType.UNKNOWN),
    )
    .where(BoardRow.team_id == bindparam("team_id"), BoardRow.channel_id == bindparam("channel_id"))
)


@cache
def _upsert_newer(insert: Callable[..., Any]) -> Any:
    """Return a statement in which the last event wins.

    It is cached because *one vote alone* would otherwise take half as long again.
    """
    reaction = insert(ReactionRow)
    return reaction.on_conflict_do_update(
        index_elements=["board_id", "message_ts", "person", "emoji"],
        set_={
            "present": reaction.excluded.present,
            "event_ts": reaction.excluded.event_ts,
            "is_backfilled": reaction.excluded.is_backfilled,
        },
        where=reaction.excluded.event_ts > col(ReactionRow.event_ts),
    ).returning(col(ReactionRow.message_ts), col(ReactionRow.person), col(ReactionRow.emoji))


# The card's project, or the one that it was merged into.
VOTED_ON = aliased(ProjectRow)
INCREMENT_REVISION = (
    update(ProjectRow)
    .where(
        col(ProjectRow.id).in_(
            select(func.coalesce(VOTED_ON.merged_into, VOTED_ON.id))
            .join(PostRow, col(PostRow.project_id) == VOTED_ON.id)
            .where(
                PostRow.board_id == bindparam("on_board"),
                PostRow.ts == bindparam("at"),
                PostRow.kind == PostKind.CARD,
            )
        )
    )
    .values(revision=col(ProjectRow.revision) + 1)
)
INCREMENT_DRAFT_REVISION = (
    update(DraftRow)
    .where(
        col(DraftRow.board_id) == bindparam("on_board"),
        col(DraftRow.closed_at).is_(None),
        cast(col(DraftRow.id), String).in_(  # as DraftSubject encodes it
            select(PostRow.subject).where(
                PostRow.board_id == bindparam("on_board"),
                PostRow.ts == bindparam("at"),
                PostRow.kind == PostKind.DRAFT,
            )
        ),
    )
    .values(revision=col(DraftRow.revision) + 1)
)


def has_reactions(session: Session, board_id: int, message_ts: str) -> bool:
    return (
        session.exec(
            select(ReactionRow.person)
            .where(ReactionRow.board_id == board_id, ReactionRow.message_ts == message_ts)
            .limit(1)
        ).first()
        is not None
    )


@dataclass(frozen=True)
class Reaction:
    """A stored reaction: whether it is present, and Slack's time of that (microseconds)."""

    present: bool
    event_ts: int


Reactions = dict[tuple[str, str], Reaction]  # By user id and emoji.


def reactions_on(
    session: Session, board_id: int, messages: Collection[str]
) -> dict[str, Reactions]:
    """Return the stored reactions on each message, by ts. Removed ones are included."""
    rows = session.exec(
        select(ReactionRow).where(
            ReactionRow.board_id == board_id, is_listed(col(ReactionRow.message_ts), messages)
        )
    ).all()
    reactions: dict[str, Reactions] = {ts: {} for ts in messages}
    for row in rows:
        reactions[row.message_ts][row.person, row.emoji] = Reaction(row.present, row.event_ts)
    return reactions


def apply_slack_state(
    session: Session,
    board: Board,
    message_ts: str,
    before: Reactions,
    in_slack: Collection[tuple[str, str]],
) -> None:
    """Store the reactions that Slack shows, given those stored before Slack was asked.

    Slack doesn't say when a reaction was added. So a correction gets a time just after the stored
    one, or the message's own time: any event still to come is newer. What changed since Slack was
    asked is newer too, and stays.
    """
    stored = reactions_on(session, board.id, [message_ts])[message_ts]
    for person, emoji in {*before, *in_slack}:
        previous = before.get((person, emoji))
        present = (person, emoji) in in_slack
        if stored.get((person, emoji)) != previous or present == (
            previous is not None and previous.present
        ):
            continue
        session.merge(
            ReactionRow(
                board_id=board.id,
                message_ts=message_ts,
                person=person,
                emoji=emoji,
                present=present,
                event_ts=previous.event_ts + 1 if previous else _microseconds(message_ts),
                is_backfilled=True,
            )
        )
        people.request_lookup(session, board.id, person)
    session.flush()
    mark_card_changed(session, board.id, message_ts)
    mark_draft_changed(session, board.id, message_ts)


def _microseconds(event_ts: str) -> int:
    """Parse Slack's decimal string. A float would lose its last digit."""
    seconds, _, fraction = event_ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0")[:6] or 0)
