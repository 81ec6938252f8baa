"""Add indexes that find what is open without reading what closed years ago"""

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_index("ix_project_status", "project", ["board_id", "status", "status_at", "number"])
    op.create_index("ix_project_origin", "project", ["origin"])
    op.create_index("ix_toil_board_id_at", "toil", ["board_id", "at"])
    op.drop_index("ix_toil_board_id", "toil")
    op.drop_index("ix_post_state", "post")
    _create_partial_index("ix_post_pending", "state IN ('due', 'sending')")
    _create_partial_index(
        "ix_post_without_permalink",
        "permalink IS NULL AND state = 'posted' AND kind IN ('card', 'draft', 'roadmap')",
    )


def _create_partial_index(name: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "post", ["id"], sqlite_where=where, postgresql_where=where)
