"""Sections at their limits, and ties."""

import pytest

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.ranking import Section, rank

PLAIN = Charter(prior_people=0, quorum=1)


def project(
    project_id: int, *backers: str, effort: float | None = None, **impacts: int
) -> Candidate:
    return Candidate(
        id=project_id,
        title="x",
        effort_weeks=effort,
        backers=frozenset(backers),
        scores={"U1": impacts} if impacts else {},
    )


def order(*projects: Candidate, charter: Charter = PLAIN) -> list[int]:
    return [each.candidate.id for each in rank(projects, charter).projects]


def test_more_moved_values_settle_a_tie_first() -> None:
    charter = PLAIN.model_copy(update={"breadth_bonus": 0.0})
    deep = project(1, "U1", effort=1, performance=2)
    broad = project(2, performance=1, cost=1)
    assert order(deep, broad, charter=charter) == [2, 1]


def test_then_more_backers_do() -> None:
    assert order(project(1, effort=1, cost=2), project(2, "U1", cost=2)) == [2, 1]


def test_then_less_effort_does_and_an_unknown_one_comes_last() -> None:
    known = [project(2, effort=3, cost=2), project(3, effort=2, cost=2)]
    assert order(project(1, cost=2), *known) == [3, 2, 1]


def test_then_the_older_project_stands_above() -> None:
    assert order(project(2, cost=2), project(1, cost=2)) == [1, 2]


def test_float_dust_does_not_decide_an_order() -> None:
    """As floats, 0.1 + 0.2 is slightly more than 0.15 + 0.15. The backer decides."""
    weights = {"performance": 0.1, "scalability": 0.2, "cost": 0.15, "efficiency": 0.15}
    values = tuple(
        value.model_copy(update={"weight": weights.get(value.key, 1.0)})
        for value in DEFAULT_CHARTER.values
    )
    charter = PLAIN.model_copy(update={"values": values})
    dusty = project(1, performance=1, scalability=1)
    clean = project(2, "U1", cost=1, efficiency=1)
    assert order(dusty, clean, charter=charter) == [2, 1]


def test_unscored_projects_come_by_backers_and_then_by_age() -> None:
    assert order(project(3), project(2, "U1"), project(1)) == [2, 1, 3]


def test_out_of_scope_projects_come_by_age_alone() -> None:
    charter = PLAIN.model_copy(update={"moves_at": 2.0})
    assert order(project(2, "U1", cost=1), project(1, cost=-1), charter=charter) == [1, 2]


@pytest.mark.parametrize(
    ("impacts", "section"),
    [
        ({"security": -1, "cost": 3}, Section.HELD),
        ({"availability": -1}, Section.HELD),
        ({"cost": -1}, Section.RANKED),
        ({"cost": 1}, Section.RANKED),
        ({"cost": 0}, Section.OUT_OF_SCOPE),
        ({}, Section.UNSCORED),
    ],
    ids=str,
)
def test_an_impact_of_just_what_counts_decides_the_section(
    impacts: dict[str, int], section: Section
) -> None:
    charter = PLAIN.model_copy(update={"moves_at": 1.0})
    assert rank([project(1, **impacts)], charter).projects[0].section is section


def test_a_project_that_helps_against_one_fire_and_hurts_a_number_one_value_is_held() -> None:
    ranking = rank([project(1, availability=3, security=-2)], PLAIN, fires=["availability"])
    assert ranking.projects[0].section is Section.HELD


def test_a_project_is_found_by_its_id() -> None:
    ranking = rank([project(7, cost=1)], PLAIN)
    assert ranking.find(7) is ranking.projects[0]
    assert ranking.find(8) is None


def test_a_ranking_says_by_which_charter_and_what_is_disputed() -> None:
    torn = Candidate(id=1, title="x", scores={"U1": {"cost": 3}, "U2": {"cost": -3}})
    ranking = rank([torn, project(2, cost=1)], PLAIN)
    assert ranking.charter == PLAIN
    assert {each.candidate.id: each.disputed for each in ranking.projects} == {1: ("cost",), 2: ()}
