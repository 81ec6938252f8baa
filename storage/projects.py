"""Projects: what people proposed on a board, numbered from 1."""

from collections.abc import Collection
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, update
from sqlmodel import Session, col, select

from storage import posts
from storage.tables import HistoryRow, PostKind, ProjectRow, Status
from values.proposal import Proposal


class Proposed(BaseModel):
    """A proposal as it stands on its board."""

    model_config = ConfigDict(frozen=True)

    id: int
    board_id: int
    number: int
    proposer: str
    proposed_at: datetime
    proposal: Proposal
    revision: int
    status: Status = Status.OPEN
    status_reason: str = ""
    status_by: str | None = None
    status_at: datetime | None = None
    merged_into: int | None = None  # the id of another project
    steps_done: tuple[str, ...] = ()


def propose(
    session: Session,
    board_id: int,
    *,
    origin: str,
    proposer: str,
    proposal: Proposal,
    now: datetime,
) -> int:
    """Put a project on the board, with its card to post; its number. A repeat changes nothing."""
    known = session.exec(
        select(ProjectRow.number).where(
            ProjectRow.board_id == board_id, ProjectRow.origin == origin
        )
    ).first()
    if known is not None:
        return known
    highest = session.exec(
        select(func.max(ProjectRow.number)).where(ProjectRow.board_id == board_id)
    ).one()
    row = ProjectRow(
        board_id=board_id,
        number=(highest or 0) + 1,
        origin=origin,
        proposer=proposer,
        proposed_at=now,
        proposal=proposal.model_dump(mode="json"),
    )
    session.add(row)
    session.flush()
    posts.ask_for(session, board_id, PostKind.CARD, str(row.number), project_id=row.id)
    return row.number


def first_proposed_at(session: Session, board_id: int) -> datetime | None:
    """Since when the board has something to rank; None while it has nothing."""
    return session.exec(
        select(func.min(col(ProjectRow.proposed_at))).where(ProjectRow.board_id == board_id)
    ).one()


def on_board(session: Session, board_id: int) -> list[Proposed]:
    rows = session.exec(
        select(ProjectRow).where(ProjectRow.board_id == board_id).order_by(col(ProjectRow.number))
    ).all()
    return [_proposed(row) for row in rows]


def find(session: Session, board_id: int, number: int) -> Proposed | None:
    row = session.exec(
        select(ProjectRow).where(ProjectRow.board_id == board_id, ProjectRow.number == number)
    ).first()
    return None if row is None else _proposed(row)


def get(session: Session, project_id: int) -> Proposed:
    return _proposed(session.get_one(ProjectRow, project_id))


def become(
    session: Session,
    project_id: int,
    status: Status,
    *,
    by: str,
    now: datetime,
    reason: str = "",
    into: int | None = None,
) -> None:
    """A project's life goes on. Merged, it points at the one that it became, never at a merged."""
    row = session.get_one(ProjectRow, project_id)
    row.status, row.status_reason, row.status_by, row.status_at = status, reason, by, now
    row.merged_into = into
    session.add(row)
    session.add(HistoryRow(project_id=project_id, at=now, person=by, what=status, detail=reason))
    if into is not None:
        session.execute(
            update(ProjectRow)
            .where(col(ProjectRow.merged_into) == project_id)
            .values(merged_into=into)
        )
    revise(session, [project_id, *([into] if into else [])])


def revise(session: Session, project_ids: Collection[int]) -> None:
    """What their cards could show has changed."""
    session.execute(
        update(ProjectRow)
        .where(col(ProjectRow.id).in_(project_ids))
        .values(revision=col(ProjectRow.revision) + 1)
    )


def _proposed(row: ProjectRow) -> Proposed:
    return Proposed.model_validate(row.model_dump())
