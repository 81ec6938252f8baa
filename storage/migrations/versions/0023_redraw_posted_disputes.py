"""Tie disputes to their projects, and redraw the posted ones: they named people"""

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision = "0022"

POST = sa.table(
    "post",
    sa.column("board_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("subject", sa.String),
    sa.column("state", sa.String),
    sa.column("project_id", sa.Integer),
    sa.column("shown_revision", sa.Integer),
)
PROJECT = sa.table(
    "project",
    sa.column("id", sa.Integer),
    sa.column("board_id", sa.Integer),
    sa.column("number", sa.Integer),
)


def upgrade() -> None:
    is_dispute = POST.c.kind == "dispute"
    project_id = (
        sa.select(PROJECT.c.id)
        .where(
            PROJECT.c.board_id == POST.c.board_id,
            sa.cast(PROJECT.c.number, sa.String) == POST.c.subject,
        )
        .scalar_subquery()
    )
    op.execute(
        sa.update(POST).where(is_dispute, POST.c.project_id.is_(None)).values(project_id=project_id)
    )
    op.execute(sa.update(POST).where(is_dispute, POST.c.state == "posted").values(shown_revision=0))
