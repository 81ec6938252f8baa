"""Create the first tables"""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "board",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("digest_weekday", sa.Integer(), nullable=False),
        sa.Column("digest_time", sa.String(), nullable=False),
        sa.Column("people", sa.Float(), nullable=False),
        sa.Column("weeks_away", sa.Float(), nullable=False),
        sa.Column("fiscal_start", sa.Integer(), nullable=False),
        sa.Column("stewards", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_board"),
        sa.UniqueConstraint("team_id", "channel_id", name="uq_board_team_id_channel_id"),
    )
    op.create_table(
        "person",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="pk_person"),
    )
    op.create_table(
        "charter",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("agreed_by", sa.JSON(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_charter_board_id_board"),
        sa.PrimaryKeyConstraint("board_id", "version", name="pk_charter"),
    )
    op.create_table(
        "fire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("declared_by", sa.String(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_by", sa.String(), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_fire_board_id_board"),
        sa.PrimaryKeyConstraint("id", name="pk_fire"),
    )
    op.create_index("ix_fire_board_id", "fire", ["board_id"])
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("proposer", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_project_board_id_board"),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
        sa.UniqueConstraint("board_id", "number", name="uq_project_board_id_number"),
        sa.UniqueConstraint("board_id", "origin", name="uq_project_board_id_origin"),
    )
    op.create_table(
        "reaction",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("message_ts", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("emoji", sa.String(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("event_ts", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_reaction_board_id_board"),
        sa.PrimaryKeyConstraint("board_id", "message_ts", "person", "emoji", name="pk_reaction"),
    )
    op.create_table(
        "comment",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_comment_project_id_project"
        ),
        sa.PrimaryKeyConstraint("project_id", "person", name="pk_comment"),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("permalink", sa.String(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("shown_revision", sa.Integer(), nullable=True),
        sa.Column("ranks", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_post_board_id_board"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_post_project_id_project"),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint(
            "board_id", "kind", "subject", "edition", name="uq_post_board_id_kind_subject_edition"
        ),
        sa.UniqueConstraint("board_id", "ts", name="uq_post_board_id_ts"),
    )
    op.create_index("ix_post_project_id", "post", ["project_id"])
    op.create_index("ix_post_state", "post", ["state"])
    op.create_table(
        "score",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_score_project_id_project"),
        sa.PrimaryKeyConstraint("project_id", "person", "value", name="pk_score"),
    )


def downgrade() -> None:
    op.drop_table("score")
    op.drop_table("post")
    op.drop_table("comment")
    op.drop_table("reaction")
    op.drop_table("project")
    op.drop_table("fire")
    op.drop_table("charter")
    op.drop_table("person")
    op.drop_table("board")
