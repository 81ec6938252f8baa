"""Add who does a project"""

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("project", sa.Column("owner", sa.String(), nullable=True))
