"""Follow-ups on shipped projects: paybacks in the cards' threads, and questions to scorers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.toil.payback import MAX_DAYS_AFTER_SHIPPING, MEASURED_AFTER_DAYS, days_due
from storage.boards.boards import Board
from storage.database import Session
from storage.posts import outbox
from storage.posts.subjects import OutcomeSubject, PaybackSubject, Subject
from storage.projects import candidates, outcomes, projects
from storage.projects.projects import Project
from storage.tables import PostKind

# A follow-up is due in this time after a project shipped; the last moment is counted too.
FOLLOWED_UP_FROM = timedelta(days=min(MEASURED_AFTER_DAYS)) - timedelta.resolution
FOLLOWED_UP_UNTIL = timedelta(days=MAX_DAYS_AFTER_SHIPPING)


@dataclass(frozen=True)
class FollowUp:
    """A post that is due: in a card's thread, or as a DM if `recipient` is set."""

    kind: PostKind
    subject: PaybackSubject | OutcomeSubject
    project_id: int
    recipient: str | None = None

    def was_queued(self, subjects: set[Subject]) -> bool:
        """Return whether it is among the queued subjects. Old subjects have no shipping date."""
        return self.subject in subjects or replace(self.subject, shipped_on=None) in subjects


def due(session: Session, board: Board, now: datetime) -> list[FollowUp]:
    """Return the follow-ups that are due and not queued. Use a fixed number of queries."""
    due_projects = [
        (project, days)
        for project in projects.shipped_in(
            session, board.id, [(now - FOLLOWED_UP_UNTIL, now - FOLLOWED_UP_FROM)]
        )
        if (days := days_due(project.status_at or now, now)) is not None
    ]
    if not due_projects:
        return []
    follow_ups = [
        *_paybacks(session, due_projects),
        *_questions(session, board, [project for project, _ in due_projects]),
    ]
    kinds = {follow_up.kind for follow_up in follow_ups}
    ids = [project.id for project, _ in due_projects]
    queued = {kind: outbox.list_subjects_of(session, ids, kind) for kind in kinds}
    return [item for item in follow_ups if not item.was_queued(queued[item.kind])]


def next_due(session: Session, board: Board, now: datetime) -> datetime | None:
    """Return when the next follow-up on a project that has shipped may be due, or None."""
    moments = []
    for days in MEASURED_AFTER_DAYS:
        wait = timedelta(days=days)
        if shipped_at := projects.next_shipped_after(session, board.id, now - wait):
            moments.append(shipped_at + wait)
    return min(moments, default=None)


def _paybacks(session: Session, due_projects: Sequence[tuple[Project, int]]) -> Iterator[FollowUp]:
    """Yield the paybacks of projects that name a source of toil and have a card to reply to."""
    with_card = outbox.projects_with_card(session, [project.id for project, _ in due_projects])
    for project, days in due_projects:
        if project.proposal.toil_source and project.id in with_card:
            subject = PaybackSubject(project.number, days, project.shipped_on)
            yield FollowUp(PostKind.PAYBACK, subject, project.id)


def _questions(session: Session, board: Board, shipped: Sequence[Project]) -> Iterator[FollowUp]:
    """Yield a question to each scorer who hasn't answered since the project shipped."""
    scores = candidates.impacts_by_project(session, board, [project.number for project in shipped])
    reported_at = outcomes.last_reported(session, [project.id for project in shipped])
    for project in shipped:
        for person in sorted(scores[project.number]):
            last = reported_at.get((project.id, person))
            if last is None or (project.status_at and last < project.status_at):
                subject = OutcomeSubject(person, project.number, project.shipped_on)
                yield FollowUp(PostKind.OUTCOME, subject, project.id, person)
