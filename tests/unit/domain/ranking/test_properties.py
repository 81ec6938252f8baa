"""Properties of every ranking, tested on random boards."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.ranking import RankedProject, Ranking, rank
from tests.support.strategies import boards, charters, fires, people, projects, values


def only(ranking: Ranking) -> RankedProject:
    (ranked,) = ranking.projects
    return ranked


@given(projects(1), people, values, charters, fires)
def test_raising_an_impact_in_a_score_never_lowers_the_needle(
    project: Candidate, person: str, key: str, charter: Charter, fires: frozenset[str]
) -> None:
    score = project.scores.get(person, {})
    needles = []
    for impact in range(-3, 4):
        given = {"scores": project.scores | {person: score | {key: impact}}}
        needles.append(only(rank([project.model_copy(update=given)], charter, fires)).needle)
    assert needles == sorted(needles)


def test_a_first_word_that_is_milder_than_the_others_does_lower_the_needle() -> None:
    """A mean falls if someone new agrees less strongly, even with a reaction. This is intended."""
    scores = {person: {"security": 3} for person in ("U1", "U2", "U3")}
    strong = Candidate(id=1, title="x", scores=scores)
    seconded = strong.model_copy(update={"quick_scores": {"U4": ["security"]}})
    assert only(rank([seconded])).needle < only(rank([strong])).needle


@given(boards, charters, fires, st.randoms(use_true_random=False))
def test_the_order_of_people_and_projects_does_not_matter(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str], random: Any
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
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    again = [Candidate.model_validate_json(project.model_dump_json()) for project in board]
    assert rank(again, charter, fires) == rank(board, charter, fires)


@given(boards, projects(99), charters, fires)
def test_an_unrelated_project_changes_no_needle(
    board: tuple[Candidate, ...], another: Candidate, charter: Charter, fires: frozenset[str]
) -> None:
    alone, joined = rank(board, charter, fires), rank([*board, another], charter, fires)
    order = [each.candidate.id for each in joined.projects if each.candidate.id != another.id]
    assert order == [each.candidate.id for each in alone.projects]
    for each in alone.projects:
        beside = joined.find(each.candidate.id)
        assert beside
        assert (beside.needle, beside.section) == (each.needle, each.section)
