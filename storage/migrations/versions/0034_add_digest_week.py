"""Add which digest named a shipped project, from what the posted digests store"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision = "0033"

PROJECT = sa.table(
    "project",
    sa.column("id", sa.Integer),
    sa.column("board_id", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("status", sa.String),
    sa.column("status_at", sa.DateTime(timezone=True)),
    sa.column("digest_week", sa.String),
)
POST = sa.table(
    "post",
    sa.column("board_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("state", sa.String),
    sa.column("subject", sa.String),
    sa.column("shipped", sa.JSON),
    sa.column("shippings", sa.JSON),
    sa.column("taken_at", sa.DateTime(timezone=True)),
)
IS_SHIPPED = sa.text("status = 'shipped'")


def upgrade() -> None:
    op.add_column("project", sa.Column("digest_week", sa.String(), nullable=True))
    op.create_index(
        "ix_project_digest_week",
        "project",
        ["board_id", "digest_week", "status_at", "number"],
        sqlite_where=IS_SHIPPED,
        postgresql_where=IS_SHIPPED,
    )
    connection = op.get_bind()
    shipped = {
        (project.board_id, project.number): project
        for project in connection.execute(sa.select(PROJECT).where(IS_SHIPPED))
    }
    digests = sa.select(POST).where(POST.c.kind == "digest", POST.c.state == "posted")
    weeks: dict[int, str] = {}
    for digest in connection.execute(digests.order_by(POST.c.subject)):
        for number in digest.shipped or ():
            project = shipped.get((digest.board_id, number))
            if project is not None and _names(digest, project):
                weeks.setdefault(project.id, digest.subject)
    set_week = sa.update(PROJECT).where(PROJECT.c.id == sa.bindparam("project"))
    values = [{"project": project_id, "digest_week": week} for project_id, week in weeks.items()]
    if values:
        connection.execute(set_week, values)


def _names(digest: Any, project: Any) -> bool:
    """Return whether a digest that has a project's number names its last shipping.

    Digests of earlier versions have only numbers: they name what shipped before they were sent.
    """
    shippings: Mapping[str, str] | None = digest.shippings
    if shippings is not None:
        named_at = shippings.get(f"{project.number}")
        at = _in_utc(project.status_at)
        return named_at == ("" if at is None else at.isoformat())
    if digest.taken_at is None:
        return False
    return project.status_at is None or digest.taken_at >= project.status_at


def _in_utc(at: datetime | None) -> datetime | None:
    """Return the time in UTC. SQLite returns it without a time zone."""
    if at is None:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
