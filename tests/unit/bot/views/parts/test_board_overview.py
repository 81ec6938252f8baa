"""Rows of the ranking: movement since the previous digest, and results that show early."""

import pytest

from bot.views.parts.board_overview import movement, project_cell, project_facts
from domain.ranking.candidate import Candidate
from domain.ranking.ranking import rank
from tests.support.surfaces import Words, board, ranked


@pytest.mark.parametrize(
    ("previous_ranks", "expected"),
    [
        (None, "–"),
        ({}, "new"),
        ({"2": 5}, "▲3"),
        ({"2": 2}, "="),
        ({"2": 1}, "▼1"),
        ({"1": 1}, "new"),
    ],
)
def test_movement__counts_ranks_since_the_last_digest(
    previous_ranks: dict[str, int] | None, expected: str
) -> None:
    second = ranked(board(Words()), 2)
    assert second.rank == 2
    assert movement(second, previous_ranks) == expected


def test_project_without_rank__has_no_movement() -> None:
    assert movement(ranked(board(Words()), 4), {"4": 1}) == "–"


@pytest.mark.parametrize(("scorers", "mark"), [(1, ["scored by 1 of 3"]), (3, [])])
def test_results_before_the_quorum__are_marked(scorers: int, mark: list[str]) -> None:
    seen = board(Words())
    scores = {f"U{person}": {"cost": 3} for person in range(scorers)}
    [project] = rank([Candidate(id=1, title="NAT", scores=scores, revealed=True)]).projects
    assert project_facts(seen, project).split(", ")[3:] == mark
    assert project_cell(seen, project)[-1]["text"].split(" · ")[2:] == mark
