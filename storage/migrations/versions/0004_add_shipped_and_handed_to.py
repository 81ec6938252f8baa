"""Add who a project was handed to, and which shipped projects a digest named"""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("post", sa.Column("shipped", sa.JSON(), nullable=True))
    op.add_column("project", sa.Column("handed_to", sa.String(), nullable=False, server_default=""))
