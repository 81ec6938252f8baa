"""Projects: what people proposed on a board, numbered from 1."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, bindparam, func, or_, update
from sqlmodel import Session, col, select

from domain.projects.lifecycle import RANKED_STATUSES, Status
from domain.projects.proposal import Proposal
from storage import stores
from storage.posts import outbox
from storage.posts.named_projects import shipping_key
from storage.posts.subjects import OwnerLeftSubject, ProjectSubject, WeekSubject
from storage.projects import history
from storage.projects.history import STEP_UNDONE
from storage.tables import IS_SHIPPED, BoardRow, HistoryRow, PostKind, ProjectRow
from storage.value_lists import is_listed

# Events in a project's history, beside its statuses.
EDITED = "edited"
STEP_DONE = "step_done"
ABSORBED = "took_in"  # Another project was merged into it.
# The detail of these is the owner's user id, not text.
OWNER_SET = "owner_set"
OWNER_REMOVED = "owner_removed"
OWNER_LEFT = "owner_left"  # The owner left the channel.
OWNER_EVENTS = frozenset({OWNER_SET, OWNER_REMOVED, OWNER_LEFT})


class Unchanged(Enum):
    """The argument that leaves a project's owner as it is."""

    OWNER = "owner"


class Project(BaseModel):
    """A project with its proposal and status."""

    model_config = ConfigDict(frozen=True)

    id: int
    board_id: int
    permanent_id: str  # Its name in buttons and messages. The same in every store.
    number: int
    origin: str  # The id of the form that proposed it.
    proposer: str
    proposed_at: datetime
    proposal: Proposal
    revision: int
    changed_at: datetime  # by a person: not by votes or scores
    status: Status = Status.OPEN
    status_reason: str = ""
    status_by: str | None = None
    status_at: datetime | None = None
    merged_into: int | None = None  # Another project's id.
    handed_to: str = ""
    steps_done: tuple[str, ...] = ()
    owner: str | None = None  # Who does it.
    revealed_at: datetime | None = None  # Since when one score is enough to show results.

    @property
    def is_ranked(self) -> bool:
        return self.status in RANKED_STATUSES

    @property
    def shipped_on(self) -> date | None:
        """The UTC date on which the project shipped, whatever the board's time zone is now."""
        return self.status_at.astimezone(UTC).date() if self.status_at else None

    @property
    def shipping(self) -> str:
        """The UTC time of the last shipping, which identifies it. "" if it isn't stored."""
        return shipping_key(self.status_at)


# Without an order: SQLite would read all projects by number rather than sort the open ones.
SELECT_OPEN = select(*(getattr(ProjectRow, name) for name in Project.model_fields)).where(
    ProjectRow.board_id == bindparam("of_board"), col(ProjectRow.status).in_(RANKED_STATUSES)
)


@dataclass(frozen=True)
class Created:
    """Result of a form that proposed a new project."""

    number: int


@dataclass(frozen=True)
class Updated:
    """Result of a form that had proposed this project before, which now has the latest text."""

    number: int


@dataclass(frozen=True)
class Elsewhere:
    """Result of a form that had proposed this project on another board. Nothing was saved."""

    number: int
    board_id: int


@dataclass(frozen=True)
class Conflict:
    """Result of a form whose project others have edited or closed since. Nothing was saved."""

    number: int


def propose_or_update(
    session: Session,
    board_id: int,
    *,
    origin: str,
    proposer: str,
    proposal: Proposal,
    owner: str | None = None,
    describe_changes: Callable[[Proposal, Proposal], str],
    now: datetime,
) -> Created | Updated | Elsewhere | Conflict:
    """Propose a project, or update the one that the same form proposed before.

    Slack keeps a form open if the answer was late, and people submit it again. `origin` is the
    form's id. `describe_changes` returns an edit in words for the history, or "" for no change.
    """
    row = session.exec(
        select(ProjectRow)
        .where(ProjectRow.origin == origin)
        .order_by(col(ProjectRow.board_id) != board_id)
    ).first()
    if row is None:
        return Created(
            propose(
                session,
                board_id,
                origin=origin,
                proposer=proposer,
                proposal=proposal,
                owner=owner,
                now=now,
            )
        )
    project = _project(row)
    if project.board_id != board_id:
        return Elsewhere(project.number, project.board_id)
    changes = describe_changes(project.proposal, proposal)
    if changes or owner != project.owner:
        last_person = _last_person(session, project.id, {EDITED, *OWNER_EVENTS})
        if not project.is_ranked or last_person not in (None, proposer):
            return Conflict(project.number)
        edit(session, project.id, proposal, owner=owner, changes=changes, by=proposer, now=now)
    return Updated(project.number)


