"""A board on which everyone has scored every project, written directly to the database."""

import random
from datetime import UTC, datetime

from sqlalchemy import insert

from domain.projects.proposal import Proposal
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database
from storage.locks import STORE
from storage.tables import AccountType, PersonRow, ProjectRow, ScoreRow

NOW = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)


def crowded_board(database: Database, *, projects: int, people: int, seed: int = 1) -> Board:
    """Create a board. The scores of a project differ by at most 1 from their mean."""
    chance = random.Random(seed)  # noqa: S311 — no secret
    with database.transaction(STORE) as session:
        boards.create(session, "T1", "C1", None, NOW)
        board = boards.find(session, "T1", "C1")
        if board is None:
            raise LookupError("the board that was just made")
        members = [f"U{number}" for number in range(people)]
        session.execute(
            insert(PersonRow),
            [{"team_id": "T1", "user_id": each, "kind": AccountType.MEMBER} for each in members],
        )
        session.execute(insert(ProjectRow), [_project(board, n) for n in range(1, projects + 1)])
        ids = session.execute(ProjectRow.__table__.select()).scalars().all()  # type: ignore[attr-defined]
        for project_id in ids:
            lean = {key: chance.choice((-1, 0, 0, 1, 2)) for key in board.charter.keys}
            session.execute(
                insert(ScoreRow),
                [
                    {
                        "project_id": project_id,
                        "person": person,
                        "impacts": {
                            key: max(-3, min(3, near + chance.choice((-1, 0, 1))))
                            for key, near in lean.items()
                        },
                        "given_at": NOW,
                    }
                    for person in members
                ],
            )
    return board


def _project(board: Board, number: int) -> dict[str, object]:
    proposal = Proposal(title=f"Project {number}", summary="One of very many.", effort_weeks=2)
    return {
        "board_id": board.id,
        "permanent_id": f"benchmark-{number}",
        "number": number,
        "origin": f"V{number}",
        "proposer": "U0",
        "proposed_at": NOW,
        "proposal": proposal.model_dump(mode="json"),
    }
