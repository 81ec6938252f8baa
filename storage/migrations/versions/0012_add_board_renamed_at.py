"""Add when Slack last reported that a board's channel was renamed"""

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("board", sa.Column("renamed_at", sa.DateTime(timezone=True), nullable=True))