def propose(
    session: Session,
    board_id: int,
    *,
    origin: str,
    proposer: str,
    proposal: Proposal,
    owner: str | None = None,
    now: datetime,
) -> int:
    """Add a project to the board, and queue its card. Return the project's number.

    Raise IntegrityError if a project of this origin is on the board.
    """
    row = ProjectRow(
        board_id=board_id,
        permanent_id=stores.new_permanent_id(session),
        number=next_number(session, board_id),
        origin=origin,
        proposer=proposer,
        proposed_at=now,
        changed_at=now,
        proposal=proposal.model_dump(mode="json"),
        owner=owner,
    )
    session.add(row)
    session.flush()
    subject = ProjectSubject(row.number)
    outbox.enqueue(session, board_id, PostKind.CARD, subject, project_id=row.id)
    return row.number


def next_number(session: Session, board_id: int) -> int:
    """Return a number that no project of the board has, and no card in its channel."""
    highest = session.exec(
        select(func.max(ProjectRow.number)).where(ProjectRow.board_id == board_id)
    ).one()
    seen = session.exec(select(BoardRow.highest_number).where(BoardRow.id == board_id)).one()
    return max(highest or 0, seen) + 1


def first_proposed_at(session: Session, board_id: int) -> datetime | None:
    """Return when the board's first project was proposed, or None."""
    return session.exec(
        select(func.min(col(ProjectRow.proposed_at))).where(ProjectRow.board_id == board_id)
    ).one()


def list_for_board(session: Session, board_id: int) -> list[Project]:
    rows = session.exec(
        select(ProjectRow).where(ProjectRow.board_id == board_id).order_by(col(ProjectRow.number))
    ).all()
    return [_project(row) for row in rows]


def list_open(session: Session, board_id: int) -> list[Project]:
    """Return the projects that are ranked, by number. Read no others."""
    rows = session.execute(SELECT_OPEN, {"of_board": board_id})
    names = tuple(rows.keys())
    found = [Project.model_validate(dict(zip(names, row, strict=True))) for row in rows]
    return sorted(found, key=lambda project: project.number)


def by_numbers(session: Session, board_id: int, numbers: Collection[int]) -> dict[int, Project]:
    """Return these projects of a board, of any status, by number."""
    rows = session.exec(
        select(ProjectRow).where(
            ProjectRow.board_id == board_id, is_listed(col(ProjectRow.number), numbers)
        )
    ).all()
    return {row.number: _project(row) for row in rows}


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Project]:
    """Return these projects, of any status, by id."""
    rows = (
        session.exec(select(ProjectRow).where(is_listed(col(ProjectRow.id), ids))).all()
        if ids
        else ()
    )
    return {project.id: project for project in map(_project, rows)}


def shipped_in(
    session: Session, board_id: int, spans: Sequence[tuple[datetime, datetime]]
) -> list[Project]:
    """Return the shipped projects that shipped in one of the spans, by number.

    A span lasts until just before its end. No others are read.
    """
    shipped_at = col(ProjectRow.status_at)
    rows = session.exec(
        select(ProjectRow).where(
            ProjectRow.board_id == board_id,
            ProjectRow.status == Status.SHIPPED,
            shipped_at >= min(start for start, _ in spans),
            or_(*(and_(shipped_at >= start, shipped_at < end) for start, end in spans)),
        )
    ).all()
    return sorted(map(_project, rows), key=lambda project: project.number)


def next_shipped_after(session: Session, board_id: int, moment: datetime) -> datetime | None:
    """Return when the first project shipped after a moment, or None."""
    shipped_at = col(ProjectRow.status_at)
    return session.exec(
        select(func.min(shipped_at)).where(
            ProjectRow.board_id == board_id,
            ProjectRow.status == Status.SHIPPED,
            shipped_at > moment,
        )
    ).one()


def by_permanent_id(session: Session, permanent_ids: Collection[str]) -> dict[str, Project]:
    """Return those of the projects that the store has, by permanent id."""
    rows = session.exec(
        select(ProjectRow).where(is_listed(col(ProjectRow.permanent_id), permanent_ids))
    ).all()
    return {row.permanent_id: _project(row) for row in rows}


def count_open(session: Session, board_id: int) -> int:
    """Return how many projects are ranked."""
    return session.exec(
        select(func.count())
        .select_from(ProjectRow)
        .where(ProjectRow.board_id == board_id, col(ProjectRow.status).in_(RANKED_STATUSES))
    ).one()


