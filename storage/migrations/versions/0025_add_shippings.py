"""Add when the projects that a digest named were shipped"""

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("post", sa.Column("shippings", sa.JSON(), nullable=True))
