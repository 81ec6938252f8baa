"""Charter versions by upgrade: how a migration gives every charter a new parameter."""

from collections.abc import Mapping
from datetime import UTC, datetime

import sqlalchemy as sa

Number = int | float

CHARTER = sa.table(
    "charter",
    sa.column("board_id", sa.Integer),
    sa.column("version", sa.Integer),
    sa.column("content", sa.JSON),
    sa.column("agreed_by", sa.JSON),
    sa.column("agreed_at", sa.DateTime(timezone=True)),
    sa.column("by_upgrade", sa.Boolean),
)
DRAFT = sa.table(
    "draft",
    sa.column("id", sa.Integer),
    sa.column("board_id", sa.Integer),
    sa.column("base_version", sa.Integer),
    sa.column("content", sa.JSON),
    sa.column("revision", sa.Integer),
    sa.column("closed_at", sa.DateTime(timezone=True)),
)
PROJECT = sa.table("project", sa.column("revision", sa.Integer))


def add_parameters(connection: sa.Connection, parameters: Mapping[str, Number]) -> None:
    """Add a version with the parameters to each board's charter. Every card is redrawn.

    Adopted versions stay as they were. An open draft of the current version becomes one of the
    added version, so that it can still be adopted.
    """
    now = datetime.now(UTC)
    newest = sa.select(CHARTER.c.board_id, sa.func.max(CHARTER.c.version).label("version"))
    current = newest.group_by(CHARTER.c.board_id).subquery()
    is_current = sa.and_(
        CHARTER.c.board_id == current.c.board_id, CHARTER.c.version == current.c.version
    )
    versions = connection.execute(sa.select(CHARTER).join(current, is_current)).all()
    for row in versions:
        connection.execute(
            sa.insert(CHARTER).values(
                board_id=row.board_id,
                version=row.version + 1,
                content={**row.content, **parameters},
                agreed_by=[],
                agreed_at=now,
                by_upgrade=True,
            )
        )
        _rebase_draft(connection, row.board_id, row.version, parameters)
    connection.execute(sa.update(PROJECT).values(revision=PROJECT.c.revision + 1))


def _rebase_draft(
    connection: sa.Connection, board_id: int, version: int, parameters: Mapping[str, Number]
) -> None:
    of_board = sa.and_(DRAFT.c.board_id == board_id, DRAFT.c.closed_at.is_(None))
    draft = connection.execute(
        sa.select(DRAFT).where(of_board, DRAFT.c.base_version == version)
    ).first()
    if draft is not None:
        connection.execute(
            sa.update(DRAFT)
            .where(DRAFT.c.id == draft.id)
            .values(
                base_version=version + 1,
                content={**draft.content, **parameters},
                revision=draft.revision + 1,
            )
        )
