"""Add people's display names, and until when a board's digests are paused"""

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("person", sa.Column("name", sa.String(), nullable=True))
    op.add_column("board", sa.Column("digests_paused_until", sa.Date(), nullable=True))
