"""Adoption: add posts to the store that a channel shows, but the store doesn't know.

They were posted after the backup that was restored, or by another store that a person adopted.
Scores, comments, history and commits can't be adopted, because they aren't in Slack.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session, select

from domain.calendar.quarter import Quarter
from domain.projects.lifecycle import Status
from storage.boards import boards
from storage.boards.boards import Board
from storage.people.people import add_if_missing
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.identity import PostIdentity
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

    @property
    def number(self) -> int | None:
        """The project's number if the post is a card."""
        if self.identity.kind is not PostKind.CARD:
            return None
        return ProjectSubject.decode(self.identity.subject).number


def adopt(session: Session, board: Board, found: FoundPost, now: datetime) -> bool:
    """Make a message a post of the board. Return False if the message isn't adopted.

    Two processes may find the same message. The second call adopts nothing.
    """
    if found.number is not None:
        boards.mark_number_seen(session, board.id, found.number)
    if found.identity.kind not in ADOPTED_KINDS or outbox.known_messages(
        session, board.id, [found.ts]
    ):
        return False
    if found.identity.kind is PostKind.CARD:
        return _adopt_card(session, board, found, now)
    content = _content(session, board, found)
    return _save(session, board, found, found.identity.subject, content)


def newer_cards(session: Session, board: Board, found: Collection[FoundPost]) -> set[str]:
    """Return the ts of the cards whose facts are newer than the store's."""
    revisions = projects.list_revisions(session, board.id)
    newer = set()
    for post in found:
        facts = CardFacts.read(post.facts) if post.facts else None
        if facts is not None and facts.revision > revisions.get(facts.permanent_id, facts.revision):
            newer.add(post.ts)
    return newer


def update_known_card(session: Session, board: Board, found: FoundPost, now: datetime) -> bool:
    """Store the facts on a known card if they are newer than the store's. Return whether they are.

    That happens only after a restore, because a store saves facts before it shows them.
    """
    facts = CardFacts.read(found.facts)
    if facts is None:
        return False
    project = projects.find_by_permanent_id(session, board.id, facts.permanent_id)
    if project is None or project.revision >= facts.revision:
        return False
    _apply(session, project.id, facts)
    if not facts.say_the_same_as(project):
        _tell(session, project, facts, now)
    return True


def _adopt_card(session: Session, board: Board, found: FoundPost, now: datetime) -> bool:
    """Adopt a card and, if the store doesn't have it, its project.

    If another project already has the card's number, the adopted project gets a new number.
    """
    facts = CardFacts.read(found.facts)
    if facts is None:
        return False
    row = session.exec(
        select(ProjectRow).where(ProjectRow.permanent_id == facts.permanent_id)
    ).first()
    if row is not None and row.board_id != board.id:
        return False
    if row is None:
        project = _create(session, board, found, facts)
        _tell(session, project, facts, now)
    else:
        project = projects.get(session, row.id or 0)
        update_known_card(session, board, found, now)
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
        proposal=facts.proposal.model_dump(mode="json"),
    )
    session.add(row)
    session.flush()
    for person in {facts.proposer, facts.owner} - {None}:
        add_if_missing(session, board.team_id, str(person))
    _apply(session, row.id or 0, facts)
    return projects.get(session, row.id or 0)


def _free_origin(session: Session, board_id: int, facts: CardFacts) -> str:
    """Return the project's origin, or its permanent id if another project has that origin."""
    taken = select(ProjectRow.id).where(
        ProjectRow.board_id == board_id, ProjectRow.origin == facts.origin
    )
    return facts.permanent_id if session.exec(taken).first() else facts.origin


def _apply(session: Session, project_id: int, facts: CardFacts) -> None:
    """Store the facts on a project's card. The card is then redrawn.

    If the store doesn't know the project that this one was merged into, reopen this one, so that
    its votes aren't lost.
    """
    target = None
    if facts.merged_into:
        target = session.exec(
            select(ProjectRow.id).where(ProjectRow.permanent_id == facts.merged_into)
        ).first()
    row = session.get_one(ProjectRow, project_id)
    row.proposal = facts.proposal.model_dump(mode="json")
    row.owner, row.steps_done = facts.owner, list(facts.steps_done)
    row.merged_into, row.handed_to = target, facts.handed_to
    row.status, row.status_reason = facts.status, facts.status_reason
    row.status_by, row.status_at = facts.status_by, facts.status_at
    if facts.merged_into and target is None:
        row.status, row.status_reason, row.status_by, row.status_at = Status.OPEN, "", None, None
    row.revision = facts.revision + 1
    session.add(row)
    session.flush()


def _tell(session: Session, project: Project, facts: CardFacts, now: datetime) -> None:
    """Say in the card's thread that the project was restored, and what is missing."""
    person = facts.proposer
    history.add(session, project.id, history.RESTORED, by=person, now=now, detail=person)


def _content(session: Session, board: Board, found: FoundPost) -> PostedContent:
    """Return what the store knows about the content of a post that isn't a card."""
    if found.identity.kind is PostKind.DIGEST:
        try:
            return PostedContent.model_validate_json(found.facts or "{}")
        except ValidationError:
            return PostedContent()
    if found.identity.kind is PostKind.INTRODUCTION:
        return PostedContent()
    quarter = Quarter.from_key(found.identity.subject, board.cadence.fiscal_start)
    # The post isn't redrawn until something that it shows changes.
    return PostedContent(shown_revision=roadmaps.revision(session, board, quarter))


def _save(
    session: Session,
    board: Board,
    found: FoundPost,
    subject: str,
    content: PostedContent,
    project_id: int | None = None,
) -> bool:
    """Record the post's message. Return False if the store already has a message for the post."""
    values: dict[str, Any] = {
        "state": PostState.POSTED,
        "ts": found.ts,
        "taken_at": found.posted_at,
        **content.model_dump(),
    }
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
    row.sqlmodel_update(values)
    session.add(row)
    session.flush()
    return True
