"""Add when Slack last reported a change of a person"""

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
