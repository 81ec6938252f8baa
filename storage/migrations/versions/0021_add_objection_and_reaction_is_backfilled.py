"""Add the reasons of objections, and which reactions were found by backfill"""

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "objection",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_objection_draft_id_draft"),
        sa.PrimaryKeyConstraint("draft_id", "person", name="pk_objection"),
    )
    op.add_column(
        "reaction",
        sa.Column("is_backfilled", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
