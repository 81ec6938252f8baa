"""Roadmaps: committed quarters, with the changes since the commit."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zlib import crc32

from pydantic import TypeAdapter
from sqlalchemy import CompoundSelect, delete, func, union
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import (
    Commitment,
    CommittedProject,
    RoadmapChange,
    UndoneCommit,
)
from domain.projects.lifecycle import RANKED_STATUSES
from domain.toil.ledger import DEFAULT_PLANNED_SHARE
from storage.boards.boards import Board
from storage.database import insert_into
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.posts.subjects import QuarterSubject
from storage.projects import candidates, history
from storage.readable_rows import skip_unreadable
from storage.tables import (
    FireRow,
    HistoryRow,
    PostKind,
    PostRow,
    PostState,
    ProjectRow,
    RoadmapChangeRow,
    RoadmapItemRow,
    RoadmapRow,
)
from storage.value_lists import is_listed

# Events in a project's history.
COMMITTED = "committed"
UNDONE = "commit_undone"
TAKEN_IN = "taken_in"
TAKEN_OUT = "taken_out"

CAPACITY = TypeAdapter(Capacity)
ADDED = TypeAdapter(CommittedProject)
MAX_REVISION = 2**31 - 1  # PostgreSQL's largest integer
NO_RANK = 0  # Unranked items sort after ranked ones.

# Of posts that reading back has adopted. It isn't known yet what else it will find.
ADOPTED_REVISION = None

# Posts about a quarter.
QUARTER_KINDS = (PostKind.ROADMAP, PostKind.RETROSPECTIVE)


def find(session: Session, board_id: int, quarter: Quarter) -> Commitment | None:
    """Return the commitment for the quarter, or None."""
    row = _committed_row(session, board_id, quarter)
    if row is None:
        return None
    return Commitment(
        capacity=_capacity(row.capacity),
        charter_version=row.charter_version,
        committed_by=row.committed_by,
        committed_at=row.committed_at,
        projects=_items(session, row),
        changes=_changes(session, row),
    )


def committed_at(session: Session, board_id: int, quarter: Quarter) -> datetime | None:
    """Return when the quarter was committed, or None."""
    row = _committed_row(session, board_id, quarter)
    return None if row is None else row.committed_at


def find_undone(session: Session, board_id: int, quarter: Quarter) -> UndoneCommit | None:
    """Return who undid the quarter's commit, or None if it is committed or never was."""
    row = _row(session, board_id, quarter)
    if row is None or row.undone_by is None or row.undone_at is None:
        return None
    return UndoneCommit(row.undone_by, row.undone_at)


def has_commitment(session: Session, board_id: int) -> bool:
    """Return whether the board has committed a quarter, without those that were undone."""
    committed = select(RoadmapRow.id).where(
        RoadmapRow.board_id == board_id, col(RoadmapRow.undone_at).is_(None)
    )
    return session.exec(committed).first() is not None


