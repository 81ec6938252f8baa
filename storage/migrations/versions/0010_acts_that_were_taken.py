"""Whatever someone does counts once, though it comes twice"""

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.drop_table("submission")  # its names of forms say nothing of acts, and are kept for a day
    op.create_table(
        "act",
        sa.Column("trigger_id", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("trigger_id"),
    )
