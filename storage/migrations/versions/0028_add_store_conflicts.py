"""Add removed boards, and boards that are paused because another store posted in their channels"""

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("board", sa.Column("conflicting_store", sa.String(), nullable=True))
    op.add_column(
        "board",
        sa.Column("adopted_stores", sa.JSON(), nullable=False, server_default="[]"),
    )
    op.add_column(
        "board", sa.Column("highest_number", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "removed_board",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name="pk_removed_board"),
    )
