"""Rows of the ranking: movement since the previous digest, and results that show early."""

from dataclasses import replace

import pytest

from bot.views import home
from bot.views.data.home import Home, HomeBoard
from bot.views.parts.board_overview import (
    held,
    movement,
    out_of_scope,
    project_cell,
    project_facts,
)
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


def test_results_before_the_quorum__are_marked_in_each_list() -> None:
    ranking = rank(
        [
            Candidate(id=number, title="NAT", scores={"U1": {"security": impact}}, revealed=True)
            for number, impact in ((1, 3), (2, -3), (3, 0))
        ]
    )
    seen = replace(board(Words()), ranking=ranking, fires={})
    notes = [line for part in (*held(seen), *out_of_scope(seen)) for line in part.text_lines]
    assert sum("scored by 1 of 3" in line for line in notes) == 2
    tab = Home(
        [HomeBoard("C1", seen, 0, ranking.projects, [], is_steward=False, quarter="Q4 2026")],
        workspace_has_boards=True,
        wants_nudges=True,
    )
    assert str(home.home(tab)).count("scored by 1 of 3") == 4  # 3 own projects, 1 with a rank
