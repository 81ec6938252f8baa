"""Adoption: add posts to the store that a channel shows, but the store doesn't know.

They were posted after the backup that was restored, or by another store that a person adopted.
Scores, comments, history and commits can't be adopted, because they aren't in Slack.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from pydantic import ValidationError
from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.projects.lifecycle import Status
from storage import stores
from storage.boards.boards import Board
from storage.people.people import request_lookup
from storage.posts import outbox
from storage.posts.identity import PostIdentity
from storage.posts.named_projects import refresh_digest_weeks
from storage.posts.outbox import UNKNOWN_REVISION, PostedContent
from storage.posts.subjects import ProjectSubject
from storage.projects import history, projects
from storage.projects.card_facts import CardFacts
from storage.projects.projects import Project
from storage.tables import PostKind, PostRow, PostState, ProjectRow

# Posts whose subject means the same in every store: a number, a week, a quarter, or nothing. Other
# posts have the id of a row in their store, such as a fire or a charter draft.
ADOPTED_KINDS = frozenset(
    {
        PostKind.INTRODUCTION,
        PostKind.CARD,
        PostKind.DIGEST,
        PostKind.ROADMAP,
        PostKind.RETROSPECTIVE,
    }
)


@dataclass(frozen=True)
class FoundPost:
    """A message that shows a post. `facts` is the part of its metadata about the post's content."""

    identity: PostIdentity
    ts: str
    facts: str = ""

    @property
    def posted_at(self) -> datetime:
        return datetime.fromtimestamp(float(self.ts), UTC)

    @cached_property
    def card(self) -> CardFacts | None:
        """The project's facts if the post is a card that has them."""
        return CardFacts.read(self.facts) if self.identity.kind is PostKind.CARD else None

    @property
    def project(self) -> str:
        """The permanent id of the card's project, or ""."""
        return self.card.permanent_id if self.card else ""

    @property
    def target(self) -> str:
        """The permanent id of the project that the card's project was merged into, or ""."""
        return self.card.merged_into if self.card else ""

    @property
    def number(self) -> int | None:
        """The project's number if the post is a card."""
        if self.identity.kind is not PostKind.CARD:
            return None
        return ProjectSubject.decode(self.identity.subject).number

    @property
    def is_adoptable(self) -> bool:
        """Whether the message says enough to make it a post of the store."""
        kind = self.identity.kind
        return kind in ADOPTED_KINDS and (kind is not PostKind.CARD or self.card is not None)


@dataclass(frozen=True)
class Adoptable:
    """Posts to adopt, in this order, and cards that wait until their merge's target is found."""

    posts: tuple[FoundPost, ...] = ()
    waiting: tuple[FoundPost, ...] = ()


def select_adoptable(
    session: Session, board: Board, found: Sequence[FoundPost], *, is_complete: bool
) -> Adoptable:
    """Select the posts that the store lacks, and the known cards that are newer than the store.

    `is_complete` tells that no more posts will be found: then no card waits.
    """
    known = outbox.known_messages(session, board.id, [post.ts for post in found])
    named = {name for post in found if post.card for name in (post.project, post.target)}
    stored = projects.by_permanent_id(session, named)
    adoptable = [
        post
        for post in found
        if (_is_newer(post, stored) if post.ts in known else post.is_adoptable)
        and (post.project not in stored or stored[post.project].board_id == board.id)
    ]
    return in_merge_order(adoptable, set(stored), is_complete=is_complete)


def in_merge_order(
    posts: Sequence[FoundPost], stored: Collection[str], *, is_complete: bool
) -> Adoptable:
    """Put each card after the card of the project that it was merged into.

    `stored` are the permanent ids of projects in the store.
    """
    waiting = sorted(posts, key=lambda post: post.ts)
    available = {"", *stored}
    if is_complete:
        available |= {post.target for post in posts} - {post.project for post in posts}
    ordered: list[FoundPost] = []
    while ready := [post for post in waiting if post.target in available]:
        ordered += ready
        available |= {post.project for post in ready}
        waiting = [post for post in waiting if post not in ready]
    if is_complete:
        ordered, waiting = [*ordered, *waiting], []
    return Adoptable(tuple(ordered), tuple(waiting))


def adopt(session: Session, board: Board, found: FoundPost, now: datetime) -> bool:
    """Make a message a post of the board, or store a known card's facts.

    Two processes may find the same message. Return False if the store is already up to date.
    """
    if found.identity.kind is PostKind.CARD:
        return _adopt_card(session, board, found, now)
    content = _content(session, found)
    return _save(session, board, found, found.identity.subject, content)


def _is_newer(card: FoundPost, stored: Mapping[str, Project]) -> bool:
    """Return whether a known card is newer than the store.

    That happens only after a restore, because a store saves facts before it shows them. If a person
    has changed the project in the restored store since, that is newer.
    """
    project = stored.get(card.project)
    return (
        card.card is not None and project is not None and card.card.changed_at > project.changed_at
    )


