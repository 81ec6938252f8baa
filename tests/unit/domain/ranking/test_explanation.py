"""Explanations of a rank, word for word."""

from pathlib import Path

import pytest

from domain.ranking.board_file import BoardFile, parse_board_file
from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.ranking import rank


@pytest.fixture
def board(golden_file: Path) -> BoardFile:
    text = golden_file.read_text(encoding="utf-8")
    start, end = text.index('{\n  "projects"'), text.index(',\n "cases"')
    return parse_board_file(text[start:end])


def why(board: BoardFile, project_id: int, *fires: str) -> str:
    ranked = rank(board.projects, board.charter, fires, name=lambda person: f"<@{person}>").find(
        project_id
    )
    assert ranked
    return ranked.explanation


def explain_alone(
    charter: Charter | None = None, fires: tuple[str, ...] = (), **impacts: int
) -> str:
    scores = dict.fromkeys(("U1", "U2", "U3"), impacts)
    project = Candidate(id=1, title="x", scores=scores)
    return rank([project], charter or Charter(prior_people=0), fires).projects[0].explanation


def test_several_values_moved__largest_lift_comes_first(board: BoardFile) -> None:
    assert why(board, 1) == (
        "1st: availability +1.6 counts three times; also scalability and cost, "
        "and three values at once add 20 %."
    )


def test_close_call_by_person__uses_the_callers_name_format(board: BoardFile) -> None:
    assert why(board, 2) == (
        "2nd: security +1.8 counts three times. <@U3>'s score alone would turn it over with #3."
    )


def test_helps_with_a_fire__names_it_without_bonus(board: BoardFile) -> None:
    assert why(board, 1, "availability") == (
        "1st: a fire burns in availability; availability +1.6 counts three times; "
        "also scalability and cost."
    )


def test_helps_with_no_fire__waits(board: BoardFile) -> None:
    assert why(board, 4, "availability", "security") == (
        "5th: waits while fires burn in security and availability; cost +1.6; also efficiency."
    )


def test_held__names_the_number_one_value_it_hurts(board: BoardFile) -> None:
    assert why(board, 5) == (
        "Held: it hurts security (−1.6), a number-one value, "
        "and is not ranked until it no longer does."
    )


def test_held_for_two_values__names_both() -> None:
    scores = {"U1": {"security": -1, "availability": -3}, "U2": {"availability": -3}}
    project = Candidate(id=1, title="x", scores=scores)
    ranked = rank([project], Charter(prior_people=0, quorum=2)).projects
    assert ranked[0].explanation == (
        "Held: it hurts security (−0.5) and availability (−3.0), number-one values, "
        "and is not ranked until it no longer does."
    )


def test_unscored__says_only_how_many_have_scored(board: BoardFile) -> None:
    assert why(board, 7) == "1 of 3 have scored; results show at 3."


def test_out_of_scope__says_that_no_value_moves(board: BoardFile) -> None:
    assert why(board, 6) == "Out of scope: it moves no value by 0.5 or more."


def test_value_hurt__is_named() -> None:
    assert (
        explain_alone(performance=2, cost=-1)
        == "1st: performance +2.0; cost −1.0 counts against it."
    )


def test_value_hurt_at_threshold__is_named() -> None:
    scores = {"U1": {"performance": 2, "cost": -1}, "U2": {"performance": 2, "efficiency": 1}}
    project = Candidate(id=1, title="x", scores=scores)
    ranked = rank([project], Charter(prior_people=0, quorum=2)).projects
    assert ranked[0].explanation == (
        "1st: performance +2.0; also efficiency, and two values at once add 10 %; "
        "cost −0.5 counts against it."
    )


def test_slightly_larger_lift__is_named_before_charter_order() -> None:
    # 1.4 against 1.2: both round to one.
    scores = {f"U{n}": {"performance": 1 + (n < 1), "cost": 1 + (n < 2)} for n in range(5)}
    project = Candidate(id=1, title="x", scores=scores)
    ranked = rank([project], Charter(prior_people=0, breadth_bonus=0)).projects
    assert ranked[0].explanation == "1st: cost +1.4; also performance."


@pytest.mark.parametrize(
    ("cost", "breadth"),
    [
        (-3, ""),  # the harm cancels the whole gain
        (-2, ", and two values at once add 10 %"),
    ],
)
def test_breadth_bonus_applies__is_named(cost: int, breadth: str) -> None:
    explanation = explain_alone(performance=1, scalability=2, cost=cost)
    assert explanation.startswith(f"1st: scalability +2.0; also performance{breadth}; cost")


def test_breadth_bonus_with_tiny_needle__is_named() -> None:
    # The harm to cost nearly cancels the gain.
    scores = {
        f"U{n}": {"performance": 1, "scalability": 1, "cost": -2 + (n < 1)} for n in range(10)
    }
    project = Candidate(id=1, title="x", scores=scores)
    [ranked] = rank([project], Charter(prior_people=0)).projects
    assert 0 < ranked.needle < 1
    assert ", and two values at once add 10 %; cost −1.9" in ranked.explanation


def test_only_hurts__says_so() -> None:
    assert explain_alone(cost=-1, efficiency=-2) == (
        "1st: moves no value by 0.5 or more; cost −1.0 and efficiency −2.0 count against it."
    )


def test_burning_value__is_named_before_a_heavier_value() -> None:
    assert explain_alone(None, ("cost",), security=3, cost=1) == (
        "1st: a fire burns in cost; cost +1.0; also security."
    )


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (0.5, " counts 0.5 times"),
        (1, ""),
        (1.5, " counts 1.5 times"),
        (2, " counts twice"),
        (3, " counts three times"),
        (12, " counts 12 times"),
    ],
)
def test_weight__is_written_in_words(weight: float, words: str) -> None:
    charter = Charter(prior_people=0)
    heavy = charter.values[2].model_copy(update={"weight": weight})
    values = (*charter.values[:2], heavy, *charter.values[3:])
    weighted = charter.model_copy(update={"values": values})
    assert explain_alone(weighted, performance=1) == f"1st: performance +1.0{words}."
