"""Add an index that finds a person's messages without reading those of all boards"""

import sqlalchemy as sa
from alembic import op

revision: str = "0036"
down_revision = "0035"


def upgrade() -> None:
    where = sa.text("person IS NOT NULL")
    op.create_index(
        "ix_post_person", "post", ["person", "kind"], sqlite_where=where, postgresql_where=where
    )
