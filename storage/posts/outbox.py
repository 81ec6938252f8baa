"""Transactional outbox: every message that a channel or person should get, and its state.

A row is the claim that makes a message appear once. A process claims a row before it sends the
message. A claim expires after LEASE, so that another process can retry; `first_tried_at` then
tells it that Slack may already show the message, and `PostedContent` with which content.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Integer, and_, case, cast, false, func, not_, or_, true, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.projects.lifecycle import RANKED_STATUSES
from storage.database import insert_into
from storage.posts import subjects
from storage.posts.named_projects import refresh_digest_weeks
from storage.posts.subjects import (
    PeriodSubject,
    QuarterSubject,
    Subject,
    UpdateSubject,
    WeekSubject,
)
from storage.readable_rows import read_rows
from storage.tables import (
    CARD_THREAD_KINDS,
    IS_OF_QUARTER,
    IS_PENDING,
    IS_REDRAWN,
    LACKS_PERMALINK,
    ROADMAP_THREAD_KINDS,
    THREAD_KINDS,
    DraftRow,
    FireRow,
    PostKind,
    PostRow,
    PostState,
    ProjectRow,
    RoadmapChangeRow,
    RoadmapRow,
)
from storage.value_lists import is_listed

UNKNOWN_REVISION = 0  # Lower than any revision.
UNSAVED_ID = 0  # The id of a post that is rendered for a preview only.
PENDING_STATES = frozenset({PostState.DUE, PostState.SENDING})
# Claims have Slack's time. What hosts know of it may differ by 10 s, and so may their own clocks if
# they don't know it; a request then has 20 s to arrive.
LEASE = timedelta(seconds=30)
# A claim from further in the future was made by a clock that was ahead and has been set right.
MAX_CLOCK_AHEAD = timedelta(seconds=60)
# A message has Slack's time, and the clock that set `first_tried_at` may have been fast.
CLOCK_SKEW = timedelta(hours=1)


def _id_in_subject(kind: PostKind) -> Any:
    """Return the id that posts of this kind encode as their subject, NULL in posts of other kinds.

    It is compared as a number, so that the primary key finds the row.
    """
    return case((col(PostRow.kind) == kind, cast(col(PostRow.subject), Integer)))


# These run in each pass of the reconciler. Building a statement takes as long as running it.
PENDING = select(PostRow).where(IS_PENDING).order_by(col(PostRow.id))
STALE = (
    select(PostRow)
    .outerjoin(ProjectRow, col(ProjectRow.id) == col(PostRow.project_id))
    .outerjoin(DraftRow, col(DraftRow.id) == _id_in_subject(PostKind.DRAFT))
    .outerjoin(FireRow, col(FireRow.id) == _id_in_subject(PostKind.FIRE))
    .where(
        IS_REDRAWN,
        or_(
            col(PostRow.shown_revision) < col(ProjectRow.revision),
            col(PostRow.shown_revision) < col(DraftRow.revision),
            col(PostRow.shown_revision) < col(FireRow.revision),
        ),
    )
    .order_by(
        func.coalesce(col(ProjectRow.status).not_in(RANKED_STATUSES), false()), col(PostRow.id)
    )
)
WITHOUT_PERMALINK = select(PostRow).where(LACKS_PERMALINK).order_by(col(PostRow.id))
COUNTED_PROJECT = aliased(ProjectRow)
CARD, ROADMAP = aliased(PostRow), aliased(PostRow)
HAS_CARD = (
    select(CARD.id)
    .where(
        col(CARD.project_id) == col(PostRow.project_id),
        col(CARD.kind) == PostKind.CARD,
        col(CARD.state) == PostState.POSTED,
    )
    .exists()
)
CHANGED_QUARTER = (
    select(RoadmapRow.quarter)
    .join(RoadmapChangeRow, col(RoadmapChangeRow.roadmap_id) == col(RoadmapRow.id))
    .where(col(RoadmapChangeRow.id) == _id_in_subject(PostKind.ROADMAP_CHANGE))
    .scalar_subquery()
)
HAS_ROADMAP = (
    select(ROADMAP.id)
    .where(
        col(ROADMAP.board_id) == col(PostRow.board_id),
        col(ROADMAP.kind) == PostKind.ROADMAP,
        col(ROADMAP.state) == PostState.POSTED,
        col(ROADMAP.subject)
        == case(
            (col(PostRow.kind) == PostKind.ROADMAP_CHANGE, CHANGED_QUARTER),
            else_=col(PostRow.subject),
        ),
    )
    .exists()
)
ANNOUNCEMENT = aliased(PostRow)
# A fire's end is told after its start. Until that post is sent or canceled, it isn't known whether
# the channel hears of the fire.
IS_FIRE_SETTLED = not_(
    select(ANNOUNCEMENT.id)
    .where(
        col(ANNOUNCEMENT.board_id) == col(PostRow.board_id),
        col(ANNOUNCEMENT.kind) == PostKind.FIRE,
        col(ANNOUNCEMENT.subject) == col(PostRow.subject),
        col(ANNOUNCEMENT.state).in_(PENDING_STATES),
    )
    .exists()
)
MAY_BE_SENT = case(
    (col(PostRow.kind) == PostKind.FIRE_OUT, IS_FIRE_SETTLED),
    (col(PostRow.kind).in_(ROADMAP_THREAD_KINDS), HAS_ROADMAP),
    (col(PostRow.kind).in_(CARD_THREAD_KINDS), HAS_CARD),
    else_=true(),
)


SELECT_CARD_LINKS = select(PostRow.project_id, PostRow.permalink).where(
    PostRow.kind == PostKind.CARD, PostRow.state == PostState.POSTED
)


class PostedContent(BaseModel):
    """Facts about a post's content that are stored when it is sent."""

    model_config = ConfigDict(frozen=True)

    shown_revision: int | None = None
    ranks: dict[str, int] | None = None
    shipped: list[int] | None = None
    shippings: dict[str, str] | None = None


