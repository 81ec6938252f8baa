"""Rendering of posts: reads a post's content from the store and turns it into a message."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.presenters import digest as digest_presenter
from bot.presenters import quarter_posts
from bot.presenters.board_overview import overview, overview_with_closed
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.charter_draft import posted
from bot.presenters.fires import burning_fire
from bot.presenters.project_state import history_entries, project_reference, status_details
from bot.views.blocks import block_kit
from bot.views.data.quarter import CommittedRoadmap, RoadmapUpdate
from bot.views.posts import (
    card,
    charter_draft,
    committed_roadmap,
    digest,
    dispute,
    fire,
    introduction,
    nudge,
    outcome,
    project_update,
    retrospective,
    roadmap,
    roadmap_thread,
)
from domain.calendar.cadence import retrospective_day
from domain.calendar.quarter import Quarter
from domain.projects.lifecycle import Status
from domain.ranking.dispute import find_dispute
from domain.ranking.ranking import rank
from storage.boards import charter_drafts, fires
from storage.boards.boards import Board
from storage.boards.boards import get as board_of
from storage.database import Session
from storage.people import reminders
from storage.planning import roadmaps
from storage.posts.outbox import Post, PostedContent
from storage.posts.subjects import (
    DraftSubject,
    FireSubject,
    OldFireSubject,
    OutcomeSubject,
    OwnerLeftSubject,
    PaybackSubject,
    ProjectSubject,
    QuarterSubject,
    RoadmapChangeSubject,
    Subject,
    UpdateSubject,
    WeekSubject,
)
from storage.projects import candidates, outcomes, projects
from storage.projects.card_facts import CardFacts
from storage.projects.projects import Project
from storage.tables import PostKind

FIRST_SHOWN = 3
NOTHING = PostedContent()


class ObsoletePost(Exception):
    """A post that is obsolete: what it would say is no longer true."""


@dataclass(frozen=True)
class RepliedTo:
    """The first message of a reply's thread: a card or a roadmap. It may not be posted yet."""

    kind: PostKind
    subject: Subject


@dataclass(frozen=True)
class RenderedPost:
    """A message, and what the store records about its content."""

    message: block_kit.Message
    replied_to: RepliedTo | None = None
    broadcast: bool = False  # whether a reply is also sent to the channel
    content: PostedContent = NOTHING
    facts: str = ""  # for the metadata: what a restored store can read back


def render_post(session: Session, post: Post, now: datetime) -> RenderedPost:
    """Return the post as it should look now.

    Raise ObsoletePost if it is obsolete, and LookupError if the store lacks what it is about.
    """
    snapshot = BoardSnapshot(session, board_of(session, post.board_id))
    return RENDERERS[post.kind](snapshot, post, now)


