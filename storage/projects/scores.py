"""Scores: the impacts that people give in the form, and their comments."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, distinct, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.projects.lifecycle import RANKED_STATUSES
from storage.boards.boards import Board
from storage.projects import candidates, projects
from storage.tables import CommentRow, ProjectRow, ScoreRow

UNSCORED = aliased(ProjectRow)


def save(
    session: Session,
    project_id: int,
    person: str,
    impacts: Mapping[str, int | None],
    *,
    comment: str | None,
    now: datetime,
) -> bool:
    """Store a person's score. Replace what they gave for the same values before.

    Scores for values that the charter no longer has are kept, and count if the value comes back.
    If the person has no opinion on any value, remove their score and return False. It stays stored
    that they answered, so that Needle doesn't ask again. If `comment` is None, keep the stored one.
    """
    has_opinion = any(impact is not None for impact in impacts.values())
    if not has_opinion:
        _remove(session, project_id, person)
    _save_impacts(session, project_id, person, impacts, now)
    if comment is not None:
        _save_comment(session, project_id, person, comment)
    projects.increment_revisions(session, [project_id])
    return has_opinion


def _save_comment(session: Session, project_id: int, person: str, comment: str) -> None:
    """Replace a person's comment. An empty one deletes it."""
    session.execute(
        delete(CommentRow).where(
            col(CommentRow.project_id) == project_id, col(CommentRow.person) == person
        )
    )
    if comment:
        session.add(CommentRow(project_id=project_id, person=person, text=comment))


def _save_impacts(
    session: Session,
    project_id: int,
    person: str,
    impacts: Mapping[str, int | None],
    now: datetime,
) -> None:
    earlier = session.get(ScoreRow, (project_id, person))
    row = earlier or ScoreRow(project_id=project_id, person=person, impacts={}, given_at=now)
    row.impacts = {**row.impacts, **impacts}
    row.given_at = now
    session.add(row)


def _remove(session: Session, project_id: int, person: str) -> None:
    """Delete a person's score of a project, and of the projects that were merged into it."""
    merged = select(ProjectRow.id).where(ProjectRow.merged_into == project_id)
    session.execute(
        delete(ScoreRow).where(
            or_(col(ScoreRow.project_id) == project_id, col(ScoreRow.project_id).in_(merged)),
            col(ScoreRow.person) == person,
        )
    )


def comments(session: Session, project_id: int) -> dict[str, str]:
    """Return the comments on a project's scores, by user id."""
    rows = session.exec(select(CommentRow).where(CommentRow.project_id == project_id)).all()
    return {row.person: row.text for row in rows}


def projects_to_score(session: Session, board: Board, person: str) -> list[int]:
    """Return the numbers of the open projects for which this person hasn't answered the form.

    Projects below the quorum come first, then older ones.
    """
    is_this = col(ProjectRow.id) == col(UNSCORED.id)
    counting_scores = candidates.select_scorers(board).where(is_this)
    answers = candidates.select_answers(board).where(is_this)
    has_answered = answers.where(col(ScoreRow.person) == person).exists()
    scorer_count = counting_scores.with_only_columns(
        func.count(distinct(col(ScoreRow.person)))
    ).scalar_subquery()
    return list(
        session.exec(
            select(UNSCORED.number)
            .where(
                UNSCORED.board_id == board.id,
                col(UNSCORED.status).in_(RANKED_STATUSES),
                ~has_answered,
            )
            .order_by(scorer_count >= board.quorum_needed, col(UNSCORED.number))
        ).all()
    )
