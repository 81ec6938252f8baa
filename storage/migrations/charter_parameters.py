"""Charter versions by upgrade: how a migration gives every charter a new parameter."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

import sqlalchemy as sa

Number = int | float

UNREADABLE = (TypeError, ValueError)  # malformed JSON, or JSON of another type

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
    added version, so that it can still be adopted. A charter or draft that can't be read stays as
    it is: it must not keep the other boards from being upgraded.
    """
    now = datetime.now(UTC)
    newest = sa.select(CHARTER.c.board_id, sa.func.max(CHARTER.c.version))
    for board_id, version in connection.execute(newest.group_by(CHARTER.c.board_id)).all():
        is_current = sa.and_(CHARTER.c.board_id == board_id, CHARTER.c.version == version)
        with suppress(*UNREADABLE):
            content = connection.execute(
                sa.select(CHARTER.c.content).where(is_current)
            ).scalar_one()
            connection.execute(
                sa.insert(CHARTER).values(
                    board_id=board_id,
                    version=version + 1,
                    content={**content, **parameters},
                    agreed_by=[],
                    agreed_at=now,
                    by_upgrade=True,
                )
            )
            _rebase_draft(connection, board_id, version, parameters)
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
