"""Add a charter version by upgrade, with the backing bonus and the time until early reveals"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.charter_parameters import add_parameters

revision: str = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column(
        "charter",
        sa.Column("by_upgrade", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    add_parameters(op.get_bind(), {"backing_bonus": 0.1, "reveal_after_days": 14})
