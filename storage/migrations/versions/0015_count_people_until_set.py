"""Count a board's people until a steward sets their number"""

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision = "0014"

OLD_DEFAULT = 4


def upgrade() -> None:
    # SQLite can't drop NOT NULL. Recreating the table would break the rows that refer to it, so
    # another column takes its place.
    op.add_column("board", sa.Column("people_set", sa.Float(), nullable=True))
    board = sa.table("board", sa.column("people"), sa.column("people_set"))
    op.execute(
        sa.update(board).where(board.c.people != OLD_DEFAULT).values(people_set=board.c.people)
    )
    op.drop_column("board", "people")
    op.alter_column("board", "people_set", new_column_name="people")
