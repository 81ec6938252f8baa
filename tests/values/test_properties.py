"""What must hold of every board, checked on boards that nobody thought of."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from values.board import Project
from values.charter import DEFAULT_CHARTER, Charter
from values.ranking import Ranked, Ranking, Section, rank

KEYS = DEFAULT_CHARTER.keys
PEOPLE = ("U1", "U2", "U3", "U4", "U5")
NUMERIC = (Section.BURNING, Section.RANKED, Section.HELD)

people = st.sampled_from(PEOPLE)
values = st.sampled_from(KEYS)
scores = st.dictionaries(values, st.integers(-3, 3))
fires = st.frozensets(values, max_size=2)
charters = st.builds(
    Charter,
    prior_people=st.sampled_from([0, 1, 2]),
    moves_at=st.sampled_from([0.25, 0.5, 1]),
    breadth_bonus=st.sampled_from([0, 0.125, 0.5]),
    quorum=st.integers(1, 3),
    quick_impact=st.integers(1, 3),
)


def projects(project_id: int) -> st.SearchStrategy[Project]:
    return st.builds(
        Project,
        id=st.just(project_id),
        title=st.just("x"),
        effort_weeks=st.none() | st.sampled_from([0.5, 2, 4.5]),
        backers=st.frozensets(people),
        scores=st.dictionaries(people, scores),
        quick_scores=st.dictionaries(people, st.lists(values, max_size=3)),
    )


boards = st.integers(1, 6).flatmap(
    lambda size: st.tuples(*(projects(number) for number in range(1, size + 1)))
)


def only(ranking: Ranking) -> Ranked:
    (ranked,) = ranking.ranked
    return ranked


@given(projects(1), people, values, charters, fires)
def test_raising_an_impact_in_a_score_never_lowers_the_needle(
    project: Project, person: str, key: str, charter: Charter, fires: frozenset[str]
) -> None:
    score = project.scores.get(person, {})
    needles = []
    for impact in range(-3, 4):
        given = {"scores": project.scores | {person: score | {key: impact}}}
        needles.append(only(rank([project.model_copy(update=given)], charter, fires)).needle)
    assert needles == sorted(needles)


def test_a_first_word_that_is_milder_than_the_others_does_lower_the_needle() -> None:
    """A mean falls when someone new agrees less strongly, be it by a reaction. As designed."""
    scores = {person: {"security": 3} for person in ("U1", "U2", "U3")}
    strong = Project(id=1, title="x", scores=scores)
    seconded = strong.model_copy(update={"quick_scores": {"U4": ["security"]}})
    assert only(rank([seconded])).needle < only(rank([strong])).needle


@given(boards, charters, fires, st.randoms(use_true_random=False))
def test_the_order_of_people_and_projects_does_not_matter(
    board: tuple[Project, ...], charter: Charter, fires: frozenset[str], random: Any
) -> None:
    def shuffled(items: Any) -> list[Any]:
        mixed: list[Any] = random.sample(list(items), len(items))
        return mixed

    turned = [
        project.model_copy(
            update={
                "scores": {
                    person: dict(shuffled(score.items()))
                    for person, score in shuffled(project.scores.items())
                },
                "quick_scores": dict(shuffled(project.quick_scores.items())),
            }
        )
        for project in shuffled(board)
    ]
    assert rank(turned, charter, shuffled(fires)) == rank(board, charter, fires)


@given(boards, charters, fires)
def test_equal_input_gives_an_equal_order(
    board: tuple[Project, ...], charter: Charter, fires: frozenset[str]
) -> None:
    again = [Project.model_validate_json(project.model_dump_json()) for project in board]
    assert rank(again, charter, fires) == rank(board, charter, fires)


@given(boards, charters, fires)
def test_what_moves_a_burning_value_stands_above_all_that_does_not(
    board: tuple[Project, ...], charter: Charter, fires: frozenset[str]
) -> None:
    """Of the projects that may be ranked: one that is held or unscored stays where it is."""
    ranking = rank(board, charter, fires)
    helps = [
        bool(fires.intersection(each.moved))
        for each in ranking.ranked
        if each.section not in (Section.HELD, Section.UNSCORED)
    ]
    assert helps == sorted(helps, reverse=True)
    burning = len(ranking.section(Section.BURNING))
    assert burning == sum(helps)
    assert ranking.ranked[:burning] == ranking.section(Section.BURNING)


@given(boards, projects(99), charters, fires)
def test_an_unrelated_project_changes_no_needle(
    board: tuple[Project, ...], another: Project, charter: Charter, fires: frozenset[str]
) -> None:
    alone, joined = rank(board, charter, fires), rank([*board, another], charter, fires)
    order = [each.project.id for each in joined.ranked if each.project.id != another.id]
    assert order == [each.project.id for each in alone.ranked]
    for each in alone.ranked:
        beside = joined.of(each.project.id)
        assert beside
        assert (beside.needle, beside.section) == (each.needle, each.section)


@given(boards, charters, fires)
def test_sections_stand_in_order_and_ranks_count_through_the_first_two(
    board: tuple[Project, ...], charter: Charter, fires: frozenset[str]
) -> None:
    ranking = rank(board, charter, fires)
    sections = list(Section)
    places = [sections.index(each.section) for each in ranking.ranked]
    assert places == sorted(places)
    with_a_rank = [each for each in ranking.ranked if each.rank is not None]
    assert [each.rank for each in with_a_rank] == list(range(1, len(with_a_rank) + 1))
    assert {each.section for each in with_a_rank} <= {Section.BURNING, Section.RANKED}


@given(boards, charters, fires)
def test_numbers_and_closeness_are_the_design_s_formulas_in_exact_fractions(
    board: tuple[Project, ...], charter: Charter, fires: frozenset[str]
) -> None:
    ranking = rank(board, charter, fires)
    close: dict[int, list[int]] = {project.id: [] for project in board}
    for upper, lower in pairwise(ranking.ranked):
        if upper.section is not lower.section or upper.section not in NUMERIC:
            continue
        if turns_over(upper, lower, charter, fires):
            close[upper.project.id].append(lower.project.id)
            close[lower.project.id].append(upper.project.id)
    for each in ranking.ranked:
        impact = exact_impact(each.project, charter)
        exact = exact_needle(impact, exact_weights(charter), charter, fire=bool(fires))
        assert abs(each.needle - float(exact)) < 1e-9
        assert each.too_close_to == tuple(close[each.project.id])


Weights = dict[str, Fraction]


def exact_weights(charter: Charter) -> Weights:
    return {value.key: Fraction(value.weight) for value in charter.values}


def exact_impact(project: Project, charter: Charter, leaving_out: str = "") -> Weights:
    impact = {}
    for key in charter.keys:
        given = [
            score.get(key, 0) for person, score in project.scores.items() if person != leaving_out
        ] + [
            charter.quick_impact
            for person, quick in project.quick_scores.items()
            if key in quick and person not in project.scores and person != leaving_out
        ]
        people = len(given) + Fraction(charter.prior_people)
        impact[key] = Fraction(sum(given)) / people if given else Fraction(0)
    return impact


def exact_needle(impact: Weights, weights: Weights, charter: Charter, *, fire: bool) -> Fraction:
    raw = sum((weights[key] * impact[key] for key in weights), Fraction(0))
    bonus = Fraction(charter.breadth_bonus)
    moved = sum(x >= charter.moves_at for x in impact.values())
    if raw > 0 and not fire:
        raw *= max(1 + bonus * (moved - 1), Fraction(1))
    most = 3 * sum(weights.values()) * (1 + bonus * (len(weights) - 1))
    return 100 * raw / most


def turns_over(upper: Ranked, lower: Ranked, charter: Charter, fires: frozenset[str]) -> bool:
    weights = exact_weights(charter)

    def order(each: Ranked, weights: Weights, leaving_out: str = "") -> tuple[Fraction, ...]:
        impact = exact_impact(each.project, charter, leaving_out)
        relief = sum((weights[key] * impact[key] for key in fires), Fraction(0))
        first = relief if each.section is Section.BURNING else Fraction(0)
        return first, exact_needle(impact, weights, charter, fire=bool(fires))

    if order(upper, weights) == order(lower, weights):
        return False
    perturbed = [(weights, person) for person in PEOPLE] + [
        (weights | {key: weights[key] * Fraction(tenths, 10)}, "")
        for key in weights
        for tenths in (9, 11)
    ]
    return any(order(upper, *change) < order(lower, *change) for change in perturbed)
