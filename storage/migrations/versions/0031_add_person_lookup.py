"""Add people whose account types boards wait for"""

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "person_lookup",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_person_lookup_board_id_board"),
        sa.PrimaryKeyConstraint("board_id", "person", name="pk_person_lookup"),
    )
    op.create_index("ix_person_lookup_person", "person_lookup", ["person"])
