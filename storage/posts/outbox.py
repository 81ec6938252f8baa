"""Posts: what a channel is to show, from the wish for it to its place in Slack.

A row is the claim that makes a post appear once. Whoever sends it takes it first; one that was
taken and not settled is taken again after `LEASE`; if sending it had begun, `first_tried_at` then
says since when Slack may already show it, and `Shows` what it shows then.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import String, and_, cast, false, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.projects.lifecycle import RANKED_STATUSES
from storage.database import insert_into
from storage.posts import subjects
from storage.posts.subjects import PeriodSubject, Subject
from storage.tables import DraftRow, PostKind, PostRow, PostState, ProjectRow

UNKNOWN_REVISION = 0  # older than any
UNSAVED_ID = 0  # the id of a post that is drawn only to be looked at
PENDING_STATES = frozenset({PostState.DUE, PostState.SENDING})
# From just before each call that posts: where clocks differ by 10 s, that has 20 s to arrive.
LEASE = timedelta(seconds=30)

# Made once, as they run in each pass: to put them together takes as long as to run them.
PENDING = select(PostRow).where(col(PostRow.state).in_(PENDING_STATES)).order_by(col(PostRow.id))
STALE = (
    select(PostRow)
    .outerjoin(ProjectRow, col(ProjectRow.id) == col(PostRow.project_id))
    .outerjoin(
        DraftRow,
        and_(
            col(PostRow.kind) == PostKind.DRAFT,
            col(PostRow.subject) == cast(col(DraftRow.id), String),  # as DraftSubject encodes it
        ),
    )
    .where(
        PostRow.state == PostState.POSTED,
        or_(
            col(PostRow.shown_revision) < col(ProjectRow.revision),
            col(PostRow.shown_revision) < col(DraftRow.revision),
        ),
    )
    .order_by(
        func.coalesce(col(ProjectRow.status).not_in(RANKED_STATUSES), false()), col(PostRow.id)
    )
)
WITHOUT_PERMALINK = (
    select(PostRow)
    .where(
        col(PostRow.kind).in_([PostKind.CARD, PostKind.DRAFT]),
        PostRow.state == PostState.POSTED,
        col(PostRow.permalink).is_(None),
    )
    .order_by(col(PostRow.id))
)
COUNTED_PROJECT = aliased(ProjectRow)


class PostedContent(BaseModel):
    """What is to be remembered of what a post shows."""

    model_config = ConfigDict(frozen=True)

    shown_revision: int | None = None
    ranks: dict[str, int] | None = None
    shipped: list[int] | None = None


class Post(PostedContent):
    """A post as it stands."""

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
        """No channel shows it yet, and one is to."""
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
    """Wish for a post (for that person alone); False if it was wished for before."""
    row = PostRow(
        board_id=board_id,
        kind=kind,
        subject=subjects.encode(kind, subject),
        edition=edition,
        project_id=project_id,
        person=recipient,
    )
    made = session.execute(
        insert_into(session, PostRow)
        .values(row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing()
        .returning(col(PostRow.id))
    ).scalar()
    return made is not None


def enqueue_for_period(
    session: Session, board_id: int, kind: PostKind, period: PeriodSubject
) -> None:
    """Wish for this period's; one of an earlier period that no one has sent yet comes no more."""
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
    """Posts that someone has yet to send, oldest first."""
    rows = session.exec(select(PostRow).where(_is_due(now)).order_by(col(PostRow.id))).all()
    return [_post(row) for row in rows]


def pending(session: Session) -> list[Post]:
    """Posts that no channel shows yet, whoever is at them."""
    return [_post(row) for row in session.exec(PENDING).all()]


def claim(session: Session, post_id: int, now: datetime) -> Post | None:
    """Become the one who sends it; None if someone else is, or did."""
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


def mark_attempt(session: Session, taken: Post, now: datetime, shows: PostedContent) -> bool:
    """Say what Slack may show from now on; False if the lease ended and someone else took it."""
    begun = update(PostRow).where(_is_claimed_as(taken))
    begun = begun.values(
        taken_at=now, first_tried_at=taken.first_tried_at or now, **shows.model_dump()
    )
    return session.execute(begun.returning(col(PostRow.id))).first() is not None


def is_outdated(session: Session, post: Post) -> bool:
    """Whether it is a digest, and one of a later week is wished for: that is the one to be read."""
    later = select(PostRow.id).where(
        PostRow.board_id == post.board_id,
        PostRow.kind == PostKind.DIGEST,
        PostRow.kind == post.kind,
        col(PostRow.subject) > post.subject,
    )
    return session.exec(later.limit(1)).first() is not None


def next_lease_end(session: Session, now: datetime) -> datetime | None:
    """When the next post that was taken and not settled can be taken again, if it can't be yet."""
    taken_at = session.exec(
        select(func.min(col(PostRow.taken_at))).where(
            PostRow.state == PostState.SENDING, col(PostRow.taken_at) > now - LEASE
        )
    ).one()
    return None if taken_at is None else taken_at + LEASE


def release(session: Session, taken: Post) -> None:
    """Slack shows nothing of this try for certain: what it may show is as before the try."""
    before = taken.model_dump(include={"first_tried_at", *PostedContent.model_fields})
    given_back = update(PostRow).where(_is_claimed_as(taken))
    session.execute(given_back.values(state=PostState.DUE, taken_at=None, **before))


def mark_posted(session: Session, post_id: int, ts: str | None) -> None:
    """Slack shows it, as it was begun; where is not kept of what was said privately."""
    _update(session, post_id, state=PostState.POSTED, ts=ts)