def find(session: Session, board_id: int, number: int) -> Project | None:
    row = session.exec(
        select(ProjectRow).where(ProjectRow.board_id == board_id, ProjectRow.number == number)
    ).first()
    return None if row is None else _project(row)


def find_by_permanent_id(session: Session, board_id: int, permanent_id: str) -> Project | None:
    row = session.exec(
        select(ProjectRow).where(
            ProjectRow.permanent_id == permanent_id, ProjectRow.board_id == board_id
        )
    ).first()
    return None if row is None else _project(row)


def get(session: Session, project_id: int) -> Project:
    return _project(session.get_one(ProjectRow, project_id))


def set_status(
    session: Session,
    project_id: int,
    status: Status,
    *,
    by: str,
    now: datetime,
    reason: str = "",
    handed_to: str = "",
    into: int | None = None,
) -> None:
    """Change a project's status, and record it in the history.

    If it is merged, it points to the project that it became part of, and so do the projects that
    were merged into it before.
    """
    row = session.get_one(ProjectRow, project_id)
    previous_target = row.merged_into
    row.status, row.status_reason, row.status_by, row.status_at = status, reason, by, now
    row.handed_to, row.merged_into = handed_to, into
    row.digest_week = None  # No digest has named this shipping.
    _mark_changed(row, now)
    session.add(row)
    detail = " → ".join(filter(None, (reason, handed_to)))
    if into is not None:
        detail = f"#{get(session, into).number}"
        history.add(session, into, ABSORBED, by=by, now=now, detail=f"#{row.number}")
        for merged in session.exec(
            select(ProjectRow).where(ProjectRow.merged_into == project_id)
        ).all():
            merged.merged_into = into
            _mark_changed(merged, now)
            session.add(merged)
    history.add(session, project_id, status, by=by, now=now, detail=detail)
    increment_revisions(
        session,
        [
            related_id
            for related_id in (project_id, into, previous_target)
            if related_id is not None
        ],
    )


def edit(
    session: Session,
    project_id: int,
    proposal: Proposal,
    *,
    owner: str | Unchanged | None = Unchanged.OWNER,
    changes: str,
    by: str,
    now: datetime,
) -> None:
    """Replace a project's proposal and owner. Votes and scores stay.

    `changes` describes what is new in the proposal. It is "" if only the owner changes.
    """
    row = session.get_one(ProjectRow, project_id)
    row.proposal = proposal.model_dump(mode="json")
    row.steps_done = [step for step in row.steps_done if step in proposal.steps]
    session.add(row)
    events = [(EDITED, changes)] if changes else []
    if owner is not Unchanged.OWNER:
        events += _change_owner(row, owner)
    _record(session, project_id, events, by=by, now=now)


def set_owner(
    session: Session, project_id: int, owner: str | None, *, by: str, now: datetime
) -> None:
    """Store who does a project, or None for nobody, and record a change in the history."""
    row = session.get_one(ProjectRow, project_id)
    events = _change_owner(row, owner)
    session.add(row)
    _record(session, project_id, events, by=by, now=now)


def _change_owner(row: ProjectRow, owner: str | None) -> list[tuple[str, str]]:
    """Set the owner. Return the event of the change, or nothing if there is none."""
    previous, row.owner = row.owner, owner
    if owner == previous:
        return []
    return [(OWNER_SET, owner)] if owner else [(OWNER_REMOVED, previous or "")]


def _record(
    session: Session,
    project_id: int,
    events: Sequence[tuple[str, str]],
    *,
    by: str,
    now: datetime,
) -> None:
    """Store a user action's events, if it has any, and mark the card as stale."""
    if events:
        row = session.get_one(ProjectRow, project_id)
        _mark_changed(row, now)
        session.add(row)
        history.add_all(session, project_id, events, by=by, now=now)
        increment_revisions(session, [project_id])


def _mark_changed(row: ProjectRow, now: datetime) -> None:
    """Record a person's change. A later change has a later time, even if the clock was set back."""
    row.changed_at = max(now, row.changed_at + timedelta(microseconds=1))


def owners(session: Session, board_id: int) -> set[str]:
    """Return the owners of a board's open projects."""
    rows = session.exec(
        select(ProjectRow.owner).where(
            ProjectRow.board_id == board_id, col(ProjectRow.status).in_(RANKED_STATUSES)
        )
    ).all()
    return {owner for owner in rows if owner is not None}


