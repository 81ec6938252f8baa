"""What shipped projects really moved, by who had scored them, and the toil that they removed."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage import ballot, projects, toil
from storage.boards import Board
from storage.database import insert_into
from storage.projects import Proposed
from storage.tables import OutcomeRow, ProjectRow
from values.life import Status
from values.payback import Outcome, Payback, payback


def give(
    session: Session, project_id: int, person: str, impacts: Mapping[str, int], now: datetime
) -> None:
    """What they saw, in the place of what they said before."""
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


def of_person(session: Session, project_id: int, person: str) -> dict[str, int]:
    """What they said of it; nothing if they did not."""
    rows = session.exec(
        select(OutcomeRow).where(OutcomeRow.project_id == project_id, OutcomeRow.person == person)
    ).all()
    return {row.value: row.impact for row in rows}


def said(session: Session, project: Proposed, person: str) -> bool:
    """Whether they have said, since it shipped, what it moved."""
    query = select(OutcomeRow.value).where(
        OutcomeRow.project_id == project.id,
        OutcomeRow.person == person,
        col(OutcomeRow.given_at) >= project.status_at,
    )
    return session.exec(query.limit(1)).first() is not None


def foreseen(session: Session, board: Board, number: int) -> dict[str, dict[str, int]]:
    """The scores that count for it, by person: also of what was merged into it."""
    [candidate] = ballot.candidates(session, board, only=number)
    return candidate.scores


def on_board(session: Session, board: Board, person: str | None = None) -> list[Outcome]:
    """All that people (or that one) foresaw of shipped projects and said of them afterwards."""
    said = select(OutcomeRow, ProjectRow.number).join(
        ProjectRow, col(ProjectRow.id) == col(OutcomeRow.project_id)
    )
    said = said.where(ProjectRow.board_id == board.id, ProjectRow.status == Status.SHIPPED)
    if person is not None:
        said = said.where(OutcomeRow.person == person)
    seen: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row, number in session.exec(said).all():
        seen[number][row.person][row.value] = row.impact
    return [
        Outcome(scores[who], impacts)
        for number, by_person in sorted(seen.items())
        for scores in [foreseen(session, board, number)]
        for who, impacts in sorted(by_person.items())
        if who in scores
    ]


def shipped(session: Session, board_id: int) -> list[Proposed]:
    """With the time at which they did."""
    every = projects.on_board(session, board_id)
    return [each for each in every if each.status is Status.SHIPPED and each.status_at]


def payback_of(session: Session, board: Board, project: Proposed, days: int) -> Payback:
    """What the ledger says, so many days after it shipped, of the toil it was to remove."""
    at = project.status_at
    if at is None:
        raise LookupError(f"#{project.number} has not shipped")
    span = timedelta(days=days)
    return payback(
        toil.between(session, board.id, at - span, at + span),
        project.proposal.toil_source,
        at,
        days,
        began=toil.first_at(session, board.id),
        promised=project.proposal.toil_per_month,
    )
