"""Reminders to people who owe scores, at most one a week."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_
from sqlmodel import Session, col, select

from domain.projects.lifecycle import RANKED_STATUSES
from storage.boards.boards import Board
from storage.posts.subjects import ReminderSubject
from storage.projects import candidates
from storage.tables import (
    HAS_RECIPIENT,
    AccountType,
    BoardRow,
    PersonRow,
    PostKind,
    PostRow,
    ProjectRow,
    ReactionRow,
    ScoreRow,
)
from storage.value_lists import is_listed

# A post has Slack's time, from which the host's may differ by two minutes.
MAX_TIME_AHEAD = timedelta(minutes=5)


def people_owing_scores(
    session: Session, board: Board, is_due: Callable[[datetime], bool]
) -> list[str]:
    """Return members who take part in the board, want reminders, and owe a score.

    They owe one if they haven't answered the form of a project that lacks the quorum. `is_due` says
    from the time of its proposal whether to remind people of it.
    """
    due = {
        project: proposed_at
        for project, proposed_at in _open_projects(session, board).items()
        if is_due(proposed_at)
    }
    answers_by_project = [answered for _, answered in _answers_below_quorum(session, board, due)]
    if not answers_by_project:
        return []
    recipients = _members(session, board, wants_reminders=True)
    return sorted(
        person
        for person in _participants(session, board) & recipients
        if any(person not in answered for answered in answers_by_project)
    )


def may_be_owed(session: Session, board: Board, is_due: Callable[[datetime], bool]) -> bool:
    """Return whether a project that is due lacks the quorum, whoever has answered."""
    due = {
        project: proposed_at
        for project, proposed_at in _open_projects(session, board).items()
        if is_due(proposed_at)
    }
    return bool(_answers_below_quorum(session, board, due))


def owed_scores(session: Session, board: Board, person: str) -> list[datetime]:
    """Return when the projects below the quorum that wait for the person's answer were proposed.

    The oldest comes first.
    """
    return [
        proposed_at
        for proposed_at, answered in _answers_below_quorum(
            session, board, _open_projects(session, board)
        )
        if person not in answered
    ]


def people_reminded(
    session: Session,
    team_id: str,
    people: Collection[str],
    week: str,
    since: datetime,
    now: datetime,
) -> set[str]:
    """Return those of the people in the team, by user id, who have a reminder on any board.

    It is one of this week, or one that was sent after `since`. One that was sent long after `now`,
    by a clock that was ahead, doesn't count.
    """
    # With a join, SQLite would read the reminders of all boards.
    is_of_team = exists().where(
        col(BoardRow.id) == col(PostRow.board_id), col(BoardRow.team_id) == team_id
    )
    rows = session.exec(
        select(PostRow.person).where(
            HAS_RECIPIENT,
            is_listed(col(PostRow.person), people),
            PostRow.kind == PostKind.NUDGE,
            is_of_team,
            or_(
                col(PostRow.subject).endswith(ReminderSubject.suffix(week), autoescape=True),
                and_(
                    col(PostRow.taken_at) > since,
                    col(PostRow.taken_at) <= now + MAX_TIME_AHEAD,
                ),
            ),
        )
    ).all()
    return {person for person in rows if person}


def _open_projects(session: Session, board: Board) -> dict[int, datetime]:
    """Return when each open project was proposed, by its id. The oldest comes first."""
    rows = session.exec(
        select(ProjectRow.proposed_at, ProjectRow.number, ProjectRow.id).where(
            ProjectRow.board_id == board.id, col(ProjectRow.status).in_(RANKED_STATUSES)
        )
    ).all()
    # SQLite would read all projects in this order rather than sort the open ones.
    return {project or 0: proposed_at for proposed_at, _, project in sorted(rows)}


def _answers_below_quorum(
    session: Session, board: Board, projects: Mapping[int, datetime]
) -> list[tuple[datetime, set[str]]]:
    """Return when each of these projects below the quorum was proposed, and who has answered.

    Scores aren't read if there is no project.
    """
    if not projects:
        return []
    answered: dict[int, set[str]] = defaultdict(set)
    scorers: dict[int, set[str]] = defaultdict(set)
    query = candidates.select_answers(board).add_columns(candidates.has_opinion(board))
    for project, person, has_opinion in session.execute(query):
        answered[project or 0].add(person)
        if has_opinion:
            scorers[project or 0].add(person)
    return [
        (proposed_at, answered[project])
        for project, proposed_at in projects.items()
        if len(scorers[project]) < board.quorum_needed
    ]


def _participants(session: Session, board: Board) -> set[str]:
    """Return the user ids of people who have proposed, scored or reacted to a post of Needle.

    Ignore reactions to other apps' messages, which earlier versions stored as votes.
    """
    proposed = select(ProjectRow.proposer).where(ProjectRow.board_id == board.id).distinct()
    reacted = (
        select(ReactionRow.person)
        .join(
            PostRow,
            and_(
                col(PostRow.board_id) == col(ReactionRow.board_id),
                col(PostRow.ts) == col(ReactionRow.message_ts),
            ),
        )
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