def release_owner(session: Session, board_id: int, person: str, now: datetime) -> None:
    """Record that a person left the channel: nobody owns their open projects anymore.

    Queue a DM that asks each steward once for a new owner.
    """
    rows = session.exec(
        select(ProjectRow)
        .where(
            ProjectRow.board_id == board_id,
            ProjectRow.owner == person,
            col(ProjectRow.status).in_(RANKED_STATUSES),
        )
        .order_by(col(ProjectRow.number))
    ).all()
    project_ids, event_ids = [], []
    for row in rows:
        row.owner = None
        session.add(row)
        project_ids.append(row.id or 0)
        event_ids.append(
            history.add(session, row.id or 0, OWNER_LEFT, by=person, now=now, detail=person)
        )
    if not project_ids:
        return
    increment_revisions(session, project_ids)
    for steward in session.get_one(BoardRow, board_id).stewards:
        subject = OwnerLeftSubject(steward, event_ids[0])
        outbox.enqueue(session, board_id, PostKind.OWNER_LEFT, subject, recipient=steward)


def release_absent_owners(
    session: Session, board_id: int, present: Collection[str], now: datetime
) -> None:
    """Release the owners of open projects who aren't among the channel's members."""
    for person in sorted(owners(session, board_id) - {*present}):
        release_owner(session, board_id, person, now)


def released_by(session: Session, event_id: int) -> tuple[str, list[Project]]:
    """Return the owner whose departure an event recorded, and their projects without a new owner.

    Leave out the projects that have closed meanwhile.
    """
    departure = session.get_one(HistoryRow, event_id)
    rows = session.exec(
        select(ProjectRow)
        .join(HistoryRow, col(HistoryRow.project_id) == col(ProjectRow.id))
        .where(
            HistoryRow.what == OWNER_LEFT,
            HistoryRow.person == departure.person,
            HistoryRow.at == departure.at,
            ProjectRow.board_id == get(session, departure.project_id).board_id,
            col(ProjectRow.owner).is_(None),
            col(ProjectRow.status).in_(RANKED_STATUSES),
        )
        .order_by(col(ProjectRow.number))
    ).all()
    return departure.person, [_project(row) for row in rows]


def last_editor(session: Session, project_id: int) -> str | None:
    """Return who edited the project last, or None if nobody did."""
    return _last_person(session, project_id, {EDITED})


def _last_person(session: Session, project_id: int, kinds: Collection[str]) -> str | None:
    events = history.list_for_project(session, project_id)
    people = [event.person for event in events if event.what in kinds]
    return people[-1] if people else None


def update_steps(
    session: Session,
    project_id: int,
    *,
    done: Collection[str],
    undone: Collection[str],
    by: str,
    now: datetime,
) -> None:
    """Mark steps as done or undone. Steps that are already so make no history."""
    row = session.get_one(ProjectRow, project_id)
    before = set(row.steps_done)
    events = [(STEP_DONE, step) for step in done if step not in before]
    events += [(STEP_UNDONE, step) for step in undone if step in before]
    if not events:
        return
    after = (before | set(done)) - set(undone)
    row.steps_done = [step for step in row.proposal["steps"] if step in after]
    session.add(row)
    _record(session, project_id, events, by=by, now=now)


def shipped_since_last_digest(
    session: Session, board_id: int, before: str, limit: int | None = None
) -> list[Project]:
    """Return the first shipped projects that no posted digest has named, in the order of shipping.

    Count only digests of weeks before `before`. Return at most `limit` projects.
    """
    is_shipped = (ProjectRow.board_id == board_id, IS_SHIPPED)
    digest_week = col(ProjectRow.digest_week)
    # Two statements: with OR, SQLite would read every shipped project.
    unnamed = [
        _project(row)
        for is_unnamed in (digest_week.is_(None), digest_week >= WeekSubject(before).encode())
        for row in session.exec(
            select(ProjectRow)
            .where(*is_shipped, is_unnamed)
            .order_by(col(ProjectRow.status_at), col(ProjectRow.number))
            .limit(limit)
        ).all()
    ]
    return sorted(unnamed, key=lambda project: (project.shipping, project.number))[:limit]


def increment_revisions(session: Session, project_ids: Collection[int]) -> None:
    """Record that the projects' cards show an old state."""
    session.execute(
        update(ProjectRow)
        .where(is_listed(col(ProjectRow.id), project_ids))
        .values(revision=col(ProjectRow.revision) + 1)
    )


def _project(row: ProjectRow) -> Project:
    return Project.model_validate(row.model_dump())