def _card(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    session, board = snapshot.session, snapshot.board
    number = ProjectSubject.decode(post.subject).number
    project = projects.find(session, board.id, number)
    if project is None:
        raise LookupError(f"post {post.id} is the card of no project")
    # A card shows only its own project, so the project is ranked alone, and fires don't count.
    alone = candidates.of_projects(session, board, [project])
    [ranked] = rank(alone, board.charter).projects
    state = status_details(session, board, project)
    target = state.merged_into
    message = card.card(
        project.number,
        project.permanent_id,
        project.proposer,
        project.proposal,
        ranked,
        board.charter,
        state,
    )
    return RenderedPost(
        message,
        content=PostedContent(shown_revision=project.revision),
        facts=CardFacts.of(project, target.permanent_id if target else "").encode(),
    )


def _digest(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    week = WeekSubject.decode(post.subject).week
    content = digest_presenter.digest(snapshot, week)
    shipped = [work.project.number for work in content.shipped if not work.steps]
    shippings = projects.by_numbers(snapshot.session, snapshot.board.id, shipped)
    recorded = PostedContent(
        ranks={
            str(ranked.candidate.id): ranked.rank
            for ranked in content.board.in_rank_order
            if ranked.rank
        },
        shipped=shipped,
        shippings={str(number): shippings[number].shipping for number in shipped},
    )
    facts = recorded.model_dump_json(exclude_none=True)
    return RenderedPost(digest.digest(content), content=recorded, facts=facts)


def _roadmap(snapshot: BoardSnapshot, post: Post, now: datetime) -> RenderedPost:
    quarter = _quarter(snapshot.board, QuarterSubject.decode(post.subject).key)
    revision = roadmaps.revision(snapshot.session, snapshot.board, quarter)
    content = quarter_posts.roadmap(snapshot, quarter, now)
    message = (
        committed_roadmap.roadmap(content)
        if isinstance(content, CommittedRoadmap)
        else roadmap.roadmap(content)
    )
    return RenderedPost(message, content=PostedContent(shown_revision=revision))


def _retrospective(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    board = snapshot.board
    key = QuarterSubject.decode(post.subject).key
    quarter = Quarter.from_key(key, board.cadence.fiscal_start)
    revision = roadmaps.revision(snapshot.session, board, quarter)
    review = quarter_posts.retrospective(snapshot, quarter, retrospective_day(quarter))
    message = retrospective.retrospective(review)
    return RenderedPost(message, content=PostedContent(shown_revision=revision))


def _fire(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    declared = fires.get(snapshot.session, FireSubject.decode(post.subject).fire_id)
    charter = snapshot.board.charter
    board = overview(snapshot)
    value = declared.value
    first = [ranked for ranked in board.in_rank_order if value in ranked.moved][:FIRST_SHOWN]
    linked = [(board.name(ranked), board.links.get(ranked.candidate.id)) for ranked in first]
    others = [key for key in charter.keys if key in board.fires and key != value]
    message = fire.declared(burning_fire(snapshot.board, declared), linked, others, charter=charter)
    return RenderedPost(message, content=PostedContent(shown_revision=declared.revision))


def _fire_out(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    cleared = fires.get(snapshot.session, FireSubject.decode(post.subject).fire_id)
    if not fires.was_announced(snapshot.session, snapshot.board.id, cleared.id):
        raise ObsoletePost("the fire was out before it was posted")
    charter = snapshot.board.charter
    burning_values = {burning.value for burning in snapshot.fires}
    still_burning = [key for key in charter.keys if key in burning_values]
    person = cleared.cleared_by or cleared.declared_by
    return RenderedPost(fire.cleared(cleared.value, person, still_burning, charter=charter))


def _dispute(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    session, board = snapshot.session, snapshot.board
    number = ProjectSubject.decode(post.subject).number
    project = projects.find(session, board.id, number)
    if project is None:
        raise LookupError(f"post {post.id} is about no project")
    alone = candidates.of_projects(session, board, [project])
    [ranked] = rank(alone, board.charter).projects
    current = find_dispute(ranked.candidate, board.charter)
    title = project.proposal.title
    if current is not None:
        message = dispute.invitation(number, title, current, board.charter)
    elif post.ts is not None:
        message = dispute.ended(number, title, is_hidden=not ranked.scores_visible)
    else:
        raise ObsoletePost("the scores are no longer far apart")
    return RenderedPost(
        message,
        replied_to=_card_of(number),
        content=PostedContent(shown_revision=project.revision),
    )


def _old_fire(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    board = snapshot.board
    old_fire = fires.get(snapshot.session, OldFireSubject.decode(post.subject).fire_id)
    if old_fire.cleared_at is not None:
        raise ObsoletePost("the fire is out")
    where = f"{board.channel_id}:{old_fire.id}"
    return RenderedPost(
        fire.still_burning_question(
            where, board.name or board.channel_id, burning_fire(board, old_fire)
        )
    )


def _nudge(snapshot: BoardSnapshot, post: Post, now: datetime) -> RenderedPost:
    board = snapshot.board
    owed = reminders.owed_scores(snapshot.session, board, post.person or "")
    if not owed:
        raise ObsoletePost("the person has scored everything")
    days, today = board.charter.reveal_after_days, board.cadence.today(now)
    reveals = [board.cadence.reveal_day(at, days) for at in owed] if days else []
    next_reveal = next((day for day in reveals if day > today), None)
    channel = board.name or board.channel_id
    return RenderedPost(nudge.nudge(channel, board.channel_id, len(owed), next_reveal))


def _payback(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    session, board = snapshot.session, snapshot.board
    subject = PaybackSubject.decode(post.subject)
    project = _shipped_project(session, board, subject.number, subject.shipped_on)
    payback = outcomes.measure_payback(session, board, project, subject.days)
    message = outcome.payback(project.proposal.toil_source, payback)
    return RenderedPost(message, replied_to=_card_of(project.number))


def _outcome(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    session, board = snapshot.session, snapshot.board
    subject = OutcomeSubject.decode(post.subject)
    project = _shipped_project(session, board, subject.number, subject.shipped_on)
    reference = project_reference(session, project)
    where = f"{board.channel_id}:{project.permanent_id}"
    return RenderedPost(outcome.question(reference, board.name or board.channel_id, where))


def _update(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    session, board = snapshot.session, snapshot.board
    subject = UpdateSubject.decode(post.subject)
    project = projects.find(session, board.id, subject.number)
    if project is None:
        raise LookupError(f"post {post.id} is about no project")
    message = project_update.update(
        project_reference(session, project),
        history_entries(session, board, project, subject.event_ids),
    )
    return RenderedPost(message, replied_to=_card_of(subject.number))


def _roadmap_change(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    change_id = RoadmapChangeSubject.decode(post.subject).change_id
    key, changes = roadmaps.submitted_change(snapshot.session, change_id)
    quarter = _quarter(snapshot.board, key)
    update = RoadmapUpdate(overview_with_closed(snapshot), quarter.label, changes)
    return RenderedPost(roadmap_thread.change(update), replied_to=_roadmap_of(key))


def _roadmap_announcement(snapshot: BoardSnapshot, post: Post, now: datetime) -> RenderedPost:
    key = QuarterSubject.decode(post.subject).key
    content = quarter_posts.roadmap(snapshot, _quarter(snapshot.board, key), now)
    if not isinstance(content, CommittedRoadmap):
        raise ObsoletePost("the commit was undone")
    message = roadmap_thread.announcement(content)
    return RenderedPost(message, replied_to=_roadmap_of(key), broadcast=True)


def _quarter(board: Board, key: str) -> Quarter:
    """Return the quarter with this key. Raise ObsoletePost if the fiscal year has no such one."""
    quarter = Quarter.from_key(key, board.cadence.fiscal_start)
    if quarter.key != key:
        raise ObsoletePost("the fiscal year was moved")
    return quarter


def _owner_left(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    session, board = snapshot.session, snapshot.board
    event_id = OwnerLeftSubject.decode(post.subject).event_id
    person, ownerless = projects.released_by(session, event_id)
    if not ownerless:
        raise ObsoletePost("every project has an owner again, or is closed")
    references = [project_reference(session, project) for project in ownerless]
    return RenderedPost(
        project_update.owner_left(board.name or board.channel_id, person, references)
    )


def _shipped_project(
    session: Session, board: Board, number: int, shipped_on: date | None
) -> Project:
    """Return the project if it shipped as the post says. Raise ObsoletePost otherwise.

    `shipped_on` is the date from the post. It is None in posts of earlier versions.
    """
    project = projects.find(session, board.id, number)
    if project is None or project.status is not Status.SHIPPED:
        raise ObsoletePost("the project was reopened")
    if shipped_on is not None and shipped_on != project.shipped_on:
        raise ObsoletePost("the project was reopened and shipped again")
    return project


def _card_of(number: int) -> RepliedTo:
    return RepliedTo(PostKind.CARD, ProjectSubject(number))


def _roadmap_of(key: str) -> RepliedTo:
    return RepliedTo(PostKind.ROADMAP, QuarterSubject(key))


def _draft(snapshot: BoardSnapshot, post: Post, _now: datetime) -> RenderedPost:
    session, board = snapshot.session, snapshot.board
    draft = charter_drafts.find(session, board.id, DraftSubject.decode(post.subject).draft_id)
    if draft is None:
        raise LookupError(f"post {post.id} is of no draft")
    message = charter_draft.post(posted(session, board, draft))
    return RenderedPost(message, content=PostedContent(shown_revision=draft.revision))


def _introduction(snapshot: BoardSnapshot, _post: Post, _now: datetime) -> RenderedPost:
    board = snapshot.board
    return RenderedPost(introduction.introduction(board.charter, board.stewards, board.channel_id))


RENDERERS: dict[PostKind, Callable[[BoardSnapshot, Post, datetime], RenderedPost]] = {
    PostKind.INTRODUCTION: _introduction,
    PostKind.CARD: _card,
    PostKind.DIGEST: _digest,
    PostKind.ROADMAP: _roadmap,
    PostKind.RETROSPECTIVE: _retrospective,
    PostKind.FIRE: _fire,
    PostKind.FIRE_OUT: _fire_out,
    PostKind.OLD_FIRE: _old_fire,
    PostKind.DISPUTE: _dispute,
    PostKind.PAYBACK: _payback,
    PostKind.OUTCOME: _outcome,
    PostKind.UPDATE: _update,
    PostKind.OWNER_LEFT: _owner_left,
    PostKind.ROADMAP_CHANGE: _roadmap_change,
    PostKind.ROADMAP_ANNOUNCEMENT: _roadmap_announcement,
    PostKind.DRAFT: _draft,
    PostKind.NUDGE: _nudge,
}
