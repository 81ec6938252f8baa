"""Individual scores: who may see them, and which of them a file contains."""

import pytest

from bot.presenters.visibility import may_see_scores, names_for, without_hidden_scores
from domain.ranking.candidate import Candidate
from domain.ranking.ranking import Ranking, rank

Scores = dict[str, dict[str, int | None]]


def scored_by(*people: str, impact: int = 2) -> Scores:
    return {person: {"security": impact} for person in people}


def ranking(
    *scores: Scores, revealed: bool = False, quick: dict[str, list[str]] | None = None
) -> Ranking:
    return rank(
        Candidate(id=number, title="x", scores=given, revealed=revealed, quick_scores=quick or {})
        for number, given in enumerate(scores, 1)
    )


@pytest.mark.parametrize(
    ("people", "viewer", "may_see"),
    [
        (("U1", "U2", "U3"), "U1", True),
        (("U1", "U2", "U3"), "U9", False),
        (("U1", "U2"), "U1", False),
    ],
)
@pytest.mark.parametrize("revealed", [False, True])
def test_scores__are_visible_to_scorers_after_quorum(
    people: tuple[str, ...], viewer: str, *, may_see: bool, revealed: bool
) -> None:
    [ranked] = ranking(scored_by(*people), revealed=revealed).projects
    assert may_see_scores(ranked, viewer) == may_see


def test_names__need_the_scores_of_both_neighbors() -> None:
    close = ranking(
        scored_by("U1", "U2", "U3"), scored_by("U1", "U2", "U4") | scored_by("U5", impact=1)
    )
    first, second = close.projects
    assert first.too_close_to == (second.candidate.id,)
    scorers_of_both = first.candidate.scores.keys() & second.candidate.scores.keys()
    for viewer in ("U1", "U2", "U3", "U4", "U5", "U9"):
        for ranked in close.projects:
            assert (names_for(viewer, ranked, close) is not None) == (viewer in scorers_of_both)


def test_file__leaves_out_scores_below_quorum() -> None:
    board = ranking(scored_by("U1", "U2"), scored_by("U1", "U2", "U3"))
    hidden, visible = without_hidden_scores(board)
    assert hidden.scores == {}
    assert visible.scores == scored_by("U1", "U2", "U3")


def test_file_after_early_reveal__names_nobody_and_ranks_alike() -> None:
    scores = scored_by("U2", impact=3) | scored_by("U1", impact=1)
    board = ranking(scores, revealed=True, quick={"U1": ["cost"], "U7": ["cost"]})
    [candidate] = without_hidden_scores(board)
    assert candidate.scores == {"hidden-1": {"security": 1}, "hidden-2": {"security": 3}}
    assert candidate.quick_scores == {"U7": ["cost"]}
    [before], [after] = board.projects, rank([candidate]).projects
    assert (after.section, after.rank, after.needle, after.impact) == (
        before.section,
        before.rank,
        before.needle,
        before.impact,
    )
