"""Add who undid the commit of a quarter"""

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("roadmap", sa.Column("undone_by", sa.String(), nullable=True))
    op.add_column("roadmap", sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