def cancel(session: Session, taken: Post) -> None:
    """It is no longer so, or the one it was for is no longer in the channel."""
    session.execute(update(PostRow).where(_is_claimed_as(taken)).values(state=PostState.CANCELED))


def set_permalink(session: Session, post_id: int, permalink: str) -> None:
    _update(session, post_id, permalink=permalink)


def mark_redrawn(session: Session, drawn: Post, revision: int) -> None:
    """It shows that revision, unless another process drew another one at the same time.

    Which of the two Slack shows then, nobody knows: it is stale until it is redrawn once more.
    """
    shown = col(PostRow.shown_revision)
    known = and_(col(PostRow.id) == drawn.id, or_(shown == drawn.shown_revision, shown == revision))
    mark_redrawn = update(PostRow).where(known).values(shown_revision=revision)
    if session.execute(mark_redrawn.returning(col(PostRow.id))).first() is None:
        _update(session, drawn.id, shown_revision=UNKNOWN_REVISION)


def requeue(session: Session, post: Post) -> None:
    """Someone deleted it in Slack: what it showed is gone, and the channel is to have it again."""
    _update(session, post.id, state=PostState.GONE)
    enqueue(
        session,
        post.board_id,
        post.kind,
        subjects.decode(post.kind, post.subject),
        edition=post.edition + 1,
        project_id=post.project_id,
    )


def stale(session: Session) -> list[Post]:
    """Cards and drafts that show an older revision of their subject than there is, cards of what is
    closed last.
    """
    return [_post(row) for row in session.exec(STALE).all()]


def open_cards(session: Session, board_id: int) -> list[Post]:
    """The cards that Slack shows of what people can still vote on, or of what became part of it."""
    rows = session.exec(
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
    ).all()
    return [_post(row) for row in rows]


def stale_for_subject(
    session: Session, board_id: int, kinds: Collection[PostKind], subject: Subject, revision: int
) -> list[Post]:
    """Posts about that subject that show another revision of it than that."""
    rows = session.exec(
        select(PostRow)
        .where(
            PostRow.board_id == board_id,
            col(PostRow.kind).in_(kinds),
            PostRow.subject == subject.encode(),
            PostRow.state == PostState.POSTED,
            func.coalesce(PostRow.shown_revision, 0) != revision,
        )
        .order_by(col(PostRow.id))
    ).all()
    return [_post(row) for row in rows]


def without_permalink(session: Session) -> list[Post]:
    """Posts that others name by their address, while that is not known yet."""
    return [_post(row) for row in session.exec(WITHOUT_PERMALINK).all()]


def latest(
    session: Session, board_id: int, kind: PostKind, subject: Subject | None = None
) -> Post | None:
    """The newest post of that kind (about that subject), in whatever state."""
    query = select(PostRow).where(PostRow.board_id == board_id, PostRow.kind == kind)
    if subject is not None:
        query = query.where(PostRow.subject == subjects.encode(kind, subject))
    row = session.exec(query.order_by(col(PostRow.id).desc()).limit(1)).first()
    return None if row is None else _post(row)


def list_subjects(session: Session, board_id: int, kind: PostKind) -> set[Subject]:
    """What the posts of that kind are about, in whatever state they are."""
    rows = session.exec(
        select(PostRow.subject).where(PostRow.board_id == board_id, PostRow.kind == kind)
    ).all()
    return {subjects.decode(kind, text) for text in rows}


def last_ranks(session: Session, board_id: int, before: int | None) -> dict[str, int] | None:
    """The ranks by project number in the last digest that was posted (before that post)."""
    query = select(PostRow.ranks).where(
        PostRow.board_id == board_id,
        PostRow.kind == PostKind.DIGEST,
        PostRow.state == PostState.POSTED,
    )
    if before is not None:
        query = query.where(col(PostRow.id) < before)
    ranks = session.exec(query.order_by(col(PostRow.id).desc()).limit(1)).first()
    return None if ranks is None else dict(ranks)


def projects_with_card(session: Session, board_id: int) -> set[int]:
    """Ids of the projects whose cards Slack shows."""
    rows = session.exec(
        select(PostRow.project_id).where(
            PostRow.board_id == board_id,
            PostRow.kind == PostKind.CARD,
            PostRow.state == PostState.POSTED,
        )
    ).all()
    return {project for project in rows if project is not None}


def card_permalinks(session: Session, board_id: int) -> dict[int, str]:
    """Permalinks of the cards, by project id."""
    rows = session.exec(
        select(PostRow.project_id, PostRow.permalink).where(
            PostRow.board_id == board_id,
            PostRow.kind == PostKind.CARD,
            PostRow.state == PostState.POSTED,
        )
    ).all()
    return {project: link for project, link in rows if project is not None and link}


def _is_due(now: datetime) -> Any:
    lease_ended = and_(
        col(PostRow.state) == PostState.SENDING, col(PostRow.taken_at) <= now - LEASE
    )
    return or_(col(PostRow.state) == PostState.DUE, lease_ended)


def _is_claimed_as(taken: Post) -> Any:
    """Still that try's, and no later one's."""
    return and_(
        col(PostRow.id) == taken.id,
        col(PostRow.state) == PostState.SENDING,
        col(PostRow.attempts) == taken.attempts,
    )


def _update(session: Session, post_id: int, **columns: Any) -> None:
    session.execute(update(PostRow).where(col(PostRow.id) == post_id).values(**columns))


def _post(row: PostRow) -> Post:
    return Post.model_validate(row.model_dump(include=set(Post.model_fields)))
