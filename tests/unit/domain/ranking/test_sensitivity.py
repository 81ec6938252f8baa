"""Close calls: a person's votes or a weight that would swap two neighbors."""

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


def test_one_score_reverses_a_pair__is_close() -> None:
    first, second = pair(
        project(1, ana={"speed": 3}, bo={"speed": 1}, cy={"speed": 1}),
        project(2, ana={"speed": 1}, bo={"speed": 2}, cy={"speed": 1}),
    )
    assert first.candidate.id == 1
    assert first.too_close_to == (2,)
    assert second.too_close_to == (1,)
    assert second.explain(str).endswith("behind #1; leaving out ana's score would swap them.")
    assert second.explain().endswith("behind #1; leaving out one person's score would swap them.")


def test_one_reaction_reverses_a_pair__is_close() -> None:
    voted = project(1, ana={"speed": 2}).model_copy(update={"quick_scores": {"cy": ["cost"]}})
    first, _ = pair(voted, project(2, ana={"speed": 2}, bo={"speed": 1}))
    assert first.candidate.id == 1
    assert "; leaving out cy's reactions" in first.explain(str)


def test_one_backer_reverses_a_pair__is_close() -> None:
    # 1,000 people give 2 and 1,000 give 2 with one 3 among them: only the backer lifts #1.
    fans = {f"U{n}": {"speed": 2} for n in range(1000)}
    backed = project(1, **fans).model_copy(update={"backers": frozenset({"cy"})})
    first, second = pair(backed, project(2, **fans | {"U0": {"speed": 3}, "U1": {"speed": 3}}))
    assert (first.candidate.id, first.too_close_to) == (1, (2,))
    assert second.explain(str).endswith("leaving out cy's reactions would swap them.")


def test_only_backer_left_out__only_ties() -> None:
    backed = project(1, ana={"speed": 2}).model_copy(update={"backers": frozenset({"cy"})})
    first, second = pair(backed, project(2, ana={"speed": 2}))
    assert (first.candidate.id, first.too_close_to, second.too_close_to) == (1, (), ())


def test_ten_percent_weight_reverses_a_pair__is_close() -> None:
    fast = project(1, **all_give(speed=2), gus={"speed": 1})
    cheap = project(2, **all_give(cost=2), gus={"cost": 2})
    first, second = pair(fast, cheap)
    assert (first.candidate.id, first.too_close_to) == (2, (1,))
    assert second.explain(str).endswith("behind #2; 10 % more weight on speed would swap them.")


def test_weight_change_only_ties__is_not_close() -> None:
    people = [f"U{n}" for n in range(10)]
    fast = project(1, **{person: {"speed": int(person != "U0")} for person in people})
    cheap = project(2, **{person: {"cost": 1} for person in people})
    first, second = pair(fast, cheap, charter=TWO_VALUES.model_copy(update={"prior_people": 0}))
    assert first.candidate.id == 2
    assert second.needle == pytest.approx(0.9 * first.needle)
    assert (first.too_close_to, second.too_close_to) == ((), ())


def test_person_and_weight_decide__explanation_names_both() -> None:
    _, between, _ = pair(
        project(1, ana={"speed": 3}, bo={"speed": 3}, zoe={"speed": 3}),
        project(2, **all_give(cost=2), gus={"cost": 2}),
        project(3, **all_give(speed=2), gus={"speed": 1}),
    )
    text = between.explain(str)
    assert "behind #1; leaving out zoe's score" in text
    assert text.endswith("#3 is 1.7 behind; 10 % more weight on speed would swap them.")


def test_more_relief_in_fire__is_not_close() -> None:
    helps, helps_less = all_give(speed=3), all_give(speed=2, cost=3)
    ranked = rank([project(1, **helps), project(2, **helps_less)], TWO_VALUES, ["speed"]).projects
    assert [each.candidate.id for each in ranked] == [1, 2]
    assert [each.too_close_to for each in ranked] == [(), ()]


def test_clear_lead__is_not_close() -> None:
    strong, weak = all_give(speed=3), all_give(speed=1)
    assert [each.too_close_to for each in pair(project(1, **strong), project(2, **weak))] == [
        (),
        (),
    ]


def test_exact_tie__is_not_close() -> None:
    alike = {"ana": {"speed": 3, "cost": 1}, "bo": {"speed": 1}}
    mirrored = {"ana": {"speed": 1, "cost": 1}, "bo": {"speed": 3}}
    assert [each.too_close_to for each in pair(project(1, **alike), project(2, **mirrored))] == [
        (),
        (),
    ]


def test_person_left_out_only_ties__is_not_close() -> None:
    # Without ana's scores, only bo's count, and they are equal.
    first, second = pair(
        project(1, ana={"speed": 3}, bo={"speed": 1}), project(2, ana={"speed": 2}, bo={"speed": 1})
    )
    assert (first.too_close_to, second.too_close_to) == ((), ())


def test_close_on_both_sides__lists_ids_in_order() -> None:
    first, between, last = pair(
        project(3, ana={"speed": 3}, bo={"speed": 1}, cy={"speed": 1}),
        project(2, ana={"speed": 1}, bo={"speed": 2}, cy={"speed": 1}),
        project(1, ana={"speed": 0}, bo={"speed": 2}, cy={"speed": 1}, di={"speed": 1}),
    )
    assert between.too_close_to == (last.candidate.id, first.candidate.id)
    text = between.explain(str)
    assert "behind #3; leaving out ana's score" in text
    assert "#1 is 2.0 behind; leaving out ana's score" in text


def test_neighbors_with_different_causes__are_named_separately() -> None:
    _, between, _ = pair(
        project(1, ana={"speed": 3}, bo={"speed": 1}, cy={"speed": 1}),
        project(2, bo={"speed": 1}, cy={"speed": 0}, zoe={"speed": 3}),
        project(3, di={"speed": 2}),
    )
    text = between.explain(str)
    assert "behind #1; leaving out ana's score would swap them." in text
    assert text.endswith("#3 is 2.0 behind; leaving out zoe's score would swap them.")


@pytest.mark.parametrize(
    ("charter", "score", "section"),
    [
        (TWO_VALUES.model_copy(update={"quorum": 9}), {"speed": 2}, Section.UNSCORED),
        (TWO_VALUES.model_copy(update={"moves_at": 3}), {"speed": 2}, Section.OUT_OF_SCOPE),
    ],
)
def test_unscored_or_out_of_scope__is_never_close(
    charter: Charter, score: dict[str, int], section: Section
) -> None:
    ranked = pair(project(1, ana=score), project(2, bo=score, cy={"speed": 1}), charter=charter)
    assert {each.section for each in ranked} == {section}
    assert [each.too_close_to for each in ranked] == [(), ()]


def test_held_projects__can_be_close() -> None:
    first, second = pair(
        project(1, ana={"cost": -1}, bo={"cost": -3}, cy={"cost": -2}),
        project(2, ana={"cost": -3}, bo={"cost": -3}, cy={"cost": -1}),
    )
    assert first.section is second.section is Section.HELD
    assert first.too_close_to == (second.candidate.id,)
