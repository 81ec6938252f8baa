"""Add who does a project"""

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("project", sa.Column("owner", sa.String(), nullable=True))
