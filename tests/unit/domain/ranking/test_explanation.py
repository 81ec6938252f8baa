"""Explanations of a rank, word for word."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from domain.ranking.board_file import BoardFile, parse_board_file
from domain.ranking.candidate import Candidate, Score
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.ranking import Section, rank
from tests.support.strategies import PEOPLE, boards, charters, fires

SUM = re.compile(
    r"needle (−?[\d.]+) (=|is about) \(?(.+?)\)?(?: × ([\d.]+))? ÷ ([\d.]+) × 100", re.IGNORECASE
)
TERM = re.compile(r"(−?) ?[a-z]+ ([\d.]+)(?: × ([\d.]+))?")


@pytest.fixture
def board(golden_file: Path) -> BoardFile:
    golden = json.loads(golden_file.read_text(encoding="utf-8"))
    return parse_board_file(json.dumps(golden["board"]))


def why(board: BoardFile, project_id: int, *fires: str) -> str:
    ranked = rank(board.projects, board.charter, fires).find(project_id)
    assert ranked
    return ranked.explain()


def explain_alone(charter: Charter = DEFAULT_CHARTER, *fires: str, **impacts: int) -> str:
    scores: dict[str, Score] = {person: {**impacts} for person in ("U1", "U2", "U3")}
    [ranked] = rank([Candidate(id=1, title="x", scores=scores)], charter, fires).projects
    return ranked.explain()


def test_ranked__is_a_sum_that_the_reader_can_redo(board: BoardFile) -> None:
    assert why(board, 8) == (
        "6th of 9, needle 9.6 = (availability 1.00 × 3 + efficiency 1.00) × 1.15 ÷ 48 × 100."
        " 1.15 = 1 + 0.10 for two values + 0.05 for 2 backers. 1.5 behind #9."
    )


def test_first__has_nothing_above_it(board: BoardFile) -> None:
    assert why(board, 1) == (
        "1st of 9, needle 23.4 = (security 0.33 × 3 + availability 2.06 × 3 + performance 0.17"
        " + scalability 0.89 + cost 0.50 + efficiency 0.17) × 1.26 ÷ 48 × 100."
        " 1.26 = 1 + 0.20 for three values + 0.06 for 3 backers."
    )


def test_single_value_without_bonus__has_no_factor(board: BoardFile) -> None:
    assert why(board, 10) == (
        "2nd of 9, needle 14.1 = security 2.25 × 3 ÷ 48 × 100. 9.3 behind #1."
    )


def test_close_to_both_neighbors__names_the_causes(board: BoardFile) -> None:
    assert why(board, 3).endswith(
        "1.0 behind #2; leaving out one person's votes, or 10 % less weight on security, would swap"
        " them. Close to #9: leaving out one person's votes, or 10 % more weight on availability,"
        " would swap them."
    )


def test_people_may_be_named__uses_the_callers_format(board: BoardFile) -> None:
    ranked = rank(board.projects, board.charter).find(2)
    assert ranked
    assert "leaving out <@U3>'s votes" in ranked.explain(lambda person: f"<@{person}>")


def test_rounding_shows__says_about(board: BoardFile) -> None:
    # (5.40 + 0.60 − 0.20) × 1.03 ÷ 48 × 100 gives 12.4.
    assert why(board, 2).startswith("3rd of 9, needle 12.5 is about (security 1.80 × 3 +")


def test_scored_by_fewer_than_the_quorum__says_so(board: BoardFile) -> None:
    assert why(board, 11).endswith("Scored by 1 of 3.")


def test_helps_with_a_fire__shows_its_sum_first(board: BoardFile) -> None:
    assert why(board, 2, "security").startswith(
        "Helps while security is burning: security 1.80 × 3 = 5.40. 2nd of 9, needle 12.5"
    )
    assert "1.35 behind #10 in that sum." in why(board, 2, "security")


def test_helps_with_no_fire__waits_without_breadth_bonus(board: BoardFile) -> None:
    assert why(board, 4, "availability", "security").startswith(
        "Waits while security and availability are burning. 8th of 9, needle 3.8 ="
        " (cost 1.60 + efficiency 1.00 − availability 0.20 × 3 − performance 0.20) ÷ 48 × 100."
    )


def test_on_hold__names_the_number_one_value_it_hurts(board: BoardFile) -> None:
    assert why(board, 5) == (
        "On hold: it hurts security (−1.60), a number-one value. Needle −6.3 ="
        " (performance 1.00 + cost 0.60 + efficiency 0.20 − security 1.60 × 3) ÷ 48 × 100."
    )


def test_on_hold_for_two_values__names_both() -> None:
    assert explain_alone(security=-1, availability=-3).startswith(
        "On hold: it hurts security (−0.60) and availability (−1.80), number-one values."
    )


def test_needs_scores__says_only_how_many_have_scored(board: BoardFile) -> None:
    assert why(board, 7) == "1 of 3 have scored. Results show after 3."


def test_out_of_scope__says_that_no_value_is_helped_or_hurt(board: BoardFile) -> None:
    assert why(board, 6) == "Out of scope: it helps or hurts no value by 0.5 or more."


def test_only_hurts__has_no_bonus() -> None:
    assert explain_alone(cost=-1, efficiency=-2) == (
        "1st of 1, needle −3.7 = (−cost 0.60 − efficiency 1.20) ÷ 48 × 100."
    )


def test_all_impacts_cancel__needle_is_zero() -> None:
    assert explain_alone(performance=2, cost=-2) == (
        "1st of 1, needle 0.0 = (performance 1.20 − cost 1.20) ÷ 48 × 100."
    )


@given(boards, charters, fires)
def test_sum_is_redone__gives_the_printed_needle_or_says_about(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    for ranked in rank(board, charter, fires).projects:
        found = SUM.search(ranked.explain())
        if found is None:
            assert ranked.section in (Section.UNSCORED, Section.OUT_OF_SCOPE)
            continue
        printed, equals, terms, factor, divisor = found.groups()
        total = sum(
            (-1 if sign == "−" else 1) * Decimal(impact) * Decimal(weight or 1)
            for sign, impact, weight in TERM.findall(terms)
        )
        redone = total * Decimal(factor or 1) / Decimal(divisor) * 100
        exactly = abs(redone - Decimal(printed.replace("−", "-"))) <= Decimal("0.05")
        assert exactly or equals == "is about"


@given(boards, charters, fires)
def test_people_are_not_to_be_named__no_explanation_names_them(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    for ranked in rank(board, charter, fires).projects:
        assert not any(person in ranked.explain() for person in PEOPLE)
