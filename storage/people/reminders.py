"""Reminders to people who owe scores, at most one a week."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, select

from domain.projects.lifecycle import RANKED_STATUSES
from storage.boards.boards import Board
from storage.posts.subjects import ReminderSubject
from storage.projects import candidates
from storage.tables import (
    AccountType,
    BoardRow,
    PersonRow,
    PostKind,
    PostRow,
    ProjectRow,
    ReactionRow,
    ScoreRow,
)


def people_owing_scores(session: Session, board: Board, before: datetime) -> list[str]:
    """Return members who take part in the board, want reminders, and owe a score.

    They owe one if they haven't scored a project that was proposed before `before` and lacks the
    quorum.
    """
    scorers_by_project = _scorers_below_quorum(session, board, before)
    if not scorers_by_project:
        return []
    recipients = _members(session, board, wants_reminders=True)
    return sorted(
        person
        for person in _participants(session, board) & recipients
        if any(person not in scorers for scorers in scorers_by_project.values())
    )


def count_owed_scores(session: Session, board: Board, person: str) -> int:
    """Return how many projects below the quorum the person hasn't scored."""
    scorers_by_project = _scorers_below_quorum(session, board)
    return len([scorers for scorers in scorers_by_project.values() if person not in scorers])


def people_reminded(session: Session, team_id: str, week: str) -> set[str]:
    """Return the user ids of people in the team who have a reminder this week, on any board."""
    rows = session.exec(
        select(PostRow.person)
        .join(BoardRow, col(BoardRow.id) == col(PostRow.board_id))
        .where(
            BoardRow.team_id == team_id,
            PostRow.kind == PostKind.NUDGE,
            col(PostRow.subject).endswith(ReminderSubject.suffix(week), autoescape=True),
        )
    ).all()
    return {person for person in rows if person}


def _scorers_below_quorum(
    session: Session, board: Board, before: datetime | None = None
) -> dict[int, set[str]]:
    """Return the user ids of the scorers of each project below the quorum, by project id."""
    query = select(ProjectRow.id).where(
        ProjectRow.board_id == board.id, col(ProjectRow.status).in_(RANKED_STATUSES)
    )
    if before is not None:
        query = query.where(col(ProjectRow.proposed_at) <= before)
    projects = session.exec(query).all()
    all_scorers = _scorers(session, board)
    scorers_by_project = {
        project: all_scorers[project] for project in projects if project is not None
    }
    return {
        project: people
        for project, people in scorers_by_project.items()
        if len(people) < board.quorum_needed
    }


def _scorers(session: Session, board: Board) -> dict[int, set[str]]:
    """Return the user ids of people whose scores count, by project id."""
    scorers: dict[int, set[str]] = defaultdict(set)
    for project, person in session.execute(candidates.select_scorers(board).distinct()):
        scorers[project or 0].add(person)
    return scorers


def _participants(session: Session, board: Board) -> set[str]:
    """Return the user ids of people who have proposed, scored or reacted."""
    proposed = select(ProjectRow.proposer).where(ProjectRow.board_id == board.id).distinct()
    reacted = (
        select(ReactionRow.person)
        .where(ReactionRow.board_id == board.id, col(ReactionRow.present))
        .distinct()
    )
    scored = (
        select(ScoreRow.person)
        .join(ProjectRow, col(ProjectRow.id) == col(ScoreRow.project_id))
        .where(ProjectRow.board_id == board.id)
        .distinct()
    )
    return {person for query in (proposed, reacted, scored) for person in session.exec(query).all()}


def _members(session: Session, board: Board, *, wants_reminders: bool = False) -> set[str]:
    query = select(PersonRow.user_id).where(
        PersonRow.team_id == board.team_id, PersonRow.kind == AccountType.MEMBER
    )
    return set(
        session.exec(query.where(col(PersonRow.wants_nudges)) if wants_reminders else query).all()
    )