class Post(PostedContent):
    """A row of the outbox."""

    model_config = ConfigDict(frozen=True)

    id: int
    board_id: int
    kind: PostKind
    subject: str  # encoded; storage.posts.subjects decodes it
    edition: int = 1
    person: str | None = None
    state: PostState = PostState.DUE
    attempts: int = 0
    first_tried_at: datetime | None = None
    ts: str | None = None
    permalink: str | None = None
    project_id: int | None = None

    @property
    def is_pending(self) -> bool:
        """Whether the post is due or being sent."""
        return self.state in PENDING_STATES


def enqueue(
    session: Session,
    board_id: int,
    kind: PostKind,
    subject: Subject,
    *,
    edition: int = 1,
    project_id: int | None = None,
    recipient: str | None = None,
) -> bool:
    """Queue a post, as a DM if `recipient` is given. Return False if it was queued before."""
    row = PostRow(
        board_id=board_id,
        kind=kind,
        subject=subjects.encode(kind, subject),
        edition=edition,
        project_id=project_id,
        person=recipient,
    )
    post_id = session.execute(
        insert_into(session, PostRow)
        .values(row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing()
        .returning(col(PostRow.id))
    ).scalar()
    return post_id is not None


def enqueue_updates(
    session: Session, board_id: int, updates: Iterable[tuple[int, UpdateSubject]]
) -> None:
    """Queue replies in cards' threads, given as pairs of project id and subject."""
    rows = [
        PostRow(
            board_id=board_id,
            kind=PostKind.UPDATE,
            subject=subjects.encode(PostKind.UPDATE, subject),
            project_id=project_id,
        ).model_dump(exclude={"id"})
        for project_id, subject in updates
    ]
    session.connection().execute(insert_into(session, PostRow).on_conflict_do_nothing(), rows)


def enqueue_for_period(
    session: Session, board_id: int, kind: PostKind, period: PeriodSubject
) -> None:
    """Queue a period's post.

    Mark posts of earlier periods as superseded if no process has started to send them.
    """
    if enqueue(session, board_id, kind, period):
        session.execute(
            update(PostRow)
            .where(
                col(PostRow.board_id) == board_id,
                col(PostRow.kind) == kind,
                col(PostRow.state) == PostState.DUE,
                col(PostRow.subject) < period.encode(),
            )
            .values(state=PostState.SUPERSEDED)
        )


def due(session: Session, now: datetime) -> list[Post]:
    """Return the posts that a process may claim, oldest first.

    A reply waits until the card or the roadmap that it belongs to is posted. The end of a fire
    waits for the post of its start.
    """
    return _posts(
        session,
        select(PostRow).where(IS_PENDING, _is_due(now), MAY_BE_SENT).order_by(col(PostRow.id)),
    )


def pending(session: Session) -> list[Post]:
    """Return the posts that are due or being sent, oldest first."""
    return _posts(session, PENDING)


def claim(session: Session, post_id: int, now: datetime) -> Post | None:
    """Claim a post for sending. Return None if another process holds or finished it."""
    row = session.exec(
        select(PostRow).where(PostRow.id == post_id, _is_due(now)).with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    row.state = PostState.SENDING
    row.attempts += 1
    row.taken_at = now
    session.add(row)
    session.flush()
    return _post(row)


def mark_attempt(session: Session, claimed: Post, now: datetime, content: PostedContent) -> bool:
    """Record that Slack may show the post with this content from now on.

    Call this in its own transaction, right before the request. Return False if the lease expired
    and another process claimed the post: then don't send it.
    """
    statement = update(PostRow).where(_is_claimed_as(claimed))
    statement = statement.values(
        taken_at=now, first_tried_at=claimed.first_tried_at or now, **content.model_dump()
    )
    return session.execute(statement.returning(col(PostRow.id))).first() is not None


def is_outdated(session: Session, post: Post, due_week: str) -> bool:
    """Return whether the post is a digest and a later week's digest is queued and due.

    `due_week` is the week of the latest digest that is due. A clock that was ahead may have queued
    later ones.
    """
    later = select(PostRow.id).where(
        PostRow.board_id == post.board_id,
        PostRow.kind == PostKind.DIGEST,
        PostRow.kind == post.kind,
        col(PostRow.subject) > post.subject,
        col(PostRow.subject) <= due_week,
    )
    return session.exec(later.limit(1)).first() is not None


def next_lease_end(session: Session, now: datetime, since: datetime) -> datetime | None:
    """Return when the next claim expires that is in force or was at `since`, or None."""
    taken_at = session.exec(
        select(func.min(col(PostRow.taken_at))).where(
            IS_PENDING,
            PostRow.state == PostState.SENDING,
            col(PostRow.taken_at) > since - LEASE,
            col(PostRow.taken_at) <= now + MAX_CLOCK_AHEAD,
        )
    ).one()
    return None if taken_at is None else taken_at + LEASE


def release(session: Session, claimed: Post) -> None:
    """Give up a claim after Slack definitely refused the request.

    Restore what was stored about earlier attempts.
    """
    previous = claimed.model_dump(include={"first_tried_at", *PostedContent.model_fields})
    statement = update(PostRow).where(_is_claimed_as(claimed))
    session.execute(statement.values(state=PostState.DUE, taken_at=None, **previous))


def mark_posted(session: Session, post_id: int, ts: str | None) -> None:
    """Record that Slack shows the post. `ts` is None for a DM."""
    _update(session, post_id, state=PostState.POSTED, ts=ts)
    _refresh_named(session, post_id)


def cancel(session: Session, claimed: Post) -> None:
    """Drop a post that is obsolete or whose recipient left the channel."""
    session.execute(update(PostRow).where(_is_claimed_as(claimed)).values(state=PostState.CANCELED))


def cancel_unsent(session: Session, board_id: int, kind: PostKind, subject: Subject) -> None:
    """Drop the queued posts about a subject that no process has started to send."""
    session.execute(
        update(PostRow)
        .where(
            *_is_about(board_id, kind, subject),
            col(PostRow.state) == PostState.DUE,
            col(PostRow.first_tried_at).is_(None),
        )
        .values(state=PostState.CANCELED)
    )


def is_canceled(session: Session, board_id: int, kind: PostKind, subject: Subject) -> bool:
    """Return whether every post about a subject was canceled. There must be one."""
    states = session.exec(select(PostRow.state).where(*_is_about(board_id, kind, subject))).all()
    return set(states) == {PostState.CANCELED}


def set_permalink(session: Session, post_id: int, permalink: str) -> None:
    _update(session, post_id, permalink=permalink)


def mark_redrawn(session: Session, post: Post, revision: int) -> None:
    """Record that Slack shows this revision.

    If another process redrew the post at the same time, it is unknown which version Slack shows, so
    mark the post as stale.
    """
    shown_revision = col(PostRow.shown_revision)
    is_unchanged = and_(
        col(PostRow.id) == post.id,
        or_(shown_revision == post.shown_revision, shown_revision == revision),
    )
    statement = update(PostRow).where(is_unchanged).values(shown_revision=revision)
    if session.execute(statement.returning(col(PostRow.id))).first() is None:
        _update(session, post.id, shown_revision=UNKNOWN_REVISION)


def known_messages(session: Session, board_id: int, messages: Collection[str]) -> set[str]:
    """Return those of the messages, by ts, that are known to be posts of the board."""
    statement = select(PostRow.ts).where(
        PostRow.board_id == board_id, is_listed(col(PostRow.ts), messages)
    )
    return set(filter(None, session.exec(statement).all()))


def may_show(
    session: Session,
    board_id: int,
    kind: PostKind,
    subject: str,
    edition: int,
    shown_at: datetime,
) -> bool:
    """Return whether a message from this time may be this post, although its ts isn't stored.

    The store never has the ts of direct messages. It has the ts of another post once it stores
    Slack's answer. A message from before the first attempt is a post of an earlier state of the
    store: after a restore, ids such as a fire's are given again.
    """
    statement = select(PostRow.id).where(
        PostRow.board_id == board_id,
        PostRow.kind == kind,
        PostRow.subject == subject,
        PostRow.edition == edition,
        col(PostRow.ts).is_(None),
        PostRow.state != PostState.CANCELED,
        col(PostRow.first_tried_at) <= shown_at + CLOCK_SKEW,
    )
    return session.exec(statement).first() is not None


def requeue(session: Session, post: Post) -> None:
    """Queue the next edition of a post that someone deleted in Slack. A reply stays deleted."""
    _update(session, post.id, state=PostState.GONE)
    _refresh_named(session, post.id)
    if post.kind in THREAD_KINDS:
        return
    enqueue(
        session,
        post.board_id,
        post.kind,
        subjects.decode(post.kind, post.subject),
        edition=post.edition + 1,
        project_id=post.project_id,
    )


def stale(session: Session) -> list[Post]:
    """Return the posted cards, drafts, fires and disputes that show an old revision.

    The cards of closed projects come last.
    """
    return _posts(session, STALE)


def open_cards(session: Session, board_id: int) -> list[Post]:
    """Return the posted cards of open projects, and of projects merged into open ones."""
    statement = (
        select(PostRow)
        .join(ProjectRow, col(ProjectRow.id) == col(PostRow.project_id))
        .join(
            COUNTED_PROJECT,
            col(COUNTED_PROJECT.id)
            == func.coalesce(col(ProjectRow.merged_into), col(ProjectRow.id)),
        )
        .where(
            PostRow.board_id == board_id,
            PostRow.kind == PostKind.CARD,
            PostRow.state == PostState.POSTED,
            col(COUNTED_PROJECT.status).in_(RANKED_STATUSES),
        )
        .order_by(col(PostRow.id))
    )
    return _posts(session, statement)


def open_drafts(session: Session, board_id: int) -> list[Post]:
    """Return the posted charter drafts that the channel is still deciding on."""
    statement = (
        select(PostRow)
        .join(DraftRow, col(DraftRow.id) == _id_in_subject(PostKind.DRAFT))
        .where(
            PostRow.board_id == board_id,
            PostRow.kind == PostKind.DRAFT,
            PostRow.state == PostState.POSTED,
            col(DraftRow.closed_at).is_(None),
        )
        .order_by(col(PostRow.id))
    )
    return _posts(session, statement)


def posted_about(
    session: Session, board_id: int, kinds: Collection[PostKind], subject: Subject
) -> list[Post]:
    """Return the posted posts about a subject."""
    statement = (
        select(PostRow)
        .where(
            PostRow.board_id == board_id,
            col(PostRow.kind).in_(kinds),
            PostRow.subject == subject.encode(),
            PostRow.state == PostState.POSTED,
        )
        .order_by(col(PostRow.id))
    )
    return _posts(session, statement)


def posted_about_quarters(
    session: Session, since: QuarterSubject
) -> dict[tuple[int, str], list[Post]]:
    """Return the posted posts about quarters since this one, by board and encoded subject."""
    statement = (
        select(PostRow)
        .where(IS_OF_QUARTER, PostRow.subject >= since.encode())
        .order_by(col(PostRow.id))
    )
    by_subject: dict[tuple[int, str], list[Post]] = defaultdict(list)
    for post in _posts(session, statement):
        by_subject[post.board_id, post.subject].append(post)
    return by_subject


def mark_stale(
    session: Session, board_id: int, kinds: Collection[PostKind], subject: Subject
) -> None:
    """Record that the posts about a subject show an old revision, whatever their number says."""
    session.execute(
        update(PostRow)
        .where(
            col(PostRow.board_id) == board_id,
            col(PostRow.kind).in_(kinds),
            col(PostRow.subject) == subject.encode(),
        )
        .values(shown_revision=UNKNOWN_REVISION)
    )


def without_permalink(session: Session) -> list[Post]:
    """Return the posted cards, drafts and roadmaps whose permalink isn't stored."""
    return _posts(session, WITHOUT_PERMALINK)


def latest(
    session: Session, board_id: int, kind: PostKind, subject: Subject | None = None
) -> Post | None:
    """Return the newest post of a kind and, if given, a subject, in any state."""
    query = select(PostRow).where(PostRow.board_id == board_id, PostRow.kind == kind)
    if subject is not None:
        query = query.where(PostRow.subject == subjects.encode(kind, subject))
    row = session.exec(query.order_by(col(PostRow.id).desc()).limit(1)).first()
    return None if row is None else _post(row)


def list_subjects(session: Session, board_id: int, kind: PostKind) -> set[Subject]:
    """Return the subjects of a board's posts of a kind, in any state."""
    rows = session.exec(
        select(PostRow.subject).where(PostRow.board_id == board_id, PostRow.kind == kind)
    ).all()
    return {subjects.decode(kind, text) for text in rows}


def list_subjects_of(
    session: Session, project_ids: Collection[int], kind: PostKind
) -> set[Subject]:
    """Return the subjects of these projects' posts of a kind, in any state."""
    rows = session.exec(
        select(PostRow.subject).where(
            is_listed(col(PostRow.project_id), project_ids), PostRow.kind == kind
        )
    ).all()
    return {subjects.decode(kind, text) for text in rows}


def last_ranks(session: Session, board_id: int, before: str) -> dict[str, int] | None:
    """Return the ranks in the last posted digest of a week before `before`, by project number.

    Rows don't tell which digest is older: one that was adopted may have the newest row.
    """
    query = select(PostRow.ranks).where(
        PostRow.board_id == board_id,
        PostRow.kind == PostKind.DIGEST,
        PostRow.state == PostState.POSTED,
        PostRow.subject < WeekSubject(before).encode(),
    )
    ranks = session.exec(query.order_by(col(PostRow.subject).desc()).limit(1)).first()
    return None if ranks is None else dict(ranks)


def projects_with_card(session: Session, project_ids: Collection[int]) -> set[int]:
    """Return the ids of those of the projects that have a posted card."""
    rows = session.exec(
        select(PostRow.project_id).where(
            is_listed(col(PostRow.project_id), project_ids),
            PostRow.kind == PostKind.CARD,
            PostRow.state == PostState.POSTED,
        )
    ).all()
    return {project for project in rows if project is not None}


def card_permalink(session: Session, project_id: int) -> str | None:
    """Return the permalink of a project's posted card, or None if it isn't posted."""
    return session.exec(
        select(PostRow.permalink).where(
            PostRow.project_id == project_id,
            PostRow.kind == PostKind.CARD,
            PostRow.state == PostState.POSTED,
        )
    ).first()


def card_permalinks(session: Session, board_id: int) -> dict[int, str]:
    """Return the permalinks of the posted cards, by project id."""
    return _permalinks(session, SELECT_CARD_LINKS.where(PostRow.board_id == board_id))


def permalinks_of_cards(session: Session, project_ids: Collection[int]) -> dict[int, str]:
    """Return the permalinks of these projects' posted cards, by project id."""
    return _permalinks(
        session, SELECT_CARD_LINKS.where(is_listed(col(PostRow.project_id), project_ids))
    )


def open_card_permalinks(session: Session, board_id: int) -> dict[int, str]:
    """Return the permalinks of open projects' posted cards, by project id. Read no others."""
    of_open = SELECT_CARD_LINKS.join(
        ProjectRow, col(ProjectRow.id) == col(PostRow.project_id)
    ).where(ProjectRow.board_id == board_id, col(ProjectRow.status).in_(RANKED_STATUSES))
    return _permalinks(session, of_open)


def _permalinks(session: Session, statement: Any) -> dict[int, str]:
    rows = session.execute(statement).all()
    return {project: link for project, link in rows if project is not None and link}


def _is_due(now: datetime) -> Any:
    taken_at = col(PostRow.taken_at)
    lease_ended = and_(
        col(PostRow.state) == PostState.SENDING,
        or_(taken_at <= now - LEASE, taken_at > now + MAX_CLOCK_AHEAD),
    )
    return or_(col(PostRow.state) == PostState.DUE, lease_ended)


def _is_about(board_id: int, kind: PostKind, subject: Subject) -> tuple[Any, ...]:
    """Return the conditions that a row is a post of this kind about a subject, in any edition."""
    return (
        col(PostRow.board_id) == board_id,
        col(PostRow.kind) == kind,
        col(PostRow.subject) == subjects.encode(kind, subject),
    )


def _is_claimed_as(claimed: Post) -> Any:
    """Return the condition that the row is still claimed by this attempt."""
    return and_(
        col(PostRow.id) == claimed.id,
        col(PostRow.state) == PostState.SENDING,
        col(PostRow.attempts) == claimed.attempts,
    )


def _update(session: Session, post_id: int, **columns: Any) -> None:
    session.execute(update(PostRow).where(col(PostRow.id) == post_id).values(**columns))


def _refresh_named(session: Session, post_id: int) -> None:
    """Store which digest named the projects that a post names, if it is a digest."""
    named = select(PostRow.board_id, PostRow.shipped).where(PostRow.id == post_id)
    board_id, numbers = session.exec(named).one()
    refresh_digest_weeks(session, board_id, numbers or ())


def _posts(session: Session, statement: SelectOfScalar[PostRow]) -> list[Post]:
    """Return the posts that a statement selects, without those that can't be read."""
    return read_rows(session, statement, PostRow, _post)


def _post(row: PostRow) -> Post:
    return Post.model_validate(row.model_dump(include=set(Post.model_fields)))
