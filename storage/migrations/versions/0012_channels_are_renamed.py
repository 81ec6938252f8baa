"""What a channel is called now is asked, whatever Slack tells when"""

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("board", sa.Column("renamed_at", sa.DateTime(timezone=True), nullable=True))