def commit(session: Session, board: Board, quarter: Quarter, commitment: Commitment) -> bool:
    """Store a commitment. Return False if the quarter is committed already."""
    _delete_undone(session, board.id, quarter)
    row = RoadmapRow(
        board_id=board.id,
        quarter=quarter.key,
        charter_version=commitment.charter_version,
        capacity=asdict(commitment.capacity),
        committed_by=commitment.committed_by,
        committed_at=commitment.committed_at,
    )
    roadmap_id = session.execute(
        insert_into(session, RoadmapRow)
        .values(row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing()
        .returning(col(RoadmapRow.id))
    ).scalar()
    if roadmap_id is None:
        return False
    ids = _ids(session, board.id, [item.number for item in commitment.projects])
    session.add_all(
        RoadmapItemRow(
            roadmap_id=roadmap_id,
            project_id=ids[item.number],
            rank=item.rank or NO_RANK,
            needle=item.needle,
            effort_weeks=item.effort_weeks,
            impact=dict(item.impact),
            carried_over=item.carried_over,
        )
        for item in commitment.projects
    )
    history.add_to_each(
        session,
        [ids[item.number] for item in commitment.projects],
        COMMITTED,
        by=commitment.committed_by,
        now=commitment.committed_at,
        detail=quarter.label,
    )
    outbox.mark_stale(session, board.id, QUARTER_KINDS, QuarterSubject(quarter.key))
    return True


def undo(session: Session, board: Board, quarter: Quarter, *, by: str, now: datetime) -> bool:
    """Undo the quarter's commit. Return False if it isn't committed, or was changed since."""
    row = _committed_row(session, board.id, quarter)
    if row is None or _changes(session, row):
        return False
    row.undone_by, row.undone_at = by, now
    session.add(row)
    project_ids = session.exec(
        select(RoadmapItemRow.project_id).where(RoadmapItemRow.roadmap_id == row.id)
    ).all()
    history.add_to_each(session, project_ids, UNDONE, by=by, now=now, detail=quarter.label)
    outbox.mark_stale(session, board.id, QUARTER_KINDS, QuarterSubject(quarter.key))
    return True


def _delete_undone(session: Session, board_id: int, quarter: Quarter) -> None:
    """Make room for a new commit. A commit that was undone has no changes."""
    row = _row(session, board_id, quarter)
    if row is not None and row.undone_at is not None:
        session.execute(delete(RoadmapItemRow).where(col(RoadmapItemRow.roadmap_id) == row.id))
        session.delete(row)
        session.flush()


def change(
    session: Session,
    board: Board,
    quarter: Quarter,
    *,
    added: Sequence[CommittedProject],
    removed: Sequence[int],
    reason: str,
    by: str,
    now: datetime,
) -> int:
    """Add projects as they are now, and remove others. Return the id of the first change.

    Raise LookupError if the quarter isn't committed.
    """
    row = _committed_row(session, board.id, quarter)
    if row is None or row.id is None:
        raise LookupError(f"{quarter} of board {board.id} is not committed")
    ids = _ids(session, board.id, [*(project.number for project in added), *removed])
    rows = []
    for number, project in [
        *((project.number, project) for project in added),
        *((number, None) for number in removed),
    ]:
        change_row = RoadmapChangeRow(
            roadmap_id=row.id,
            project_id=ids[number],
            taken_in=project is not None,
            taken_in_as=None if project is None else asdict(project),
            reason=reason,
            by=by,
            at=now,
        )
        session.add(change_row)
        session.flush()  # The ids keep this order.
        rows.append(change_row)
        event = TAKEN_OUT if project is None else TAKEN_IN
        detail = f"{quarter.label}: {reason}"
        history.add(session, ids[number], event, by=by, now=now, detail=detail)
    return min(row.id for row in rows if row.id is not None)


def submitted_change(session: Session, change_id: int) -> tuple[str, tuple[RoadmapChange, ...]]:
    """Return the key of a quarter, and what one submitted form changed in it.

    Raise NoResultFound if there is no such change.
    """
    first = session.get_one(RoadmapChangeRow, change_id)
    roadmap = session.get_one(RoadmapRow, first.roadmap_id)
    return roadmap.quarter, _changes(session, roadmap, first)


def revision(session: Session, board: Board, quarter: Quarter) -> int:
    """Return a number that changes with everything that posts about the quarter show.

    It is a checksum of how much has happened to the board's projects and fires, of which projects
    have visible results, of the charter's version, and of whether the quarter is reviewed. Votes
    alone don't change it. Neither do restored projects: Slack may show a roadmap with a commit and
    scores that the store lost.
    """
    events = (
        select(func.count())
        .select_from(HistoryRow)
        .join(ProjectRow, col(ProjectRow.id) == col(HistoryRow.project_id))
        .where(
            ProjectRow.board_id == board.id, col(HistoryRow.what).not_in(history.RESTORED_EVENTS)
        )
    )
    declared, cleared = (
        select(func.count(column)).where(FireRow.board_id == board.id)
        for column in (col(FireRow.id), col(FireRow.cleared_at))
    )
    reviews = select(func.count(col(PostRow.id))).where(
        PostRow.board_id == board.id,
        PostRow.kind == PostKind.RETROSPECTIVE,
        PostRow.subject == QuarterSubject(quarter.key).encode(),
    )
    counts = session.execute(
        select(*(query.scalar_subquery() for query in (events, declared, cleared, reviews)))
    ).one()
    visible = candidates.ids_with_results(session, board, _select_shown(board, quarter))
    content = f"{counts} {visible} {board.charter_version}"
    return 1 + crc32(content.encode()) % MAX_REVISION


def stale_posts(session: Session, active_boards: Sequence[Board], now: datetime) -> list[Post]:
    """Return roadmaps and retrospectives that show an old revision, without newly adopted ones.

    Only the current quarter and its neighbors can still change. A plan that wasn't committed stays
    as it was when its quarter ended.
    """
    if not active_boards:
        return []
    oldest = min(board.cadence.quarter(now).previous().key for board in active_boards)
    posted = outbox.posted_about_quarters(session, QuarterSubject(oldest))
    committed = set(
        session.exec(
            select(RoadmapRow.board_id, RoadmapRow.quarter).where(
                col(RoadmapRow.undone_at).is_(None)
            )
        ).all()
    )
    stale: list[Post] = []
    for board in active_boards:
        current = board.cadence.quarter(now)
        for quarter in (current.previous(), current, current.next()):
            key = (board.id, quarter.key)
            if key in posted and (key in committed or quarter >= current):
                with skip_unreadable(session, f"roadmap {quarter} of board {board.id}", board.id):
                    shown = revision(session, board, quarter)
                    stale += [
                        post
                        for post in posted[key]
                        if post.shown_revision not in (ADOPTED_REVISION, shown)
                    ]
    return stale


def has_adopted_posts(session: Session, board_id: int) -> bool:
    """Return whether the board has newly adopted posts."""
    return session.exec(_select_adopted(board_id).limit(1)).first() is not None


def keep_adopted_posts(session: Session, board: Board) -> None:
    """Keep newly adopted posts as Slack shows them until something that they show changes."""
    for row in session.exec(_select_adopted(board.id)).all():
        quarter = Quarter.from_key(row.subject, board.cadence.fiscal_start)
        row.shown_revision = revision(session, board, quarter)
        session.add(row)


def _select_adopted(board_id: int) -> SelectOfScalar[PostRow]:
    return select(PostRow).where(
        PostRow.board_id == board_id,
        PostRow.state == PostState.POSTED,
        col(PostRow.kind).in_(QUARTER_KINDS),
        col(PostRow.shown_revision).is_(ADOPTED_REVISION),
    )


def _committed_row(session: Session, board_id: int, quarter: Quarter) -> RoadmapRow | None:
    row = _row(session, board_id, quarter)
    return None if row is None or row.undone_at is not None else row


def _row(session: Session, board_id: int, quarter: Quarter) -> RoadmapRow | None:
    """Return the quarter's commit, also if it was undone."""
    return session.exec(
        select(RoadmapRow).where(RoadmapRow.board_id == board_id, RoadmapRow.quarter == quarter.key)
    ).first()


def _capacity(stored: dict[str, Any]) -> Capacity:
    """Return a stored capacity.

    Earlier versions stored no sources, but a carried-over effort, which the projects hold too.
    """
    is_measured = stored["planned_share"] != DEFAULT_PLANNED_SHARE
    return CAPACITY.validate_python({"share_is_measured": is_measured, **stored})


def _items(session: Session, roadmap: RoadmapRow) -> tuple[CommittedProject, ...]:
    rows = session.exec(
        select(RoadmapItemRow, ProjectRow.number)
        .join(ProjectRow, col(ProjectRow.id) == col(RoadmapItemRow.project_id))
        .where(RoadmapItemRow.roadmap_id == roadmap.id)
        .order_by(
            col(RoadmapItemRow.rank) == NO_RANK,
            col(RoadmapItemRow.rank),
            col(ProjectRow.number),
        )
    ).all()
    return tuple(
        CommittedProject(
            number=number,
            rank=row.rank or None,
            needle=row.needle,
            effort_weeks=row.effort_weeks,
            impact=row.impact,
            carried_over=row.carried_over,
        )
        for row, number in rows
    )


def _changes(
    session: Session, roadmap: RoadmapRow, submitted_with: RoadmapChangeRow | None = None
) -> tuple[RoadmapChange, ...]:
    """Return a quarter's changes in chronological order: all, or those submitted together."""
    query = (
        select(RoadmapChangeRow, ProjectRow.number)
        .join(ProjectRow, col(ProjectRow.id) == col(RoadmapChangeRow.project_id))
        .where(RoadmapChangeRow.roadmap_id == roadmap.id)
        .order_by(col(RoadmapChangeRow.id))
    )
    if submitted_with is not None:
        query = query.where(
            RoadmapChangeRow.by == submitted_with.by, RoadmapChangeRow.at == submitted_with.at
        )
    rows = session.exec(query).all()
    return tuple(
        RoadmapChange(
            number=number,
            added=row.taken_in,
            reason=row.reason,
            changed_by=row.by,
            changed_at=row.at,
            project=None if row.taken_in_as is None else ADDED.validate_python(row.taken_in_as),
        )
        for row, number in rows
    )


def _select_shown(board: Board, quarter: Quarter) -> CompoundSelect[int]:
    """Select the ids of the projects whose results a post about the quarter may show.

    These are the open ones, and those that were ever in its roadmap or that these were merged into.
    """
    roadmap = RoadmapRow.board_id == board.id, RoadmapRow.quarter == quarter.key
    mentioned = union(
        select(RoadmapItemRow.project_id).join(RoadmapRow).where(*roadmap),
        select(RoadmapChangeRow.project_id).join(RoadmapRow).where(*roadmap),
    )
    return union(
        select(col(ProjectRow.id)).where(
            ProjectRow.board_id == board.id, col(ProjectRow.status).in_(RANKED_STATUSES)
        ),
        select(func.coalesce(ProjectRow.merged_into, ProjectRow.id)).where(
            col(ProjectRow.id).in_(mentioned)
        ),
    )


def _ids(session: Session, board_id: int, numbers: Collection[int]) -> dict[int, int]:
    """Return the ids of a board's projects, by number."""
    rows = session.exec(
        select(ProjectRow.number, ProjectRow.id).where(
            ProjectRow.board_id == board_id, is_listed(col(ProjectRow.number), numbers)
        )
    ).all()
    return {number: project_id for number, project_id in rows if project_id is not None}
