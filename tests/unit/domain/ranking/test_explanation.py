"""Explanations of a rank, word for word."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

from domain.ranking.board_file import BoardFile, parse_board_file
from domain.ranking.candidate import Candidate, Score
from domain.ranking.charter import DEFAULT_CHARTER, Charter, Value
from domain.ranking.explanation import explain_divisor
from domain.ranking.needle import Yardstick
from domain.ranking.ranking import Section, rank
from tests.support.strategies import PEOPLE, boards, charters, fires

NEEDLE = re.compile(r"[nN]eedle (−?[\d.]+) (=|≈) \(?(.+?)\)?(?: × (\d\.\d\d))? ÷ ([\d.]+) × 100\.")
RELIEF = re.compile(r"Weighted impact on burning values: (−?[\d.]+) (=|≈) (.+?)\. Needle")
TERM = re.compile(r"(?:^| ([+−]) )[a-z]+ (−?[\d.]+)(?: × ([\d.]+))?")
DIVISOR = re.compile(r"Why ÷ (\S+): .* by \S+: (\S+) × (\S+) (=|≈) (\S+)\.$")
FACTOR = re.compile(r"(\d\.\d\d) (=|≈) 1 ((?:\+ [\d.]+ for \w+ \w+ ?)+)\.")


@pytest.fixture
def board(golden_file: Path) -> BoardFile:
    golden = json.loads(golden_file.read_text(encoding="utf-8"))
    return parse_board_file(json.dumps(golden["board"]))


def why(board: BoardFile, project_id: int, *fires: str) -> str:
    ranked = rank(board.projects, board.charter, fires).find(project_id)
    assert ranked
    return ranked.explain()


def project(project_id: int, *backers: str, scorers: int = 3, **impacts: int) -> Candidate:
    scores: dict[str, Score] = {f"U{number}": {**impacts} for number in range(scorers)}
    return Candidate(id=project_id, title="x", backers=frozenset(backers), scores=scores)


def with_effort(candidate: Candidate, effort_weeks: float) -> Candidate:
    return candidate.model_copy(update={"effort_weeks": effort_weeks})


def revealed(candidate: Candidate) -> Candidate:
    return candidate.model_copy(update={"revealed": True})


def explain_alone(charter: Charter = DEFAULT_CHARTER, *fires: str, **impacts: int) -> str:
    [ranked] = rank([project(1, **impacts)], charter, fires).projects
    return ranked.explain()


def explain_second(*projects: Candidate, charter: Charter = DEFAULT_CHARTER) -> str:
    return rank(projects, charter).projects[1].explain()


def test_divisor__is_a_product_that_the_reader_can_redo() -> None:
    assert explain_divisor(Yardstick.of()) == (
        "Why ÷ 48: the terms before ÷ give at most 48, so the highest needle is 100. With an"
        " impact of +3 on every value, impact × weight adds up to 30. All bonuses together multiply"
        " that sum by 1.6: 30 × 1.6 = 48."
    )


@given(charters)
def test_divisor_of_any_charter__is_the_printed_product(charter: Charter) -> None:
    printed = DIVISOR.search(explain_divisor(Yardstick.of(charter)))
    assert printed
    divisor, highest_sum, factor, equals, product_in_words = printed.groups()
    assert product_in_words == divisor
    product = Fraction(highest_sum) * Fraction(factor)
    assert product == pytest.approx(Fraction(divisor), rel=1e-4)
    assert (equals == "=") == (product == Fraction(divisor))


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
        " 1.0 behind #2; leaving out one person's score, or 10 % less weight on security, would"
        " swap them. #9 is 0.4 behind; leaving out one person's score, or 10 % more weight on"
        " availability, would swap them."
    )


def test_cause_is_one_person__needs_no_comma(board: BoardFile) -> None:
    assert why(board, 4).endswith(
        " #12 is 0.2 behind; leaving out one person's score would swap them."
    )


def test_cause_is_a_reaction__is_not_called_a_score(board: BoardFile) -> None:
    assert "; leaving out one person's reactions, or 10 % less weight on" in why(
        board, 9, "security"
    )


def test_people_may_be_named__uses_the_callers_format(board: BoardFile) -> None:
    ranked = rank(board.projects, board.charter).find(2)
    assert ranked
    assert "; leaving out <@U3>'s score, or 10 %" in ranked.explain(lambda person: f"<@{person}>")


@pytest.mark.parametrize("project_id", [11, 12])
def test_either_neighbor_revealed_early__person_is_not_named(
    board: BoardFile, project_id: int
) -> None:
    ranked = rank(board.projects, board.charter).find(project_id)
    assert ranked
    swap = "leaving out one person's score, or 10 % more weight on security, would swap them."
    assert f"; {swap}" in ranked.explain(str)


def test_rounding_shows__says_about(board: BoardFile) -> None:
    # (5.40 + 0.60 − 0.20) × 1.03 ÷ 48 × 100 gives 12.4.
    assert why(board, 2).startswith("3rd of 9, needle 12.5 ≈ (security 1.80 × 3 +")


def test_rounding_shows_in_the_factor__says_about(board: BoardFile) -> None:
    assert " 1.07 ≈ 1 + 0.08 for 6 backers. " in why(board, 9, "security")


def test_rounding_shows_in_the_relief__says_about(board: BoardFile) -> None:
    assert " on burning values: 2.00 ≈ security 0.67 × 3. " in why(board, 11, "security")


def test_scored_by_fewer_than_the_quorum__says_so(board: BoardFile) -> None:
    assert why(board, 11).endswith(
        " would swap them. Results show early: 1 of 3 has scored, and the project was proposed more"
        " than 14 days ago."
    )
    assert "Results show early" not in why(board, 12)


def test_helps_with_a_fire__shows_its_sum_first(board: BoardFile) -> None:
    assert why(board, 2, "security") == (
        "2nd of 9: it helps security, which is burning. Weighted impact on burning values:"
        " 5.40 = security 1.80 × 3."
        " Needle 12.5 ≈ (security 1.80 × 3 + availability 0.20 × 3 − efficiency 0.20)"
        " × 1.03 ÷ 48 × 100. 1.03 = 1 + 0.03 for 1 backer. 1.35 behind #10 in weighted"
        " impact on burning values."
    )


def test_helps_with_two_fires__sums_both(board: BoardFile) -> None:
    text = why(board, 2, "availability", "security")
    assert text.startswith("3rd of 9: it helps security, which is burning. Weighted impact on")
    assert " values: 6.00 = security 1.80 × 3 + availability 0.20 × 3. Needle" in text


def test_helps_two_fires__names_both() -> None:
    text = explain_alone(DEFAULT_CHARTER, "performance", "cost", performance=1, cost=1)
    assert text.startswith("1st of 1: it helps performance and cost, which are burning.")


def test_helps_one_fire_hurts_another__sum_can_be_negative() -> None:
    assert " burning values: −0.60 = performance 0.60 − cost 1.20. Needle" in explain_alone(
        DEFAULT_CHARTER, "performance", "cost", performance=1, cost=-2
    )


def test_value_name_with_a_hyphen__is_kept() -> None:
    values = (
        Value(key="calls", emoji="phone", weight=1, name="On-call"),
        Value(key="cost", emoji="moneybag", weight=1),
    )
    assert explain_alone(Charter(values=values), calls=-1, cost=-1) == (
        "1st of 1, needle −16.7 = (On-call −0.60 − cost 0.60) ÷ 7.2 × 100."
    )


def test_helps_with_no_fire__waits_without_breadth_bonus(board: BoardFile) -> None:
    assert why(board, 4, "availability", "security").startswith(
        "8th of 9: it waits while security and availability are burning. Needle 3.8 ="
        " (cost 1.60 + efficiency 1.00 − availability 0.20 × 3 − performance 0.20) ÷ 48 × 100."
        " 5.8 behind #3."
    )


def test_first_that_waits__is_not_behind_those_that_help(board: BoardFile) -> None:
    assert "behind" not in why(board, 3, "availability", "security")


def test_on_hold__names_the_number_one_value_it_hurts(board: BoardFile) -> None:
    assert why(board, 5) == (
        "On hold: it hurts a number-one value (security −1.60). Needle −6.3 ="
        " (performance 1.00 + cost 0.60 + efficiency 0.20 − security 1.60 × 3) ÷ 48 × 100."
    )


def test_on_hold_for_two_values__names_both() -> None:
    assert explain_alone(security=-1, availability=-3) == (
        "On hold: it hurts number-one values (security −0.60, availability −1.80). Needle −15.0 ="
        " (security −0.60 × 3 − availability 1.80 × 3) ÷ 48 × 100."
    )


def test_on_hold_at_the_threshold__names_the_value() -> None:
    text = explain_alone(Charter(prior_people=1, moves_at=0.75), security=-1, cost=1)
    assert text.startswith("On hold: it hurts a number-one value (security −0.75).")


def test_on_hold_with_a_gain__bonus_counts() -> None:
    assert explain_alone(security=-1, availability=3, cost=3).endswith(
        "× 1.10 ÷ 48 × 100. 1.10 = 1 + 0.10 for two values."
    )


def test_needs_scores__says_only_how_many_have_scored(board: BoardFile) -> None:
    assert why(board, 7) == "1 of 3 has scored. Results show after 3."
    [ranked] = rank([project(1, scorers=2, cost=3)]).projects
    assert ranked.explain() == "2 of 3 have scored. Results show after 3."


def test_revealed_without_a_score__needs_one() -> None:
    [ranked] = rank([revealed(project(1, scorers=0))]).projects
    assert ranked.explain() == "0 of 3 have scored. Results show after 1."


def test_out_of_scope__lists_its_impacts(board: BoardFile) -> None:
    assert why(board, 6) == (
        "Out of scope: none of its impacts reaches +0.5 or −0.5 (efficiency +0.20)."
    )
    assert explain_alone() == "Out of scope: none of its impacts reaches +0.5 or −0.5."


def test_out_of_scope_in_a_fire__does_not_mention_it(board: BoardFile) -> None:
    assert why(board, 6, "security") == why(board, 6)


def test_out_of_scope_by_a_hair__says_about() -> None:
    text = explain_alone(Charter(prior_people=0.01, moves_at=1), cost=-1, efficiency=1)
    assert text == (
        "Out of scope: none of its impacts reaches +1 or −1"
        " (cost about −1.00, efficiency about +1.00)."
    )


def test_out_of_scope_and_revealed_early__says_who_scored() -> None:
    [ranked] = rank([revealed(project(1, scorers=1))]).projects
    assert "+0.5 or −0.5. Results show early: 1 of 3 has scored, and" in ranked.explain()


@pytest.mark.parametrize(
    ("days", "age"),
    [(0, ""), (1, ", and the project was proposed more than 1 day ago")],
)
def test_revealed_early__age_is_the_charters(days: int, age: str) -> None:
    charter = Charter(reveal_after_days=days)
    [ranked] = rank([revealed(project(1, scorers=2))], charter).projects
    assert ranked.explain().endswith(f" Results show early: 2 of 3 have scored{age}.")


def test_only_hurts__has_no_bonus() -> None:
    [ranked] = rank([project(1, "U1", cost=-1, efficiency=-2)]).projects
    assert ranked.explain() == (
        "1st of 1, needle −3.7 = (cost −0.60 − efficiency 1.20) ÷ 48 × 100."
    )


def test_all_impacts_cancel__needle_is_zero_without_bonus() -> None:
    [ranked] = rank([project(1, "U1", performance=2, cost=-2)]).projects
    assert ranked.explain() == ("1st of 1, needle 0.0 = (performance 1.20 − cost 1.20) ÷ 48 × 100.")


def test_needle_below_one__has_its_bonus() -> None:
    values = (*DEFAULT_CHARTER.values[:1], Value(key="joy", emoji="tada", weight=0.1))
    [ranked] = rank([project(1, "U1", joy=1)], Charter(values=values)).projects
    assert 0 < ranked.needle < 1
    assert ranked.explain().endswith(" × 1.03 ÷ 11.16 × 100. 1.03 = 1 + 0.03 for 1 backer.")


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (project(2, performance=1, cost=1), project(1, cost=2), "helps more values"),
        (project(2, "ana", cost=2), project(1, cost=2), "has more backers"),
        (
            with_effort(project(2, cost=2), 1),
            with_effort(project(1, cost=2), 2),
            "takes less effort",
        ),
        (with_effort(project(2, cost=2), 1), project(1, cost=2), "has an effort estimate"),
        (project(1, cost=2), project(2, cost=2), "was proposed earlier"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_level_with_the_one_above__says_why_it_is_second(
    first: Candidate, second: Candidate, reason: str
) -> None:
    charter = Charter(breadth_bonus=0, backing_bonus=0)
    assert explain_second(second, first, charter=charter).endswith(
        f" Level with #{first.id}, which {reason}."
    )


def test_same_relief__says_that_the_needle_decides() -> None:
    uneven: dict[str, Score] = {f"U{number}": {"cost": number + 1} for number in range(3)}
    lower = project(1).model_copy(update={"scores": uneven})
    ranking = rank([lower, project(2, cost=2, efficiency=1)], DEFAULT_CHARTER, ["cost"])
    [first, second] = ranking.projects
    assert (first.candidate.id, second.candidate.id) == (2, 1)
    same = "has the same weighted impact on burning values"
    assert (
        f" #1 {same}, but its needle is 1.2 behind; leaving out one person's score would"
        in first.explain()
    )
    assert f" It {same} as #2, but its needle is 1.2 behind; " in second.explain()


@pytest.mark.parametrize(
    ("fires", "gap"),
    [((), "Less than 0.1 behind #2"), (("cost", "extra"), "Less than 0.01 behind #2")],
)
def test_gap_too_small_to_print__says_less_than(fires: tuple[str, ...], gap: str) -> None:
    extra = Value(key="extra", emoji="star", weight=0.002)
    charter = Charter(values=(*DEFAULT_CHARTER.values, extra), breadth_bonus=0)
    pair = [project(1, cost=2), project(2, cost=2, extra=1)]
    assert f" {gap}" in rank(pair, charter, fires).projects[1].explain()


@given(boards, charters, fires)
def test_sum_is_redone__gives_the_printed_needle_or_says_about(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    for ranked in rank(board, charter, fires).projects:
        text = ranked.explain()
        needle = NEEDLE.search(text)
        if needle is None:
            assert ranked.section in (Section.UNSCORED, Section.OUT_OF_SCOPE)
            continue
        printed, equals, terms, factor, divisor = needle.groups()
        redone = result_of(terms) * Fraction(factor or 1) / Fraction(divisor) * 100
        assert_says_about_if_needed(printed, equals, redone, Fraction(1, 20))
        if burning := RELIEF.search(text):
            printed, equals, terms = burning.groups()
            assert_says_about_if_needed(printed, equals, result_of(terms), Fraction(1, 200))
        assert (burning is not None) == (ranked.section is Section.BURNING)
        assert (FACTOR.search(text) is not None) == (factor is not None)
        if found := FACTOR.search(text):
            printed, equals, bonuses = found.groups()
            assert printed == factor
            redone = sum(map(Fraction, re.findall(r"\+ ([\d.]+)", bonuses)), Fraction(1))
            assert_says_about_if_needed(printed, equals, redone, Fraction(0))


def result_of(terms: str) -> Fraction:
    found = TERM.findall(terms)
    assert "".join(match.group() for match in TERM.finditer(terms)) == terms
    return sum(
        (
            (-1 if sign == "−" else 1) * Fraction(impact.replace("−", "-")) * Fraction(weight or 1)
            for sign, impact, weight in found
        ),
        Fraction(0),
    )


def assert_says_about_if_needed(
    printed: str, equals: str, redone: Fraction, tolerance: Fraction
) -> None:
    exact = abs(redone - Fraction(printed.replace("−", "-"))) <= tolerance
    assert equals == ("=" if exact else "≈")


GAP = re.compile(
    r"(Less than 0\.0?1|\d+\.\d+) behind #(\d+)( in weighted impact on burning values)?"
)
NEEDLE_GAP = re.compile(r" as #(\d+), but its needle is (less than 0\.1|\d+\.\d+) behind")


@given(boards, charters, fires)
def test_gap_to_the_one_above__is_the_difference_that_people_see(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    texts = {each.candidate.id: each.explain() for each in rank(board, charter, fires).projects}
    for text in texts.values():
        if found := GAP.search(text):
            gap, above, is_relief = found.groups()
            pattern = RELIEF if is_relief else NEEDLE
            upper, own = (
                Decimal(match.group(1).replace("−", "-"))
                for match in map(pattern.search, (texts[int(above)], text))
                if match
            )
            smallest = "0.01" if is_relief else "0.1"
            assert gap == (str(upper - own) if upper > own else f"Less than {smallest}")
        if found := NEEDLE_GAP.search(text):
            above, gap = found.groups()
            pair = [match for each in (texts[int(above)], text) if (match := NEEDLE.search(each))]
            upper, own = (Decimal(match.group(1).replace("−", "-")) for match in pair)
            assert gap == (str(upper - own) if upper > own else "less than 0.1")
            sums = [match for each in (texts[int(above)], text) if (match := RELIEF.search(each))]
            assert sums[0].group(1) == sums[1].group(1)


@given(boards, charters, fires)
def test_explanation__lists_every_impact_that_is_not_zero(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    for ranked in rank(board, charter, fires).projects:
        for key, x in ranked.impact.items():
            printed = re.search(rf"{key} (about )?[+−]?{abs(x):.2f}", ranked.explain())
            assert bool(printed) == (bool(x) and ranked.results_visible)


@given(boards, charters, fires)
def test_no_quorum__explanation_names_nobody(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    for ranked in rank(board, charter, fires).projects:
        assert not any(person in ranked.explain() for person in PEOPLE)
        if not ranked.scores_visible:
            assert not any(person in ranked.explain(str) for person in PEOPLE)
