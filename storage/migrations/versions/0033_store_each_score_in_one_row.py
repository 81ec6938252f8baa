"""Store each score in one row instead of a row for each value"""

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision = "0032"

# https://www.sqlite.org/json1.html#jgroupobject and
# https://www.postgresql.org/docs/current/functions-aggregate.html
GROUP_AS_OBJECT = {"sqlite": sa.func.json_group_object, "postgresql": sa.func.json_object_agg}
SCORE = sa.table("score", *map(sa.column, ("project_id", "person", "value", "impact", "given_at")))


def upgrade() -> None:
    group_as_object = GROUP_AS_OBJECT[op.get_bind().dialect.name]
    scores = sa.select(
        SCORE.c.project_id,
        SCORE.c.person,
        group_as_object(SCORE.c.value, SCORE.c.impact).label("impacts"),
        sa.func.max(SCORE.c.given_at).label("given_at"),
    ).group_by(SCORE.c.project_id, SCORE.c.person)
    op.execute(f"CREATE TABLE score_of_form AS {scores}")
    op.drop_table("score")
    op.create_table(
        "score",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("impacts", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_score_project_id_project"),
        sa.PrimaryKeyConstraint("project_id", "person", name="pk_score"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO score (project_id, person, impacts, given_at)"
        " SELECT project_id, person, impacts, given_at FROM score_of_form"
        " ORDER BY project_id, person"
    )
    op.drop_table("score_of_form")
