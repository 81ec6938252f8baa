"""Add project lifecycle, charter drafts, toil, outcomes, and committed roadmaps"""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_draft_board_id_board"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_index("ix_draft_board_id", "draft", ["board_id"])

    op.create_table(
        "roadmap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("charter_version", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.JSON(), nullable=False),
        sa.Column("committed_by", sa.String(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_roadmap_board_id_board"),
        sa.PrimaryKeyConstraint("id", name="pk_roadmap"),
        sa.UniqueConstraint("board_id", "quarter", name="uq_roadmap_board_id_quarter"),
    )
    op.create_table(
        "toil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("out_of_hours", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_toil_board_id_board"),
        sa.PrimaryKeyConstraint("id", name="pk_toil"),
        sa.UniqueConstraint("board_id", "origin", name="uq_toil_board_id_origin"),
    )
    op.create_index("ix_toil_board_id", "toil", ["board_id"])

    op.create_table(
        "answer",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_answer_draft_id_draft"),
        sa.PrimaryKeyConstraint("draft_id", "person", name="pk_answer"),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_history_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_project_id", "history", ["project_id"])

    op.create_table(
        "outcome",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_outcome_project_id_project"
        ),
        sa.PrimaryKeyConstraint("project_id", "person", "value", name="pk_outcome"),
    )
    op.create_table(
        "roadmap_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("taken_in", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_roadmap_change_project_id_project"
        ),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name="fk_roadmap_change_roadmap_id_roadmap"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roadmap_change"),
    )
    op.create_index("ix_roadmap_change_roadmap_id", "roadmap_change", ["roadmap_id"])

    op.create_table(
        "roadmap_item",
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("needle", sa.Float(), nullable=False),
        sa.Column("effort_weeks", sa.Float(), nullable=False),
        sa.Column("impact", sa.JSON(), nullable=False),
        sa.Column("carried_over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_roadmap_item_project_id_project"
        ),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name="fk_roadmap_item_roadmap_id_roadmap"
        ),
        sa.PrimaryKeyConstraint("roadmap_id", "project_id", name="pk_roadmap_item"),
    )
    # SQLite adds a column in place only if it has a default. Copying a table would break the
    # foreign keys that refer to it.
    op.add_column("board", _text("work_starts", "09:00"))
    op.add_column("board", _text("work_ends", "18:00"))
    op.add_column(
        "person", sa.Column("wants_nudges", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column("post", sa.Column("person", sa.String(), nullable=True))
    op.add_column("project", _text("status", "open"))
    op.add_column("project", _text("status_reason", ""))
    op.add_column("project", sa.Column("status_by", sa.String(), nullable=True))
    op.add_column("project", sa.Column("status_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "project",
        sa.Column(
            "merged_into",
            sa.Integer(),
            sa.ForeignKey("project.id", name="fk_project_merged_into_project"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index("ix_project_merged_into", "project", ["merged_into"])
    op.add_column(
        "project", sa.Column("steps_done", sa.JSON(), nullable=False, server_default="[]")
    )


def _text(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)
