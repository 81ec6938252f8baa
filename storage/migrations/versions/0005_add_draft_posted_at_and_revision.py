"""Post charter drafts: one is open at a time, and its post is redrawn"""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("draft", sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "draft", sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("1"))
    )
    op.create_index(
        "uq_draft_open",
        "draft",
        ["board_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
