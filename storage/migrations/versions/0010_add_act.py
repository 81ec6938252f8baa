"""Add the idempotency keys of user actions, so that a duplicate counts once"""

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.drop_table(
        "submission"
    )  # Its form ids aren't trigger ids, and they are kept for only a day.
    op.create_table(
        "act",
        sa.Column("trigger_id", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("trigger_id"),
    )
