"""Add early reveals, and who is in a board's channel"""

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("project", sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_project_reveal", "project", ["board_id", "revealed_at", "proposed_at", "status"]
    )
    op.add_column("board", sa.Column("full_members", sa.Integer(), nullable=True))
    op.add_column(
        "board", sa.Column("members_changed_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "channel_member",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name="fk_channel_member_board_id_board"
        ),
        sa.PrimaryKeyConstraint("board_id", "person", name="pk_channel_member"),
    )
    op.create_index("ix_channel_member_person", "channel_member", ["person"])
