"""Add whose App Home Needle has published"""

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision = "0025"


def upgrade() -> None:
    home = op.create_table(
        "home",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shown_revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id"),
    )
    # Earlier versions didn't store who has a Home. Anyone who has acted may have opened it.
    person = sa.table("person", sa.column("team_id"), sa.column("user_id"))
    of_person = sa.select(person.c.team_id, person.c.user_id, sa.literal(0), sa.literal(0))
    columns = ["team_id", "user_id", "revision", "shown_revision"]
    op.execute(home.insert().from_select(columns, of_person))
