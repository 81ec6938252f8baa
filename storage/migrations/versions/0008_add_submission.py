"""Add the submitted score forms, so that a duplicate counts once"""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "submission",
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("form"),
    )
