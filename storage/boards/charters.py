"""Charters: what a board's team ranks by. Every version is kept."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, bindparam, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.ranking.charter import Charter, Value
from storage.tables import CharterRow, ProjectRow


class Version(BaseModel):
    """A charter, with who agreed to it and since when it holds."""

    model_config = ConfigDict(frozen=True)

    version: int
    charter: Charter
    agreed_by: tuple[str, ...]
    agreed_at: datetime


# Made once, as they run in each pass and act: to put them together takes as long as to run them.
SELECT_CURRENT = (
    select(CharterRow)
    .where(CharterRow.board_id == bindparam("of_board"))
    .order_by(col(CharterRow.version).desc())
    .limit(1)
)
NEWER = aliased(CharterRow)
SELECT_ALL_CURRENT = (
    select(CharterRow)
    .outerjoin(
        NEWER,
        and_(
            col(NEWER.board_id) == col(CharterRow.board_id),
            col(NEWER.version) > col(CharterRow.version),
        ),
    )
    .where(col(NEWER.version).is_(None))
)


def current(session: Session, board_id: int) -> Version:
    """The newest. A board has one from its first moment on."""
    return _version(session.exec(SELECT_CURRENT, params={"of_board": board_id}).one())


def current_by_board(session: Session) -> dict[int, Version]:
    """The newest of every board, by the board's id."""
    return {row.board_id: _version(row) for row in session.exec(SELECT_ALL_CURRENT).all()}


def versions(session: Session, board_id: int) -> list[Version]:
    """All that ever were in force, newest first."""
    return [_version(row) for row in session.exec(_newest_first(board_id)).all()]


def known_values(session: Session, board_id: int) -> list[Value]:
    """All values that there ever were, each as it last was."""
    found: dict[str, Value] = {}
    for version in versions(session, board_id):
        for value in version.charter.values:
            found.setdefault(value.key, value)
    return list(found.values())


def adopt(
    session: Session,
    board_id: int,
    charter: Charter,
    *,
    version: int,
    agreed_by: list[str],
    now: datetime,
) -> None:
    """It is in force from now on, and changes what every card shows."""
    session.add(
        CharterRow(
            board_id=board_id,
            version=version,
            content=charter.model_dump(mode="json"),
            agreed_by=agreed_by,
            agreed_at=now,
        )
    )
    session.execute(
        update(ProjectRow)
        .where(col(ProjectRow.board_id) == board_id)
        .values(revision=col(ProjectRow.revision) + 1)
    )
    session.flush()


def set_first_agreement(session: Session, board_id: int, by: str) -> None:
    """Unless someone has: who invited us may be known only after the board was made."""
    first = session.exec(_newest_first(board_id).where(CharterRow.version == 1)).one()
    first.agreed_by = first.agreed_by or [by]
    session.add(first)


def _newest_first(board_id: int) -> SelectOfScalar[CharterRow]:
    return (
        select(CharterRow)
        .where(CharterRow.board_id == board_id)
        .order_by(col(CharterRow.version).desc())
    )


def _version(row: CharterRow) -> Version:
    return Version(
        version=row.version,
        charter=Charter.model_validate(row.content),
        agreed_by=tuple(row.agreed_by),
        agreed_at=row.agreed_at,
    )
