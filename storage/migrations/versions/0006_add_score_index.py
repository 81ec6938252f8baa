"""Add the index from which ranking reads all scores"""

from alembic import op

revision: str = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index("ix_score_read", "score", ["project_id", "person", "value", "impact"])
