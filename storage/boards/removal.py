"""Removal of a board: its rows, and a note that keeps it from being created again."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, func, select

from storage.database import insert_into
from storage.tables import (
    BoardRow,
    CharterRow,
    DraftRow,
    FireRow,
    ProjectRow,
    RemovedBoardRow,
    RoadmapRow,
    ToilRow,
)

# The tables through which rows without a board id belong to a board, by the column that refers to
# them.
PARENTS: dict[str, Any] = {
    "project_id": ProjectRow,
    "draft_id": DraftRow,
    "roadmap_id": RoadmapRow,
}
# The columns that only people change. Slack sets the time zone of most boards.
SETTINGS = (
    "digest_weekday",
    "digest_time",
    "digests_paused_until",
    "people",
    "weeks_away",
    "fiscal_start",
    "work_starts",
    "work_ends",
)


@dataclass(frozen=True)
class BoardContents:
    """What people stored on a board."""

    projects: int = 0
    fires: int = 0
    toil: int = 0
    drafts: int = 0
    charter_changes: int = 0
    has_changed_settings: bool = False  # The stewards too.

    @property
    def is_empty(self) -> bool:
        """Whether nobody stored anything on the board."""
        return self == BoardContents()


def contents(session: Session, board_id: int) -> BoardContents:
    """Return what people stored on a board, which its removal deletes."""
    board = session.get_one(BoardRow, board_id)

    def count(table: Any, *conditions: Any) -> int:
        of_board = select(func.count()).select_from(table).where(table.board_id == board_id)
        return session.exec(of_board.where(*conditions)).one()

    return BoardContents(
        projects=count(ProjectRow),
        fires=count(FireRow),
        toil=count(ToilRow),
        drafts=count(DraftRow),
        charter_changes=count(
            CharterRow, col(CharterRow.version) > 1, col(CharterRow.by_upgrade).is_(False)
        ),
        has_changed_settings=any(
            getattr(board, name) != BoardRow.model_fields[name].default for name in SETTINGS
        )
        or not {board.invited_by}.issuperset(board.stewards),
    )


def remove(session: Session, board_id: int) -> None:
    """Delete a board with everything that belongs to it. Slack still shows its messages."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name == BoardRow.__tablename__:
            session.execute(delete(table).where(table.c.id == board_id))
        elif "board_id" in table.c:
            session.execute(delete(table).where(table.c.board_id == board_id))
        else:
            for name, parent in PARENTS.items():
                if name in table.c:
                    of_board = select(parent.id).where(parent.board_id == board_id)
                    session.execute(delete(table).where(table.c[name].in_(of_board)))
    session.expire_all()


def forbid(session: Session, team_id: str, channel_id: str) -> None:
    """Keep backfill from making the channel a board, until someone invites Needle again."""
    row = RemovedBoardRow(team_id=team_id, channel_id=channel_id)
    session.execute(
        insert_into(session, RemovedBoardRow).values(row.model_dump()).on_conflict_do_nothing()
    )


def allow(session: Session, team_id: str, channel_id: str) -> None:
    """Let the channel be a board again."""
    session.execute(
        delete(RemovedBoardRow).where(
            col(RemovedBoardRow.team_id) == team_id,
            col(RemovedBoardRow.channel_id) == channel_id,
        )
    )


def list_forbidden(session: Session, team_id: str) -> set[str]:
    """Return the channels of a workspace that backfill must not make boards."""
    return set(
        session.exec(
            select(RemovedBoardRow.channel_id).where(RemovedBoardRow.team_id == team_id)
        ).all()
    )
