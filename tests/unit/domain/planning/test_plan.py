from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.planning.capacity import Budget, Capacity
from domain.planning.plan import Plan, make_plan, remaining_effort
from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter, Value
from domain.ranking.ranking import RankedProject, Ranking, Section, rank
from tests.support.strategies import boards, fires

CHARTER = Charter(
    values=(
        Value(key="speed", emoji="zap", weight=1),
        Value(key="cost", emoji="moneybag", weight=1),
    ),
    quorum=1,
    prior_people=0,
    breadth_bonus=0,
    backing_bonus=0,
)


def project(project_id: int, effort_weeks: float | None, **impacts: int) -> Candidate:
    """Return a project that one person has scored. The quorum is 1."""
    scores = {"U1": impacts}
    return Candidate(id=project_id, title="x", effort_weeks=effort_weeks, scores=scores)


def ranking(*projects: Candidate, fires: Sequence[str] = ()) -> Ranking:
    return rank(projects, CHARTER, fires)


def weeks(number: float) -> Capacity:
    return Capacity(people=1, weeks=number, planned_share=1)


def ids(ranked: Sequence[RankedProject]) -> list[int]:
    return [each.candidate.id for each in ranked]


def test_capacity_just_below_due_to_float_error__still_fits() -> None:
    # 0.7 − 0.4 is 0.29999999999999993.
    assert (
        make_plan(
            ranking(project(1, 3, speed=1)), Capacity(1, 10, planned_share=0.7 - 0.4)
        ).budget.added
        == 3
    )


def test_project_does_not_fit__plan_skips_it_and_continues() -> None:
    made = make_plan(
        ranking(project(1, 3, speed=3), project(2, 4, speed=2), project(3, 2, speed=1)), weeks(5)
    )
    assert (ids(made.planned), ids(made.left_out), made.budget.added) == ([1, 3], [2], 5.0)


def test_fractions__effort_rounds_up_and_capacity_down() -> None:
    two_projects = ranking(project(1, 1.1, speed=3), project(2, 0.1, speed=2))
    assert make_plan(two_projects, weeks(2)).budget.added == 2.0
    assert ids(make_plan(two_projects, weeks(1.99)).planned) == [1]


def test_burning_project__is_planned_before_higher_needles() -> None:
    made = make_plan(
        ranking(project(1, 2, speed=3), project(2, 2, cost=1), fires=["cost"]), weeks(2)
    )
    assert (ids(made.planned), ids(made.left_out)) == ([2], [1])


def test_no_effort__project_is_unestimated() -> None:
    made = make_plan(ranking(project(1, None, speed=3), project(2, 1, speed=1)), weeks(5))
    assert (ids(made.unestimated), ids(made.planned), ids(made.left_out)) == ([1], [2], [])


def test_unscored_or_out_of_scope__is_not_planned() -> None:
    unscored = Candidate(id=1, title="x", effort_weeks=1)
    out_of_scope = project(2, 1, speed=0)
    made = make_plan(ranking(unscored, out_of_scope), weeks(5))
    assert (made.planned, made.left_out, made.unestimated) == ((), (), ())


def test_better_combination_exists__hint_has_swap_and_gain() -> None:
    made = make_plan(
        ranking(project(1, 4, speed=3), project(2, 2, speed=2), project(3, 2, cost=2)), weeks(4)
    )
    assert made.hint
    assert (ids(made.planned), ids(made.hint.add), ids(made.hint.drop)) == ([1], [2, 3], [1])
    assert made.hint.gain == pytest.approx(1 / 3)


