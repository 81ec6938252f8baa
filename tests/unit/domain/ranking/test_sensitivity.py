"""Sensitivity: one pair of projects for each cause."""

import pytest

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter, Value
from domain.ranking.ranking import RankedProject, Section, rank

TWO_VALUES = Charter(
    values=(
        Value(key="speed", emoji="zap", weight=1),
        Value(key="cost", emoji="moneybag", weight=1, number_one=True),
    ),
    quorum=1,
    breadth_bonus=0,
)


PEOPLE = ("ana", "bo", "cy", "di", "ed", "fi")


def all_give(**impacts: int) -> dict[str, dict[str, int]]:
    return {person: impacts.copy() for person in PEOPLE}


def project(project_id: int, **given: dict[str, int]) -> Candidate:
    return Candidate(id=project_id, title="x", scores=given)


def pair(*projects: Candidate, charter: Charter = TWO_VALUES) -> list[RankedProject]:
    return list(rank(projects, charter).projects)


def test_one_person_s_score_turns_a_pair_over() -> None:
    first, second = pair(
        project(1, ana={"speed": 3}, bo={"speed": 1}, cy={"speed": 1}),
        project(2, ana={"speed": 1}, bo={"speed": 2}, cy={"speed": 1}),
    )
    assert first.candidate.id == 1
    assert first.too_close_to == (2,)
    assert second.too_close_to == (1,)
    assert first.explanation.endswith("ana's score alone would turn it over with #2.")


def test_one_person_s_reaction_turns_a_pair_over() -> None:
    voted = project(1, ana={"speed": 2}).model_copy(update={"quick_scores": {"cy": ["cost"]}})
    first, _ = pair(voted, project(2, ana={"speed": 2}, bo={"speed": 1}))
    assert first.candidate.id == 1
    assert "cy's score alone" in first.explanation


def test_a_weight_ten_percent_away_turns_a_pair_over() -> None:
    fast = project(1, **all_give(speed=2), gus={"speed": 1})
    cheap = project(2, **all_give(cost=2), gus={"cost": 2})
    first, second = pair(fast, cheap)
    assert (first.candidate.id, first.too_close_to) == (2, (1,))
    assert second.explanation.endswith(
        "10 % more weight on speed alone would turn it over with #2."
    )


def test_a_weight_that_only_makes_them_equal_does_not_count() -> None:
    people = [f"U{n}" for n in range(10)]
    fast = project(1, **{person: {"speed": int(person != "U0")} for person in people})
    cheap = project(2, **{person: {"cost": 1} for person in people})
    first, second = pair(fast, cheap, charter=TWO_VALUES.model_copy(update={"prior_people": 0}))
    assert first.candidate.id == 2
    assert second.needle == pytest.approx(0.9 * first.needle)
    assert (first.too_close_to, second.too_close_to) == ((), ())


def test_a_weight_that_decides_beside_a_person_is_named_by_its_value() -> None:
    _, between, _ = pair(
        project(1, ana={"speed": 3}, bo={"speed": 3}, zoe={"speed": 3}),
        project(2, **all_give(cost=2), gus={"cost": 2}),
        project(3, **all_give(speed=2), gus={"speed": 1}),
    )
    assert between.explanation.endswith(
        "zoe's score alone would turn it over with #1, 10 % more weight on speed with #3."
    )


def test_what_helps_more_against_a_fire_is_not_close_whatever_else_weighs() -> None:
    helps, helps_less = all_give(speed=3), all_give(speed=2, cost=3)
    ranked = rank([project(1, **helps), project(2, **helps_less)], TWO_VALUES, ["speed"]).projects
    assert [each.candidate.id for each in ranked] == [1, 2]
    assert [each.too_close_to for each in ranked] == [(), ()]


def test_a_clear_lead_is_not_too_close() -> None:
    strong, weak = all_give(speed=3), all_give(speed=1)
    assert [each.too_close_to for each in pair(project(1, **strong), project(2, **weak))] == [
        (),
        (),
    ]


def test_an_exact_tie_is_settled_by_its_rules_and_not_too_close() -> None:
    alike = {"ana": {"speed": 3, "cost": 1}, "bo": {"speed": 1}}
    mirrored = {"ana": {"speed": 1, "cost": 1}, "bo": {"speed": 3}}
    assert [each.too_close_to for each in pair(project(1, **alike), project(2, **mirrored))] == [
        (),
        (),
    ]


def test_a_change_that_only_reaches_a_tie_does_not_count() -> None:
    """Without Ana, both have only Bo's score."""
    first, second = pair(
        project(1, ana={"speed": 3}, bo={"speed": 1}), project(2, ana={"speed": 2}, bo={"speed": 1})
    )
    assert (first.too_close_to, second.too_close_to) == ((), ())


def test_a_project_between_two_close_ones_names_the_one_above_first() -> None:
    first, between, last = pair(
        project(3, ana={"speed": 3}, bo={"speed": 1}, cy={"speed": 1}),
        project(2, ana={"speed": 1}, bo={"speed": 2}, cy={"speed": 1}),
        project(1, ana={"speed": 0}, bo={"speed": 2}, cy={"speed": 1}, di={"speed": 1}),
    )
    assert between.too_close_to == (first.candidate.id, last.candidate.id)
    assert between.explanation.endswith("ana's score alone would turn it over with #3 and #1.")


def test_two_neighbours_with_a_cause_each_are_told_apart() -> None:
    _, between, _ = pair(
        project(1, ana={"speed": 3}, bo={"speed": 1}, cy={"speed": 1}),
        project(2, bo={"speed": 1}, cy={"speed": 0}, zoe={"speed": 3}),
        project(3, di={"speed": 2}),
    )
    assert between.explanation.endswith(
        "ana's score alone would turn it over with #1, zoe's score with #3."
    )


@pytest.mark.parametrize(
    ("charter", "score", "section"),
    [
        (TWO_VALUES.model_copy(update={"quorum": 9}), {"speed": 2}, Section.UNSCORED),
        (TWO_VALUES.model_copy(update={"moves_at": 3}), {"speed": 2}, Section.OUT_OF_SCOPE),
    ],
)
def test_sections_without_an_order_by_numbers_are_never_close(
    charter: Charter, score: dict[str, int], section: Section
) -> None:
    ranked = pair(project(1, ana=score), project(2, bo=score, cy={"speed": 1}), charter=charter)
    assert {each.section for each in ranked} == {section}
    assert [each.too_close_to for each in ranked] == [(), ()]


def test_held_projects_can_be_too_close() -> None:
    first, second = pair(
        project(1, ana={"cost": -1}, bo={"cost": -3}, cy={"cost": -2}),
        project(2, ana={"cost": -3}, bo={"cost": -3}, cy={"cost": -1}),
    )
    assert first.section is second.section is Section.HELD
    assert first.too_close_to == (second.candidate.id,)
