"""Rankings: golden cases, tie-breakers, thresholds, and properties of any ranking."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ranking.board_file import parse_board_file
from domain.ranking.candidate import Candidate, Score
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.ranking import RankedProject, Ranking, Section, rank
from tests.support.strategies import boards, charters, fires, people, projects, values

PLAIN = Charter(prior_people=0, quorum=1, backing_bonus=0)


@pytest.mark.parametrize("case", ["calm", "security_fire", "two_fires"])
def test_golden_case__matches_to_six_decimals(golden_file: Path, case: str) -> None:
    golden = json.loads(golden_file.read_text(encoding="utf-8"))
    board = parse_board_file(json.dumps(golden["board"]))
    expected = golden["cases"][case]

    ranking = rank(board.projects, board.charter, expected["fires"])

    assert [_as_written(each) for each in ranking.projects] == expected["ranked"]


def test_golden_charter__matches_to_six_decimals(golden_file: Path) -> None:
    golden = json.loads(golden_file.read_text(encoding="utf-8"))["charter_case"]
    board = parse_board_file(json.dumps(golden["board"]))

    ranking = rank(board.projects, board.charter)

    assert [_as_written(each) for each in ranking.projects] == golden["ranked"]


def _as_written(ranked: RankedProject) -> dict[str, Any]:
    return {
        "id": ranked.candidate.id,
        "section": ranked.section,
        "rank": ranked.rank,
        "needle": round(ranked.needle, 6),
        "impact": {key: round(x, 6) for key, x in ranked.impact.items()},
        "moved": list(ranked.moved),
        "too_close_to": list(ranked.too_close_to),
        "disputed": list(ranked.disputed),
    }


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


def test_tied_needles__more_moved_values_rank_higher() -> None:
    charter = PLAIN.model_copy(update={"breadth_bonus": 0.0})
    deep = project(1, "U1", effort=1, performance=2)
    broad = project(2, performance=1, cost=1)
    assert order(deep, broad, charter=charter) == [2, 1]


def test_tied_values__more_backers_rank_higher() -> None:
    assert order(project(1, effort=1, cost=2), project(2, "U1", cost=2)) == [2, 1]


def test_tied_backers__less_effort_ranks_higher_unknown_last() -> None:
    known = [project(2, effort=3, cost=2), project(3, effort=2, cost=2)]
    assert order(project(1, cost=2), *known) == [3, 2, 1]


def test_tied_effort__older_project_ranks_higher() -> None:
    assert order(project(2, cost=2), project(1, cost=2)) == [1, 2]


def test_needles_differ_by_float_error__count_as_tied() -> None:
    # As floats, 0.1 + 0.2 is slightly more than 0.15 + 0.15. The backer must decide.
    weights = {"performance": 0.1, "scalability": 0.2, "cost": 0.15, "efficiency": 0.15}
    values = tuple(
        value.model_copy(update={"weight": weights.get(value.key, 1.0)})
        for value in DEFAULT_CHARTER.values
    )
    charter = PLAIN.model_copy(update={"values": values})
    inexact = project(1, performance=1, scalability=1)
    exact = project(2, "U1", cost=1, efficiency=1)
    assert order(inexact, exact, charter=charter) == [2, 1]


def test_unscored__are_ordered_by_backers_then_age() -> None:
    assert order(project(3), project(2, "U1"), project(1)) == [2, 1, 3]


def test_out_of_scope__are_ordered_by_age() -> None:
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
def test_impact_at_threshold__decides_the_section(
    impacts: dict[str, int], section: Section
) -> None:
    charter = PLAIN.model_copy(update={"moves_at": 1.0})
    assert rank([project(1, **impacts)], charter).projects[0].section is section


def test_helps_with_fire_but_hurts_number_one__is_held() -> None:
    ranking = rank([project(1, availability=3, security=-2)], PLAIN, fires=["availability"])
    assert ranking.projects[0].section is Section.HELD


def test_project_id__finds_the_project() -> None:
    ranking = rank([project(7, cost=1)], PLAIN)
    assert ranking.find(7) is ranking.projects[0]
    assert ranking.find(8) is None


def test_ranking__has_charter_and_disputed_values() -> None:
    disputed = Candidate(id=1, title="x", scores={"U1": {"cost": 3}, "U2": {"cost": -3}})
    ranking = rank([disputed, project(2, cost=1)], PLAIN)
    assert ranking.charter == PLAIN
    assert {each.candidate.id: each.disputed for each in ranking.projects} == {1: ("cost",), 2: ()}


def only(ranking: Ranking) -> RankedProject:
    (ranked,) = ranking.projects
    return ranked


@given(projects(1), people, values, charters, fires)
def test_impact_raised__never_lowers_the_needle(
    project: Candidate, person: str, key: str, charter: Charter, fires: frozenset[str]
) -> None:
    score = project.scores.get(person, {})
    needles = []
    for impact in range(-3, 4):
        changed = {"scores": project.scores | {person: score | {key: impact}}}
        needles.append(only(rank([project.model_copy(update=changed)], charter, fires)).needle)
    assert needles == sorted(needles)


@given(projects(1), people, values, charters, fires)
def test_quick_score_added__lowers_neither_impact_nor_needle(
    project: Candidate, person: str, key: str, charter: Charter, fires: frozenset[str]
) -> None:
    chosen = [*project.quick_scores.get(person, []), key]
    quick_scores = project.quick_scores | {person: chosen}
    before = only(rank([project], charter, fires))
    after = only(rank([project.model_copy(update={"quick_scores": quick_scores})], charter, fires))
    assert after.impact[key] >= before.impact[key]
    assert after.needle >= before.needle
    assert {k: x for k, x in after.impact.items() if k != key} == {
        k: x for k, x in before.impact.items() if k != key
    }


@given(projects(1), people, charters, fires)
def test_backer_added__never_lowers_the_needle(
    project: Candidate, person: str, charter: Charter, fires: frozenset[str]
) -> None:
    backers = project.backers | {person}
    before = only(rank([project], charter, fires))
    after = only(rank([project.model_copy(update={"backers": backers})], charter, fires))
    assert after.needle >= before.needle
    assert after.impact == before.impact


@given(boards, people, values | st.just("👍"), charters, fires)
def test_reaction_added__project_never_falls_in_the_list(
    board: tuple[Candidate, ...],
    person: str,
    emoji: str,
    charter: Charter,
    fires: frozenset[str],
) -> None:
    first, *others = board
    quick = first.quick_scores.get(person, [])
    change = (
        {"backers": first.backers | {person}}
        if emoji == "👍"
        else {"quick_scores": first.quick_scores | {person: [*quick, emoji]}}
    )
    reacted = first.model_copy(update=change)
    places = [
        [ranked.candidate.id for ranked in rank([project, *others], charter, fires).projects].index(
            first.id
        )
        for project in (first, reacted)
    ]
    assert places[1] <= places[0]


def test_quick_score_agrees_with_the_mean__value_still_moves() -> None:
    # As floats, (11 + 1.1) ÷ 11 is less than 1.1.
    scores: dict[str, Score] = {f"U{n}": {"cost": 1 + (n < 1)} for n in range(10)}
    agreed = Candidate(id=1, title="x", scores=scores, quick_scores={"V": ["cost"]})
    ranked = only(rank([agreed], Charter(prior_people=0, moves_at=1.1)))
    assert ranked.moved == ("cost",)


def test_quick_score__counts_as_the_mean_or_the_least() -> None:
    scores: dict[str, Score] = {"U1": {"cost": 3, "efficiency": -2}, "U2": {"cost": 2}}
    quick = {"U3": ["cost", "efficiency", "security"]}
    charter = Charter(prior_people=1, quick_impact=2)
    impact = only(
        rank([Candidate(id=1, title="x", scores=scores, quick_scores=quick)], charter)
    ).impact
    assert impact["cost"] == 7.5 / 4
    assert impact["efficiency"] == 0
    assert impact["security"] == 2 / 4


@given(boards, charters, values)
def test_value_is_burning__projects_that_help_it_come_first(
    board: tuple[Candidate, ...], charter: Charter, fire: str
) -> None:
    ranks = [
        (fire in ranked.moved, ranked.rank)
        for ranked in rank(board, charter, [fire]).projects
        if ranked.rank is not None
    ]
    helping = [rank for helps, rank in ranks if helps]
    waiting = [rank for helps, rank in ranks if not helps]
    assert max(helping, default=0) < min(waiting, default=len(board) + 1)


def test_most_backers_possible__never_exceed_the_bonus() -> None:
    project_alone = Candidate(id=1, title="x", scores={"U1": {"cost": 3}})
    crowd = frozenset(f"U{n}" for n in range(10_000))
    backed = project_alone.model_copy(update={"backers": crowd})
    needles = [only(rank([each], Charter(quorum=1))).needle for each in (project_alone, backed)]
    assert 1.09 < needles[1] / needles[0] < 1.1


def test_best_project_possible__has_needle_100() -> None:
    charter = Charter(prior_people=0, quorum=1)
    scores: dict[str, Score] = {"U1": dict.fromkeys(charter.keys, 3)}
    best = Candidate(id=1, title="x", scores=scores, backers=frozenset({"U1"}))
    assert only(rank([best], charter)).needle == pytest.approx(100)


def test_only_no_opinion__is_not_a_score() -> None:
    silent: dict[str, Score] = {"U1": dict.fromkeys(DEFAULT_CHARTER.keys, None)}
    project = Candidate(id=1, title="x", scores=silent, quick_scores={"U1": ["cost"]})
    ranked = only(rank([project], Charter(quorum=1, prior_people=0)))
    assert (ranked.scorer_count, ranked.section) == (0, Section.UNSCORED)
    assert ranked.impact["cost"] == 1


def test_no_opinion_on_a_value__leaves_the_person_out_there() -> None:
    scores: dict[str, Score] = {"U1": {"cost": 2, "efficiency": None}, "U2": {"efficiency": 2}}
    ranked = only(rank([Candidate(id=1, title="x", scores=scores)], PLAIN))
    assert (ranked.impact["cost"], ranked.impact["efficiency"]) == (1, 2)


@pytest.mark.parametrize(
    ("needed", "revealed", "visible", "scores_visible"),
    [
        (None, False, False, False),
        (2, False, False, False),
        (1, False, True, True),
        (None, True, True, False),
        (2, True, True, False),
    ],
)
def test_quorum_and_reveal__decide_what_is_visible(
    needed: int | None,
    *,
    revealed: bool,
    visible: bool,
    scores_visible: bool,
) -> None:
    project = Candidate(
        id=1,
        title="x",
        quorum_needed=needed,
        revealed=revealed,
        scores={"U1": {"cost": 3}},
        backers=frozenset({"U2"}),
    )
    ranked = only(rank([project]))
    assert (ranked.results_visible, ranked.scores_visible) == (visible, scores_visible)
    assert ranked.revealed_early is (visible and not scores_visible)
    assert ranked.quorum == (needed or 3)


def test_revealed_without_a_score__stays_unscored() -> None:
    project = Candidate(id=1, title="x", revealed=True, backers=frozenset({"U2"}))
    assert not only(rank([project])).results_visible


@given(boards, charters, fires, st.randoms(use_true_random=False))
def test_people_and_projects_shuffled__ranking_is_the_same(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str], random: Any
) -> None:
    def shuffled(items: Any) -> list[Any]:
        mixed: list[Any] = random.sample(list(items), len(items))
        return mixed

    reordered = [
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
    again, before = rank(reordered, charter, shuffled(fires)), rank(board, charter, fires)
    assert again == before
    assert [each.explain(str) for each in again.projects] == [
        each.explain(str) for each in before.projects
    ]


@given(boards, charters, fires)
def test_equal_input__gives_an_equal_ranking(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    again = [Candidate.model_validate_json(project.model_dump_json()) for project in board]
    assert rank(again, charter, fires) == rank(board, charter, fires)


@given(boards, projects(99), charters, fires)
def test_unrelated_project_added__changes_no_needle(
    board: tuple[Candidate, ...], another: Candidate, charter: Charter, fires: frozenset[str]
) -> None:
    before, after = rank(board, charter, fires), rank([*board, another], charter, fires)
    order = [each.candidate.id for each in after.projects if each.candidate.id != another.id]
    assert order == [each.candidate.id for each in before.projects]
    for project in before.projects:
        same = after.find(project.candidate.id)
        assert same
        assert (same.needle, same.section) == (project.needle, project.section)
