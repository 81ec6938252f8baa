"""Scores: the impacts that people gave in the form, one row for each value, and their comments."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, distinct, func
from sqlmodel import Session, col, select

from storage import projects
from storage.boards import Board
from storage.database import insert_into
from storage.tables import CommentRow, Kind, PersonRow, ProjectRow, ScoreRow
from values.life import RANKED


def give(
    session: Session,
    project_id: int,
    person: str,
    impacts: Mapping[str, int],
    *,
    comment: str,
    now: datetime,
) -> None:
    """A person's score, in the place of what they gave for the same values before.

    What they gave for a value that the charter no longer has is kept: it counts if that is back.
    """
    rows = [
        ScoreRow(
            project_id=project_id, person=person, value=value, impact=impact, given_at=now
        ).model_dump()
        for value, impact in impacts.items()
    ]
    insert = insert_into(session, ScoreRow)
    session.execute(
        insert.values(rows).on_conflict_do_update(
            index_elements=["project_id", "person", "value"],
            set_={"impact": insert.excluded.impact, "given_at": insert.excluded.given_at},
        )
    )
    session.execute(
        delete(CommentRow).where(
            col(CommentRow.project_id) == project_id, col(CommentRow.person) == person
        )
    )
    if comment:
        session.add(CommentRow(project_id=project_id, person=person, text=comment))
    projects.revise(session, [project_id])


def of_person(session: Session, project_id: int, person: str) -> dict[str, int] | None:
    """That person's impacts by value; None if they gave no score."""
    rows = session.exec(
        select(ScoreRow).where(ScoreRow.project_id == project_id, ScoreRow.person == person)
    ).all()
    return {row.value: row.impact for row in rows} or None


def comments(session: Session, project_id: int) -> dict[str, str]:
    """What people wrote beside their scores, by person."""
    rows = session.exec(select(CommentRow).where(CommentRow.project_id == project_id)).all()
    return {row.person: row.text for row in rows}


def missing_from(session: Session, board: Board, person: str) -> list[int]:
    """Numbers of the board's projects that this person has not scored: those that wait for the
    quorum first, then by age.
    """
    scored = select(ScoreRow.project_id).where(ScoreRow.person == person)
    members = select(PersonRow.user_id).where(
        PersonRow.team_id == board.team_id, PersonRow.kind == Kind.MEMBER
    )
    by_how_many = (
        select(func.count(distinct(col(ScoreRow.person))))
        .where(ScoreRow.project_id == ProjectRow.id, col(ScoreRow.person).in_(members))
        .scalar_subquery()
    )
    return list(
        session.exec(
            select(ProjectRow.number)
            .where(
                ProjectRow.board_id == board.id,
                col(ProjectRow.status).in_(RANKED),
                col(ProjectRow.id).not_in(scored),
            )
            .order_by(by_how_many >= board.charter.quorum, col(ProjectRow.number))
        ).all()
    )
