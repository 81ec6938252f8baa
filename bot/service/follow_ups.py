"""Follow-ups on shipped projects: paybacks in the cards' threads, and questions to scorers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.toil.payback import days_due
from storage.boards.boards import Board
from storage.database import Session
from storage.posts import outbox
from storage.posts.subjects import OutcomeSubject, PaybackSubject, Subject
from storage.projects import candidates, outcomes
from storage.projects.projects import Project
from storage.tables import PostKind


@dataclass(frozen=True)
class Wish:
    """A post that is due: in a card's thread, or as a DM if `person` is set."""

    kind: PostKind
    subject: PaybackSubject | OutcomeSubject
    project_id: int
    person: str | None = None

    def is_among(self, subjects: set[Subject]) -> bool:
        """Return whether the post was queued before. Subjects of earlier versions lack the date."""
        return self.subject in subjects or replace(self.subject, shipped_on=None) in subjects


def due(session: Session, board: Board, now: datetime) -> list[Wish]:
    """Return the follow-ups that are due and not queued. Use a fixed number of queries."""
    looks = [
        (project, days)
        for project in outcomes.shipped_projects(session, board.id)
        if (days := days_due(project.status_at or now, now)) is not None
    ]
    if not looks:
        return []
    found = [
        *_paybacks(session, board, looks),
        *_questions(session, board, [project for project, _ in looks]),
    ]
    kinds = {wish.kind for wish in found}
    known = {kind: outbox.list_subjects(session, board.id, kind) for kind in kinds}
    return [wish for wish in found if not wish.is_among(known[wish.kind])]


def _paybacks(
    session: Session, board: Board, looks: Sequence[tuple[Project, int]]
) -> Iterator[Wish]:
    """Yield the paybacks of projects that name a source of toil and have a card to reply to."""
    shown = outbox.projects_with_card(session, board.id)
    for project, days in looks:
        if project.proposal.toil_source and project.id in shown:
            subject = PaybackSubject(project.number, days, project.shipped_on)
            yield Wish(PostKind.PAYBACK, subject, project.id)


def _questions(session: Session, board: Board, shipped: Sequence[Project]) -> Iterator[Wish]:
    """Yield a question to each scorer who hasn't answered since the project shipped."""
    scores = candidates.impacts_by_project(session, board, [each.number for each in shipped])
    said = outcomes.last_reported(session, [each.id for each in shipped])
    for project in shipped:
        for person in sorted(scores[project.number]):
            at = said.get((project.id, person))
            if at is None or (project.status_at and at < project.status_at):
                subject = OutcomeSubject(person, project.number, project.shipped_on)
                yield Wish(PostKind.OUTCOME, subject, project.id, person)
