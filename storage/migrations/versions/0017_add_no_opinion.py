"""Let a person have no opinion on a value"""

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision = "0016"


def upgrade() -> None:
    # SQLite copies the table. No foreign key refers to it.
    with op.batch_alter_table("score") as score:
        score.alter_column("impact", existing_type=sa.Integer(), nullable=True)