def project_with_points(project_id: int, effort_weeks: float, points: int) -> Candidate:
    """Return a project with a needle in proportion to `points`, which are 0 to 1,200."""
    scores = {f"U{n}": {"speed": points // 400 + (n < points % 400)} for n in range(400)}
    return Candidate(id=project_id, title="x", effort_weeks=effort_weeks, scores=scores)


@pytest.mark.parametrize(("points", "hinted"), [(840, True), (839, False)])
def test_gain_below_five_percent__is_not_hinted(
    points: int,
    hinted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    # Rank order takes 2,400 points. The three others have 2,520 or 2,519.
    first = [project_with_points(number, 3, 1_200) for number in (1, 2)]
    others = [
        project_with_points(3, 2, 840),
        project_with_points(4, 2, 840),
        project_with_points(5, 2, points),
    ]
    made = make_plan(ranking(*first, *others), weeks(6))
    assert ids(made.planned) == [1, 2]
    assert bool(made.hint) is hinted


def test_burning_project_uses_capacity__no_swap_is_hinted() -> None:
    burning = project(1, 2, cost=1)
    waiting = [project(2, 2, speed=3), project(3, 2, speed=2)]
    made = make_plan(ranking(burning, *waiting, fires=["cost"]), weeks(4))
    assert (ids(made.planned), ids(made.left_out), made.hint) == ([1, 2], [3], None)


def test_gain_only_from_dropping_harm__is_not_hinted() -> None:
    lifting = [project(1, 3, speed=3), project(2, 4, speed=2)]
    made = make_plan(ranking(*lifting, project(3, 1, cost=-1)), weeks(4))
    assert (ids(made.planned), ids(made.left_out), made.hint) == ([1, 3], [2], None)


def test_tiny_effort__takes_half_a_week() -> None:
    assert make_plan(ranking(project(1, 1e-12, speed=1)), weeks(1)).budget.added == 0.5


def test_everything_fits__has_no_hint() -> None:
    made = make_plan(ranking(project(1, 1, speed=3), project(2, 1, cost=-2)), weeks(4))
    assert (ids(made.planned), made.hint) == ([1, 2], None)


def test_carried_over__takes_capacity_and_is_not_planned_again() -> None:
    several = ranking(project(1, 4, speed=3), project(2, 2, speed=2), project(3, 2, speed=1))
    made = make_plan(several, weeks(5), {1: 2.25})
    assert (ids(made.planned), ids(made.left_out)) == ([2], [3])
    assert made.budget == Budget(capacity=5, carried_over=2.5, added=2)
    assert made.carried_over == {1: 2.25}


def test_carried_over_exceeds_capacity__nothing_is_planned() -> None:
    made = make_plan(ranking(project(1, 4, speed=3), project(2, 0.5, speed=2)), weeks(3), {1: 4})
    assert (ids(made.planned), ids(made.left_out), made.budget.free) == ([], [2], -1)


def test_carried_over__is_never_part_of_a_swap() -> None:
    several = ranking(project(1, 4, speed=3), project(2, 2, speed=2), project(3, 2, cost=2))
    made = make_plan(several, weeks(8), {1: 4})
    assert (ids(made.planned), made.hint) == ([2, 3], None)


@pytest.mark.parametrize(
    ("effort", "steps", "done", "left"),
    [
        (6, (), (), 6),
        (6, ("a", "b", "c"), (), 6),
        (6, ("a", "b", "c"), ("b",), 4),
        (6, ("a", "b"), ("a", "b"), 0),
        (6, ("a", "b"), ("x",), 6),  # a step that the project no longer has
        (None, ("a", "b"), ("a",), 0),
    ],
)
def test_steps_done__remaining_effort_is_proportional(
    effort: float | None, steps: Sequence[str], done: Sequence[str], left: float
) -> None:
    assert remaining_effort(effort, steps, done) == left


plans = st.builds(
    make_plan,
    st.builds(lambda board, burning: rank(board, DEFAULT_CHARTER, burning), boards, fires),
    st.builds(Capacity, st.sampled_from([0.5, 1, 2]), st.sampled_from([0.0, 1.4, 4.8, 13.2])),
    st.dictionaries(st.integers(1, 3), st.sampled_from([0.0, 0.7, 2, 6.3]), max_size=2),
)


@given(plans)
def test_plan__never_commits_more_than_is_free(made: Plan) -> None:
    budget = made.budget
    assert budget.added == 0 or budget.committed <= budget.capacity
    assert (budget.committed * 2).is_integer()


@given(plans)
def test_plan__sorts_every_ranked_project_once(made: Plan) -> None:
    """Each list is in rank order, and what is left out doesn't fit after what ranks above it."""
    lists = (made.planned, made.left_out, made.unestimated)
    assert all(
        [item.rank for item in each] == sorted(item.rank or 0 for item in each) for each in lists
    )
    everything = [number for each in lists for number in ids(each)]
    assert len(everything) == len({*everything, *made.carried_over} - {*made.carried_over})
    for skipped in made.left_out:
        above = [item for item in made.planned if (item.rank or 0) < (skipped.rank or 0)]
        taken = Budget.of(
            made.capacity,
            made.carried_over.values(),
            [item.candidate.effort_weeks or 0 for item in [*above, skipped]],
        )
        assert taken.free < 0


@given(plans)
def test_hint__fits_and_gains_at_least_five_percent(made: Plan) -> None:
    if made.hint is None:
        return
    kept = {*ids(made.planned), *ids(made.hint.add)} - {*ids(made.hint.drop)}
    ranked = {item.candidate.id: item for item in (*made.planned, *made.left_out)}
    swapped = [ranked[number] for number in kept]
    assert (
        Budget.of(
            made.capacity,
            made.carried_over.values(),
            [item.candidate.effort_weeks or 0 for item in swapped],
        ).free
        >= 0
    )
    assert all(item.section is Section.RANKED for item in (*made.hint.add, *made.hint.drop))
    assert made.hint.gain >= 0.05 - 1e-9
