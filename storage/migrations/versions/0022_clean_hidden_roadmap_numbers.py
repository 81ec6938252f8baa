"""Remove the numbers of committed projects that had no rank: their results were hidden"""

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision = "0021"

ITEM = sa.table(
    "roadmap_item",
    sa.column("rank", sa.Integer),
    sa.column("needle", sa.Float),
    sa.column("impact", sa.JSON),
)


def upgrade() -> None:
    op.execute(sa.update(ITEM).where(ITEM.c.rank == 0).values(needle=0.0, impact={}))
