"""People in boards' channels. The number of full members among them limits the quorum.

Slack isn't asked about everyone in a large channel. Someone whose account type isn't known counts
as a full member, so the quorum never gets too small.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, insert
from sqlmodel import Session, SQLModel, col, select

from storage.boards import charters
from storage.database import insert_into
from storage.people import homes
from storage.readable_rows import skip_unreadable
from storage.tables import AccountType, BoardRow, ChannelMemberRow, PersonRow
from storage.value_lists import is_listed

MEMBER_TABLE = SQLModel.metadata.tables["channel_member"]
# Everyone in a board's channel, with their account type if they are stored.
MEMBERS = (
    select(ChannelMemberRow.person, PersonRow.kind)
    .join(BoardRow, col(BoardRow.id) == col(ChannelMemberRow.board_id))
    .outerjoin(
        PersonRow,
        and_(
            col(PersonRow.team_id) == col(BoardRow.team_id),
            col(PersonRow.user_id) == col(ChannelMemberRow.person),
        ),
    )
)


def save(
    session: Session, board_id: int, people: Collection[str], *, last_change: datetime | None
) -> bool:
    """Store who is in a board's channel, as Slack lists them. Return whether the list is current.

    Mark the Homes of people who left as outdated. The caller has the store-wide lock and the
    board's.

    `last_change` is the last change that was reported before Slack was asked. If there was a later
    one, the list may be outdated, and Slack must be asked again.
    """
    stored = set(
        session.exec(
            select(ChannelMemberRow.person).where(ChannelMemberRow.board_id == board_id)
        ).all()
    )
    left = stored.difference(people)
    if left:
        session.execute(
            delete(ChannelMemberRow).where(
                col(ChannelMemberRow.board_id) == board_id,
                is_listed(col(ChannelMemberRow.person), left),
            )
        )
    if joined := sorted(set(people) - stored):
        # A channel may have tens of thousands of people. The ORM would hold the writers' lock for
        # seconds.
        rows = [{"board_id": board_id, "person": person} for person in joined]
        session.connection().execute(insert(MEMBER_TABLE), rows)
    row = session.get_one(BoardRow, board_id)
    homes.mark_outdated(session, row.team_id, left)
    is_current = row.members_changed_at == last_change
    if is_current:
        row.members_changed_at = None
    session.add(row)
    session.flush()
    _count(session, row)
    return is_current


def boards_of(session: Session, team_id: str, person: str) -> list[str]:
    """Return the channel ids of the boards whose channels a person is in, oldest board first.

    The stored list of members may be outdated: the person may have left since.
    """
    return list(
        session.exec(
            select(BoardRow.channel_id)
            .join(ChannelMemberRow, col(ChannelMemberRow.board_id) == col(BoardRow.id))
            .where(BoardRow.team_id == team_id, ChannelMemberRow.person == person)
            .order_by(col(BoardRow.id))
        ).all()
    )


def boards_with(session: Session, team_id: str, person: str) -> list[int]:
    """Return the ids of the boards whose channels a person is in."""
    statement = (
        select(ChannelMemberRow.board_id)
        .join(BoardRow, col(BoardRow.id) == col(ChannelMemberRow.board_id))
        .where(BoardRow.team_id == team_id, ChannelMemberRow.person == person)
    )
    return list(session.exec(statement).all())


def recount_channels_of(session: Session, team_id: str, person: str) -> None:
    """Count full members again on the boards whose channels a person is in."""
    for board_id in boards_with(session, team_id, person):
        with skip_unreadable(session, f"board {board_id}", board_id):
            _count(session, session.get_one(BoardRow, board_id))


def _count(session: Session, row: BoardRow) -> None:
    """Store the number of full members. If it changes the needed quorum, cards are outdated.

    If too few are known to be full members, let Slack be asked about as many as could be missing.
    """
    board_id = row.id or 0
    charter = charters.current(session, board_id).charter
    people: Sequence[tuple[str, str | None]] = session.exec(
        MEMBERS.where(ChannelMemberRow.board_id == board_id)
    ).all()
    known = [person for person, kind in people if kind == AccountType.MEMBER]
    asked = [person for person, kind in people if kind == AccountType.UNKNOWN]
    unasked = sorted(person for person, kind in people if kind is None)
    before = charter.needed_quorum(row.full_members)
    row.full_members = len(known) + len(asked) + len(unasked)
    session.add(row)
    session.flush()
    if charter.needed_quorum(row.full_members) != before:
        charters.mark_cards_outdated(session, board_id)
    missing = max(0, charter.quorum - len(known) - len(asked))
    if to_ask := unasked[:missing]:
        session.execute(
            insert_into(session, PersonRow)
            .values(
                [
                    {"team_id": row.team_id, "user_id": person, "kind": AccountType.UNKNOWN}
                    for person in to_ask
                ]
            )
            .on_conflict_do_nothing()
        )
