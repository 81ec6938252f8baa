"""Add the database that a store was moved to"""

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("store", sa.Column("moved_to", sa.String(), nullable=True))
