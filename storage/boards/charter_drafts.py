"""Charter drafts: proposed changes of a charter. A board has at most one open draft."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.ranking.charter import Charter
from storage.boards import charters
from storage.database import insert_into
from storage.posts import outbox
from storage.posts.subjects import DraftSubject
from storage.tables import AnswerRow, DraftRow, PostKind


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
    """Return who agrees and who doesn't, in the order of the answers."""
    rows = session.exec(
        select(AnswerRow)
        .where(AnswerRow.draft_id == draft_id)
        .order_by(col(AnswerRow.given_at), col(AnswerRow.person))
    ).all()
    return {row.person: row.agrees for row in rows}


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
    row.closed_by, row.closed_at = by, now
    _revise(session, row)


def _revise(session: Session, row: DraftRow) -> None:
    """Record that the draft's post shows an old state."""
    row.revision += 1
    session.add(row)
    session.flush()


def _draft(row: DraftRow) -> Draft:
    return Draft.model_validate(row.model_dump())
