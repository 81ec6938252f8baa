"""Outcomes of shipped projects: the impacts that scorers reported, and the toil removed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.projects.lifecycle import Status
from domain.toil.payback import Outcome, Payback, compute_payback
from storage.boards.boards import Board
from storage.database import insert_into
from storage.planning import toil
from storage.projects import candidates
from storage.projects.projects import Project
from storage.tables import OutcomeRow, ProjectRow
from storage.value_lists import is_listed


def save(
    session: Session, project_id: int, person: str, impacts: Mapping[str, int], now: datetime
) -> None:
    """Store what a person says a project moved. Replace earlier answers for the same values."""
    if not impacts:
        return
    rows = [
        OutcomeRow(
            project_id=project_id, person=person, value=value, impact=impact, given_at=now
        ).model_dump()
        for value, impact in impacts.items()
    ]
    insert = insert_into(session, OutcomeRow)
    session.execute(
        insert.values(rows).on_conflict_do_update(
            index_elements=["project_id", "person", "value"],
            set_={"impact": insert.excluded.impact, "given_at": insert.excluded.given_at},
        )
    )


def impacts_from(session: Session, project_id: int, person: str) -> dict[str, int]:
    """Return a person's answer by value. It is empty without an answer."""
    rows = session.exec(
        select(OutcomeRow).where(OutcomeRow.project_id == project_id, OutcomeRow.person == person)
    ).all()
    return {row.value: row.impact for row in rows}


def last_reported(
    session: Session, project_ids: Collection[int]
) -> dict[tuple[int, str], datetime]:
    """Return when each person last answered for each project, by project id and user id."""
    rows = session.exec(
        select(OutcomeRow.project_id, OutcomeRow.person, func.max(col(OutcomeRow.given_at)))
        .where(is_listed(col(OutcomeRow.project_id), project_ids))
        .group_by(col(OutcomeRow.project_id), col(OutcomeRow.person))
    ).all()
    return {(project, person): at for project, person, at in rows}


def list_for_board(
    session: Session,
    board: Board,
    person: str | None = None,
    numbers: Collection[int] | None = None,
    least: int = 1,
) -> list[Outcome]:
    """Return shipped projects' scores, each with the outcome that the same person reported.

    With `person`, return only that person's, and with `numbers`, only those of these projects.
    Leave out projects with fewer than `least` scores.
    """
    query = select(OutcomeRow, ProjectRow.number).join(
        ProjectRow, col(ProjectRow.id) == col(OutcomeRow.project_id)
    )
    query = query.where(ProjectRow.board_id == board.id, ProjectRow.status == Status.SHIPPED)
    if person is not None:
        query = query.where(OutcomeRow.person == person)
    if numbers is not None:
        query = query.where(is_listed(col(ProjectRow.number), numbers))
    reported: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row, number in session.exec(query).all():
        reported[number][row.person][row.value] = row.impact
    scored = candidates.impacts_by_project(session, board, reported)
    return [
        Outcome(scored[number][reporter], impacts)
        for number, by_person in sorted(reported.items())
        for reporter, impacts in sorted(by_person.items())
        if reporter in scored[number] and len(scored[number]) >= least
    ]


def measure_payback(session: Session, board: Board, project: Project, days: int) -> Payback:
    """Return the toil of the project's source in the days before and after it shipped.

    Raise LookupError if it hasn't shipped.
    """
    shipped_at = project.status_at
    if shipped_at is None:
        raise LookupError(f"#{project.number} has not shipped")
    span = timedelta(days=days)
    return compute_payback(
        toil.between(session, board.id, shipped_at - span, shipped_at + span),
        project.proposal.toil_source,
        shipped_at,
        days,
        began=toil.first_entry_at(session, board.id),
        promised=project.proposal.toil_per_month,
    )
