"""Add when something may next be due on each board"""

import sqlalchemy as sa
from alembic import op

revision: str = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_table(
        "board_schedule",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name="fk_board_schedule_board_id_board"
        ),
        sa.PrimaryKeyConstraint("board_id", name="pk_board_schedule"),
    )
    op.create_index("ix_board_schedule_due_at", "board_schedule", ["due_at"])
    op.execute("INSERT INTO board_schedule (board_id, changes) SELECT id, 0 FROM board")
