"""Drafts: changes of a charter, from being drawn up to being adopted. One at a time on a board."""

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
    """A change as it stands: the charter that it would make of version `base_version`."""

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
    """The one that is drawn up or up for agreement."""
    row = session.exec(_open(board_id)).first()
    return None if row is None else _draft(row)


def find(
    session: Session, board_id: int, draft_id: int, *, to_change: bool = False
) -> Draft | None:
    """That draft, if it is of that board; to change it, nobody else may until we are done."""
    query = select(DraftRow).where(DraftRow.id == draft_id, DraftRow.board_id == board_id)
    row = session.exec(query.with_for_update() if to_change else query).first()
    return None if row is None else _draft(row)


def save(
    session: Session, board_id: int, base_version: int, content: Charter, *, by: str, now: datetime
) -> None:
    """What the open draft would make of the charter; without an open one, the first of a new."""
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
    drawn_up = session.exec(_open(board_id).with_for_update()).one()
    drawn_up.content = content.model_dump(mode="json")
    session.add(drawn_up)
    session.flush()


def post(session: Session, draft_id: int, *, reason: str, by: str, now: datetime) -> None:
    """It is drawn up: the channel is asked whether it agrees."""
    row = session.get_one(DraftRow, draft_id)
    row.reason, row.proposed_by, row.posted_at = reason, by, now
    session.add(row)
    outbox.enqueue(session, row.board_id, PostKind.DRAFT, DraftSubject(draft_id))


def save_answer(
    session: Session, draft_id: int, person: str, *, agrees: bool, now: datetime
) -> None:
    """Someone agrees, or not yet; their last answer counts."""
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
    """Who agrees and who does not yet, in the order in which they said so."""
    rows = session.exec(
        select(AnswerRow)
        .where(AnswerRow.draft_id == draft_id)
        .order_by(col(AnswerRow.given_at), col(AnswerRow.person))
    ).all()
    return {row.person: row.agrees for row in rows}


def adopt(session: Session, draft_id: int, *, by: str, now: datetime) -> int:
    """It becomes the next version of the charter, agreed to by all who said so; that version."""
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
    """It comes to nothing."""
    _close(session, session.get_one(DraftRow, draft_id), by, now)


def _open(board_id: int) -> SelectOfScalar[DraftRow]:
    return select(DraftRow).where(DraftRow.board_id == board_id, col(DraftRow.closed_at).is_(None))


def _close(session: Session, row: DraftRow, by: str, now: datetime) -> None:
    row.closed_by, row.closed_at = by, now
    _revise(session, row)


def _revise(session: Session, row: DraftRow) -> None:
    """What its post shows has changed."""
    row.revision += 1
    session.add(row)
    session.flush()


def _draft(row: DraftRow) -> Draft:
    return Draft.model_validate(row.model_dump())
