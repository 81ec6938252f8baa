"""Add when Slack was last asked about a person"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
