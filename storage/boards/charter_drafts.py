"""Charter drafts: proposed changes of a charter. A board has at most one open draft."""

from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, String, and_, cast, delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.ranking.charter import Charter
from domain.ranking.draft_answers import AnswerAct, answer_of, current_answers
from storage.boards import charters
from storage.database import insert_into
from storage.people import people
from storage.posts import outbox
from storage.posts.subjects import DraftSubject
from storage.tables import (
    AccountType,
    AnswerRow,
    BoardRow,
    DraftRow,
    ObjectionRow,
    PersonRow,
    PostKind,
    PostRow,
    ReactionRow,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Draft(BaseModel):
    """A charter draft, based on version `base_version`."""

    model_config = ConfigDict(frozen=True)

    id: int
    board_id: int
    base_version: int
    content: Charter
    reason: str
    proposed_by: str
    proposed_at: datetime
    posted_at: datetime | None
    revision: int
    closed_by: str | None
    closed_at: datetime | None
    adopted_version: int | None


def find_open(session: Session, board_id: int) -> Draft | None:
    """Return the draft that is being edited or up for agreement."""
    row = session.exec(_open(board_id)).first()
    return None if row is None else _draft(row)


def find(
    session: Session, board_id: int, draft_id: int, *, to_change: bool = False
) -> Draft | None:
    """Return the draft if it is the board's. With `to_change`, lock it until the commit."""
    query = select(DraftRow).where(DraftRow.id == draft_id, DraftRow.board_id == board_id)
    row = session.exec(query.with_for_update() if to_change else query).first()
    return None if row is None else _draft(row)


def save(
    session: Session, board_id: int, base_version: int, content: Charter, *, by: str, now: datetime
) -> None:
    """Store the content of the board's open draft. Start a draft if none is open."""
    row = DraftRow(
        board_id=board_id,
        base_version=base_version,
        content={},
        reason="",
        proposed_by=by,
        proposed_at=now,
    )
    session.execute(
        insert_into(session, DraftRow)
        .values(row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing()
    )
    open_row = session.exec(_open(board_id).with_for_update()).one()
    open_row.content = content.model_dump(mode="json")
    session.add(open_row)
    session.flush()


def post(session: Session, draft_id: int, *, reason: str, by: str, now: datetime) -> None:
    """Queue the draft's post, which asks the channel for agreement."""
    row = session.get_one(DraftRow, draft_id)
    row.reason, row.proposed_by, row.posted_at = reason, by, now
    session.add(row)
    outbox.enqueue(session, row.board_id, PostKind.DRAFT, DraftSubject(draft_id))


def save_answer(
    session: Session, draft_id: int, person: str, *, agrees: bool, now: datetime
) -> None:
    """Store whether a person agrees. A person's last answer counts."""
    insert = insert_into(session, AnswerRow)
    session.execute(
        insert.values(
            draft_id=draft_id, person=person, agrees=agrees, given_at=now
        ).on_conflict_do_update(
            index_elements=["draft_id", "person"],
            set_={"agrees": insert.excluded.agrees, "given_at": insert.excluded.given_at},
        )
    )
    _revise(session, session.get_one(DraftRow, draft_id))


def answers(session: Session, draft_id: int) -> dict[str, bool]:
    """Return who agrees and who doesn't, in the order of the answers.

    Only full members' answers count. What happens after the draft is closed doesn't.
    """
    draft = session.get_one(DraftRow, draft_id)
    acts = _buttons(session, draft_id)
    if draft.closed_at is None:
        acts += _reactions(session, draft)
        board = session.get_one(BoardRow, draft.board_id)
        excluded = people.known_non_members(session, {act.person for act in acts})
        acts = [act for act in acts if (board.team_id, act.person) not in excluded]
    return current_answers(acts)


def reasons(session: Session, draft_id: int) -> dict[str, str]:
    """Return the reasons that people gave for an objection, by person."""
    rows = session.exec(select(ObjectionRow).where(ObjectionRow.draft_id == draft_id)).all()
    return {row.person: row.reason for row in rows}


def save_reason(
    session: Session, draft_id: int, person: str, reason: str, *, now: datetime
) -> None:
    """Store why a person objects. Someone who doesn't object yet does from now on."""
    if answers(session, draft_id).get(person) is not False:
        save_answer(session, draft_id, person, agrees=False, now=now)
    session.merge(ObjectionRow(draft_id=draft_id, person=person, reason=reason))
    _revise(session, session.get_one(DraftRow, draft_id))


def find_by_message(
    session: Session, team_id: str, channel_id: str, message_ts: str
) -> Draft | None:
    """Return the open draft that a message of a channel is the post of."""
    row = session.exec(
        select(DraftRow)
        .join(BoardRow, col(BoardRow.id) == col(DraftRow.board_id))
        .join(PostRow, _is_post_of_draft())
        .where(
            BoardRow.team_id == team_id,
            BoardRow.channel_id == channel_id,
            PostRow.ts == message_ts,
            col(DraftRow.closed_at).is_(None),
        )
    ).first()
    return None if row is None else _draft(row)


def adopted_objections(session: Session, board_id: int) -> dict[int, list[tuple[str, str]]]:
    """Return each version's objections: the people, and their reasons or empty strings."""
    rows = session.exec(
        select(DraftRow.adopted_version, AnswerRow.person, ObjectionRow.reason)
        .join(AnswerRow, col(AnswerRow.draft_id) == col(DraftRow.id))
        .outerjoin(
            ObjectionRow,
            and_(
                col(ObjectionRow.draft_id) == col(AnswerRow.draft_id),
                col(ObjectionRow.person) == col(AnswerRow.person),
            ),
        )
        .where(
            DraftRow.board_id == board_id,
            col(DraftRow.adopted_version).is_not(None),
            col(AnswerRow.agrees).is_(False),
        )
        .order_by(col(AnswerRow.given_at), col(AnswerRow.person))
    ).all()
    objections: dict[int, list[tuple[str, str]]] = {}
    for version, person, reason in rows:
        objections.setdefault(version or 0, []).append((person, reason or ""))
    return objections


def adopt(session: Session, draft_id: int, *, by: str, now: datetime) -> int:
    """Make the draft the charter's next version, agreed by all who said so. Return the version."""
    row = session.get_one(DraftRow, draft_id)
    agreed_by = [person for person, agrees in answers(session, draft_id).items() if agrees]
    row.adopted_version = row.base_version + 1
    charters.adopt(
        session,
        row.board_id,
        Charter.model_validate(row.content),
        version=row.adopted_version,
        agreed_by=agreed_by,
        now=now,
    )
    _close(session, row, by, now)
    return row.adopted_version


def withdraw(session: Session, draft_id: int, *, by: str, now: datetime) -> None:
    """Close the draft without adopting it."""
    _close(session, session.get_one(DraftRow, draft_id), by, now)


def _open(board_id: int) -> SelectOfScalar[DraftRow]:
    return select(DraftRow).where(DraftRow.board_id == board_id, col(DraftRow.closed_at).is_(None))


def _close(session: Session, row: DraftRow, by: str, now: datetime) -> None:
    """Close a draft, and store the answers that count now: later reactions change nothing."""
    draft_id = row.id or 0
    final = answers(session, draft_id)
    row.closed_by, row.closed_at = by, now
    _revise(session, row)
    session.execute(delete(AnswerRow).where(col(AnswerRow.draft_id) == draft_id))
    session.add_all(
        AnswerRow(
            draft_id=draft_id,
            person=person,
            agrees=agrees,
            given_at=now + timedelta(microseconds=place),  # keeps their order
        )
        for place, (person, agrees) in enumerate(final.items())
    )
    session.flush()


def _buttons(session: Session, draft_id: int) -> list[AnswerAct]:
    rows = session.exec(select(AnswerRow).where(AnswerRow.draft_id == draft_id)).all()
    return [
        AnswerAct(row.person, row.agrees, _microseconds(row.given_at), is_button=True)
        for row in rows
    ]


def _reactions(session: Session, draft: DraftRow) -> list[AnswerAct]:
    """Return the answers by reactions on the draft's posts. Only known full members count."""
    rows = session.exec(
        select(ReactionRow)
        .join(
            PostRow,
            and_(
                col(PostRow.board_id) == col(ReactionRow.board_id),
                col(PostRow.ts) == col(ReactionRow.message_ts),
            ),
        )
        .join(BoardRow, col(BoardRow.id) == col(ReactionRow.board_id))
        .join(
            PersonRow,
            and_(
                col(PersonRow.team_id) == col(BoardRow.team_id),
                col(PersonRow.user_id) == col(ReactionRow.person),
            ),
        )
        .where(
            PostRow.board_id == draft.board_id,
            PostRow.kind == PostKind.DRAFT,
            PostRow.subject == DraftSubject(draft.id or 0).encode(),
            PersonRow.kind == AccountType.MEMBER,
            col(ReactionRow.present).is_(True),
        )
    ).all()
    return [
        AnswerAct(row.person, agrees, None if row.is_backfilled else row.event_ts)
        for row in rows
        if (agrees := answer_of(row.emoji)) is not None
    ]


def _is_post_of_draft() -> ColumnElement[bool]:
    return and_(
        col(PostRow.board_id) == col(DraftRow.board_id),
        col(PostRow.kind) == PostKind.DRAFT,
        col(PostRow.subject) == cast(col(DraftRow.id), String),  # as DraftSubject encodes it
    )


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _revise(session: Session, row: DraftRow) -> None:
    """Record that the draft's post shows an old state."""
    row.revision += 1
    session.add(row)
    session.flush()


def _draft(row: DraftRow) -> Draft:
    return Draft.model_validate(row.model_dump())
