"""Add when Needle was last invited to a board's channel again"""

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("board", sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True))
