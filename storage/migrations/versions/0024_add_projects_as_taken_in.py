"""Add what a project was like when it was added to a committed roadmap"""

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("roadmap_change", sa.Column("taken_in_as", sa.JSON(), nullable=True))
