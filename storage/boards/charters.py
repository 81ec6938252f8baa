"""Charters: the values by which a board ranks. Every version is kept.

An upgrade of Needle that adds a parameter makes a new version with it (see CONTRIBUTING.md).
"""

from collections.abc import Collection
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, bindparam, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.ranking.charter import Charter, Value
from storage.tables import BoardRow, CharterRow, ProjectRow
from storage.value_lists import is_listed_in


class Version(BaseModel):
    """A version of a charter, with who agreed to it and when."""

    model_config = ConfigDict(frozen=True)

    version: int
    charter: Charter
    agreed_by: tuple[str, ...]
    agreed_at: datetime
    by_upgrade: bool = False
    # The charter ranks by the parameters' defaults, because the version was adopted before
    # Needle had them.
    missing_parameters: frozenset[str] = frozenset()


# These run in each pass and each request. Building a statement takes as long as running it.
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

SELECT_CURRENT_OF = SELECT_ALL_CURRENT.where(is_listed_in(col(CharterRow.board_id), "of_boards"))


def current(session: Session, board_id: int) -> Version:
    """Return the newest version. Every board has one."""
    return _version(session.exec(SELECT_CURRENT, params={"of_board": board_id}).one())


def current_by_board(session: Session) -> dict[int, Version]:
    """Return the newest version of every board, by board id."""
    return {row.board_id: _version(row) for row in session.exec(SELECT_ALL_CURRENT).all()}


def current_of(session: Session, board_ids: Collection[int]) -> dict[int, Version]:
    """Return the newest version of each of these boards, by board id."""
    rows = session.exec(SELECT_CURRENT_OF, params={"of_boards": [*board_ids]}).all()
    return {row.board_id: _version(row) for row in rows}


def versions(session: Session, board_id: int) -> list[Version]:
    """Return all versions, newest first."""
    return [_version(row) for row in session.exec(_newest_first(board_id)).all()]


def known_values(session: Session, board_id: int) -> list[Value]:
    """Return every value that was ever in the charter, in its newest form."""
    by_key: dict[str, Value] = {}
    for version in versions(session, board_id):
        for value in version.charter.values:
            by_key.setdefault(value.key, value)
    return list(by_key.values())


def adopt(
    session: Session,
    board_id: int,
    charter: Charter,
    *,
    version: int,
    agreed_by: list[str],
    now: datetime,
) -> None:
    """Add a version, which is current from now on. Every card shows an old state then.

    With a larger quorum, more full members count, so Slack is asked who is in the channel.
    """
    session.add(
        CharterRow(
            board_id=board_id,
            version=version,
            content=charter.model_dump(mode="json"),
            agreed_by=agreed_by,
            agreed_at=now,
        )
    )
    mark_cards_outdated(session, board_id)
    session.execute(
        update(BoardRow).where(col(BoardRow.id) == board_id).values(members_changed_at=now)
    )
    session.flush()


def mark_cards_outdated(session: Session, board_id: int) -> None:
    """Record that every card of the board shows an old state."""
    session.execute(
        update(ProjectRow)
        .where(col(ProjectRow.board_id) == board_id)
        .values(revision=col(ProjectRow.revision) + 1)
    )


def set_first_agreement(session: Session, board_id: int, by: str) -> None:
    """Record who agreed to the first version, unless that is known.

    The inviter may become known only after the board was created.
    """
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
        by_upgrade=row.by_upgrade,
        missing_parameters=Charter.model_fields.keys() - row.content.keys(),
    )
