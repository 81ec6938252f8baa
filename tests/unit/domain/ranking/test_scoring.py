from fractions import Fraction
from statistics import pvariance

from hypothesis import given
from hypothesis import strategies as st

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.ranking import Section, rank
from domain.ranking.scoring import disputed_values, form_impacts, person_tally
from tests.support.strategies import KEYS


def impact(project: Candidate, charter: Charter = DEFAULT_CHARTER) -> dict[str, float]:
    ranked = rank([project], charter).find(project.id)
    assert ranked
    return ranked.impact


def test_default_prior__dampens_the_mean(keys_project: Candidate) -> None:
    assert impact(keys_project)["security"] == 9 / 5


def test_value_missing_in_score__counts_as_no_effect(keys_project: Candidate) -> None:
    assert impact(keys_project)["availability"] == 1 / 5


def test_no_prior_people__impact_is_the_plain_mean(keys_project: Candidate) -> None:
    assert impact(keys_project, Charter(prior_people=0))["security"] == 3.0


def test_value_without_impacts__has_impact_zero() -> None:
    project = Candidate(id=1, title="x", quick_scores={"U1": ["cost"]})
    assert impact(project, Charter(prior_people=0)) == dict.fromkeys(DEFAULT_CHARTER.keys, 0.0) | {
        "cost": 1.0
    }


def test_quick_score__changes_only_its_own_value(keys_project: Candidate) -> None:
    voted = keys_project.model_copy(update={"quick_scores": {"U4": ["availability"]}})
    assert impact(voted)["availability"] == 2 / 6
    assert impact(voted)["security"] == impact(keys_project)["security"]


def test_repeated_quick_score__counts_once() -> None:
    once = Candidate(id=1, title="x", quick_scores={"U1": ["cost"]})
    twice = Candidate(id=1, title="x", quick_scores={"U1": ["cost", "cost"]})
    assert impact(once) == impact(twice)


def test_person_has_score__quick_score_is_ignored(keys_project: Candidate) -> None:
    voted = keys_project.model_copy(update={"quick_scores": {"U1": ["cost", "availability"]}})
    assert impact(voted) == impact(keys_project)


def test_quick_impact_set__quick_score_counts_that_much() -> None:
    project = Candidate(id=1, title="x", quick_scores={"U1": ["cost"]})
    assert impact(project, Charter(quick_impact=3))["cost"] == 1.0


def test_only_quick_scores_and_backers__make_no_quorum() -> None:
    everyone = ["U1", "U2", "U3", "U4"]
    quick = {person: ["security"] for person in everyone}
    ranking = rank([Candidate(id=1, title="x", quick_scores=quick, backers=frozenset(everyone))])
    assert ranking.projects[0].section is Section.UNSCORED
    assert ranking.projects[0].scorer_count == 0


def test_value_retired__its_scores_are_ignored(
    keys_project: Candidate,
) -> None:
    fewer = Charter(values=DEFAULT_CHARTER.values[1:])
    assert impact(keys_project, fewer)["availability"] == 1 / 5
    assert rank([keys_project], fewer, fires=["security"]).fires == frozenset()


def test_disputed_values__come_widest_first() -> None:
    scores = {
        "U1": {"security": 3, "availability": 3, "performance": 2},
        "U2": {"security": 0, "availability": -3, "performance": 0},
        "U3": {"security": 3, "availability": 3, "performance": 0},
    }
    project = Candidate(id=1, title="x", scores=scores)
    assert disputed_values(form_impacts(project.scores, DEFAULT_CHARTER), DEFAULT_CHARTER) == (
        "availability",
        "security",
    )


def test_equally_disputed__come_in_charter_order() -> None:
    scores = {"U1": {"cost": 3, "security": -3}, "U2": {}}
    project = Candidate(id=1, title="x", scores=scores)
    assert disputed_values(form_impacts(project.scores, DEFAULT_CHARTER), DEFAULT_CHARTER) == (
        "security",
        "cost",
    )


def test_negative_impacts__count_equally_for_disputes() -> None:
    project = Candidate(id=1, title="x", scores={"U1": {"security": 3, "cost": -3}, "U2": {}})
    assert disputed_values(form_impacts(project.scores, DEFAULT_CHARTER), DEFAULT_CHARTER) == (
        "security",
        "cost",
    )


def test_quick_scores_differ__nothing_is_disputed() -> None:
    project = Candidate(id=1, title="x", scores={"U1": {"cost": -2}}, quick_scores={"U2": ["cost"]})
    assert (
        disputed_values(form_impacts(project.scores, DEFAULT_CHARTER), Charter(quick_impact=3))
        == ()
    )


def test_disputed_values__are_ordered_by_variance_of_all() -> None:
    scores = {
        "U1": {"security": 3, "availability": 3, "cost": 3},
        "U2": {"security": 0, "availability": 3, "cost": 3},
        "U3": {"security": 0, "availability": 0, "cost": -3},
    }
    project = Candidate(id=1, title="x", scores=scores)
    assert disputed_values(form_impacts(project.scores, DEFAULT_CHARTER), DEFAULT_CHARTER) == (
        "cost",
        "security",
        "availability",
    )


@given(
    st.tuples(*(st.lists(st.integers(-3, 3), max_size=5) for _ in KEYS)),
)
def test_any_impacts__values_are_disputed_by_exact_variance(
    impacts_by_value: tuple[list[int], ...],
) -> None:
    variances = {
        key: pvariance(map(Fraction, impacts))
        for key, impacts in zip(KEYS, impacts_by_value, strict=True)
        if impacts and max(impacts) - min(impacts) >= 3
    }
    widest_first = sorted(variances, key=lambda key: -variances[key])
    assert disputed_values(impacts_by_value, DEFAULT_CHARTER) == tuple(widest_first)


def test_person_tally_of_quick_score__has_only_chosen_values() -> None:
    charter = DEFAULT_CHARTER.without_value("efficiency")
    project = Candidate(id=1, title="x", quick_scores={"U1": ["cost", "efficiency"]})
    given = person_tally("U1", project, charter)
    assert given is not None
    assert dict(zip(charter.keys, given.quick, strict=True)) == dict.fromkeys(charter.keys, 0) | {
        "cost": 1
    }
    assert not any((*given.sums, *given.counts))
    assert person_tally("U2", project, charter) is None
