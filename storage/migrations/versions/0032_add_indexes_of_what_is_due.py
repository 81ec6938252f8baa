"""Add indexes that find what is due without reading what closed years ago"""

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.drop_index("ix_project_reveal", "project")
    op.create_index(
        "ix_project_reveal", "project", ["board_id", "status", "revealed_at", "proposed_at"]
    )
    op.create_index("ix_project_proposed_at", "project", ["board_id", "proposed_at"])
    for name, columns, condition in (
        (
            "ix_post_redrawn",
            ["project_id", "shown_revision", "kind", "subject"],
            "state = 'posted' AND kind IN ('card', 'draft', 'fire', 'dispute')",
        ),
        (
            "ix_post_of_quarter",
            ["subject"],
            "state = 'posted' AND kind IN ('roadmap', 'retrospective')",
        ),
    ):
        where = sa.text(condition)
        op.create_index(name, "post", columns, sqlite_where=where, postgresql_where=where)
