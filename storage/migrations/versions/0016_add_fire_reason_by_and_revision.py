"""Add who gave a fire's reason, and the fire's revision"""

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("fire", sa.Column("reason_by", sa.String(), nullable=True))
    op.add_column("fire", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE post SET shown_revision = 1 WHERE kind = 'fire' AND state = 'posted'")
