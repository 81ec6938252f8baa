"""Add permanent ids, the store's workspace, and when projects were last changed

The ids of existing rows are derived from the rows' content: a backup from before this migration
then gets the same ids as the store that it was copied from.
"""

import base64
import secrets
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision = "0026"

BOARD = sa.table(
    "board",
    sa.column("id", sa.Integer),
    sa.column("team_id", sa.String),
    sa.column("channel_id", sa.String),
    sa.column("created_at", sa.DateTime(timezone=True)),
)
PROJECT = sa.table(
    "project",
    sa.column("id", sa.Integer),
    sa.column("board_id", sa.Integer),
    sa.column("origin", sa.String),
    sa.column("permanent_id", sa.String),
    sa.column("proposed_at", sa.DateTime(timezone=True)),
    sa.column("changed_at", sa.DateTime(timezone=True)),
)
HISTORY = sa.table(
    "history",
    sa.column("project_id", sa.Integer),
    sa.column("at", sa.DateTime(timezone=True)),
)
STORE = sa.table(
    "store",
    sa.column("id", sa.Integer),
    sa.column("store_id", sa.String),
    sa.column("has_unnamed_posts", sa.Boolean),
)


def upgrade() -> None:
    op.create_table(
        "store",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("has_unnamed_posts", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_store"),
    )
    connection = op.get_bind()
    first = connection.execute(
        sa.select(BOARD.c.team_id, BOARD.c.channel_id, BOARD.c.created_at).order_by(BOARD.c.id)
    ).first()
    store_id = derive_id(secrets.token_hex() if first is None else _name_of(*first))
    connection.execute(
        sa.insert(STORE).values(id=1, store_id=store_id, has_unnamed_posts=first is not None)
    )

    # SQLite adds no column that is required and has no default.
    op.add_column(
        "project", sa.Column("permanent_id", sa.String(), nullable=False, server_default="")
    )
    rows = connection.execute(sa.select(PROJECT.c.id, PROJECT.c.board_id, PROJECT.c.origin)).all()
    for project_id, board_id, origin in rows:
        permanent_id = f"{store_id}-{derive_id(f'{store_id}/{board_id}/{origin}')}"
        connection.execute(
            sa.update(PROJECT).where(PROJECT.c.id == project_id).values(permanent_id=permanent_id)
        )
    op.create_index("uq_project_permanent_id", "project", ["permanent_id"], unique=True)

    op.add_column(
        "project",
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default="1970-01-01 00:00:00.000000",
        ),
    )
    last_event = (
        sa.select(sa.func.max(HISTORY.c.at))
        .where(HISTORY.c.project_id == PROJECT.c.id)
        .scalar_subquery()
    )
    connection.execute(
        sa.update(PROJECT).values(changed_at=sa.func.coalesce(last_event, PROJECT.c.proposed_at))
    )


def derive_id(seed: str) -> str:
    """Return an id for a text: 16 lower-case letters and digits, the first a letter."""
    digest = sha256(seed.encode()).digest()
    letter = chr(ord("a") + digest[-1] % 26)
    return letter + base64.b32encode(digest[:10]).decode().lower()[:15]


def _name_of(team_id: str, channel_id: str, created_at: datetime) -> str:
    """Return a text that only this board has. Its time has microseconds."""
    in_utc = created_at.astimezone(UTC) if created_at.tzinfo else created_at.replace(tzinfo=UTC)
    return f"{team_id}/{channel_id}/{in_utc.isoformat()}"
