"""Store quarters by their first day, because their names depend on the fiscal year"""

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision = "0010"


def upgrade() -> None:
    board = sa.table("board", sa.column("id"), sa.column("fiscal_start"))
    post = sa.table("post", sa.column("board_id"), sa.column("kind"), sa.column("subject"))
    roadmap = sa.table("roadmap", sa.column("board_id"), sa.column("quarter"))
    kept = [
        (post, post.c.subject, post.c.kind.in_(("roadmap", "retrospective"))),
        (roadmap, roadmap.c.quarter, sa.true()),
    ]
    connection = op.get_bind()
    for board_id, fiscal_start in connection.execute(sa.select(board)).all():
        for table, column, is_of_quarter in kept:
            here = sa.and_(table.c.board_id == board_id, is_of_quarter)
            for name in connection.scalars(sa.select(column).where(here).distinct()).all():
                named = sa.update(table).where(here, column == name)
                connection.execute(named.values({column: first_day(name, fiscal_start)}))


def first_day(name: str, fiscal_start: int) -> str:
    """Return the first day of a quarter such as 2026-Q4.

    A fiscal year is named after the calendar year in which it ends.
    """
    year, number = int(name[:4]), int(name[-1])
    months = 12 * year + 3 * (number - 1) + fiscal_start - 1
    if fiscal_start > 1:
        months -= 12
    return f"{months // 12:04}-{months % 12 + 1:02}-01"