def _adopt_card(session: Session, board: Board, found: FoundPost, now: datetime) -> bool:
    """Adopt a card, and its project's facts if they are newer than the store's.

    If another project already has the card's number, the adopted project gets a new number.
    """
    facts = found.card
    if facts is None:
        return False
    project = projects.by_permanent_id(session, [facts.permanent_id]).get(facts.permanent_id)
    is_updated = project is None or project.changed_at < facts.changed_at
    if project is None:
        project = _create(session, board, found, facts)
        _tell(session, project, history.RESTORED, now)
    elif is_updated:
        _apply(session, board, project.id, facts)
        if not facts.say_the_same_as(project):
            _tell(session, project, history.FACTS_RESTORED, now)
    if outbox.known_messages(session, board.id, [found.ts]):
        return is_updated
    content = PostedContent(shown_revision=UNKNOWN_REVISION)
    subject = ProjectSubject(project.number).encode()
    return _save(session, board, found, subject, content, project.id)


def _create(session: Session, board: Board, found: FoundPost, facts: CardFacts) -> Project:
    number = found.number
    if number is None or projects.find(session, board.id, number) is not None:
        number = projects.next_number(session, board.id)
    row = ProjectRow(
        board_id=board.id,
        permanent_id=facts.permanent_id,
        number=number,
        origin=_free_origin(session, board.id, facts),
        proposer=facts.proposer,
        proposed_at=facts.proposed_at,
        changed_at=facts.changed_at,
        proposal=facts.proposal.model_dump(mode="json"),
    )
    session.add(row)
    session.flush()
    for person in {facts.proposer, facts.owner} - {None}:
        request_lookup(session, board.id, str(person))
    _apply(session, board, row.id or 0, facts)
    return projects.get(session, row.id or 0)


def _free_origin(session: Session, board_id: int, facts: CardFacts) -> str:
    """Return the project's origin, or its permanent id if another project has that origin."""
    taken = select(ProjectRow.id).where(
        ProjectRow.board_id == board_id, ProjectRow.origin == facts.origin
    )
    return facts.permanent_id if session.exec(taken).first() else facts.origin


def _apply(session: Session, board: Board, project_id: int, facts: CardFacts) -> None:
    """Store the facts on a project's card. The card is then redrawn.

    If the store doesn't have the project that this one was merged into, reopen this one, so that
    its votes aren't lost.
    """
    row = session.get_one(ProjectRow, project_id)
    target = _merge_target(session, board, project_id, facts) if facts.merged_into else None
    related = [project_id, row.merged_into, target]
    row.proposal = facts.proposal.model_dump(mode="json")
    row.owner, row.steps_done = facts.owner, list(facts.steps_done)
    row.merged_into, row.handed_to = target, facts.handed_to
    row.status, row.status_reason = facts.status, facts.status_reason
    row.status_by, row.status_at = facts.status_by, facts.status_at
    if facts.merged_into and target is None:
        row.status, row.status_reason, row.status_by, row.status_at = Status.OPEN, "", None, None
    row.changed_at = facts.changed_at
    session.add(row)
    session.flush()
    refresh_digest_weeks(session, board.id, [row.number])
    if target is not None:
        _move_merged(session, project_id, target)
    projects.increment_revisions(session, [each for each in related if each is not None])
    session.refresh(row)


def _merge_target(session: Session, board: Board, project_id: int, facts: CardFacts) -> int | None:
    """Return the project that counts the votes of a merged one, or None if there is none."""
    row = session.exec(
        select(ProjectRow).where(
            ProjectRow.permanent_id == facts.merged_into, ProjectRow.board_id == board.id
        )
    ).first()
    target = None if row is None else row.merged_into or row.id
    return None if target == project_id else target


def _move_merged(session: Session, project_id: int, target: int) -> None:
    """Merge the projects that were merged into this one into its own target."""
    session.execute(
        update(ProjectRow)
        .where(col(ProjectRow.merged_into) == project_id)
        .values(merged_into=target)
    )


def _tell(session: Session, project: Project, what: str, now: datetime) -> None:
    """Say in the card's thread what was restored, and what is missing."""
    history.add(session, project.id, what, by=project.proposer, now=now, detail=project.proposer)


def _content(session: Session, found: FoundPost) -> PostedContent:
    """Return what the store knows about the content of a post that isn't a card.

    A digest names projects by number, and another store's projects may have new numbers here.
    """
    is_own = found.identity.store_id == stores.store_id(session)
    if found.identity.kind is PostKind.DIGEST and is_own:
        try:
            return PostedContent.model_validate_json(found.facts or "{}")
        except ValidationError:
            return PostedContent()
    return PostedContent()


def _save(
    session: Session,
    board: Board,
    found: FoundPost,
    subject: str,
    content: PostedContent,
    project_id: int | None = None,
) -> bool:
    """Record the post's message. Return False if the store already has a message for the post.

    If this store tried to send the post, it knows best with which content.
    """
    same = select(PostRow).where(
        PostRow.board_id == board.id,
        PostRow.kind == found.identity.kind,
        PostRow.subject == subject,
    )
    row = session.exec(same.where(PostRow.edition == found.identity.edition)).first()
    if row is None:
        row = PostRow(
            board_id=board.id,
            kind=found.identity.kind,
            subject=subject,
            edition=found.identity.edition,
            project_id=project_id,
        )
    elif row.ts is not None:
        return False
    if row.first_tried_at is None:
        row.sqlmodel_update(content.model_dump())
    row.state, row.ts, row.taken_at = PostState.POSTED, found.ts, found.posted_at
    session.add(row)
    session.flush()
    refresh_digest_weeks(session, board.id, row.shipped or ())
    return True
