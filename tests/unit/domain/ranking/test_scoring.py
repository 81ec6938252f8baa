from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.ranking import Section, rank
from domain.ranking.scoring import disputed_values, form_impacts, person_tally


def impact(project: Candidate, charter: Charter = DEFAULT_CHARTER) -> dict[str, float]:
    ranked = rank([project], charter).find(project.id)
    assert ranked
    return ranked.impact


def test_two_silent_people_temper_every_mean(keys_project: Candidate) -> None:
    assert impact(keys_project)["security"] == 9 / 5


def test_a_value_missing_from_a_score_counts_as_no_effect(keys_project: Candidate) -> None:
    assert impact(keys_project)["availability"] == 1 / 5


def test_without_silent_people_a_mean_is_a_mean(keys_project: Candidate) -> None:
    assert impact(keys_project, Charter(prior_people=0))["security"] == 3.0


def test_a_value_that_nobody_speaks_of_has_no_impact_even_without_silent_people() -> None:
    project = Candidate(id=1, title="x", quick_scores={"U1": ["cost"]})
    assert impact(project, Charter(prior_people=0)) == dict.fromkeys(DEFAULT_CHARTER.keys, 0.0) | {
        "cost": 1.0
    }


def test_a_quick_score_speaks_for_its_own_value_alone(keys_project: Candidate) -> None:
    voted = keys_project.model_copy(update={"quick_scores": {"U4": ["availability"]}})
    assert impact(voted)["availability"] == 2 / 6
    assert impact(voted)["security"] == impact(keys_project)["security"]


def test_a_quick_score_twice_counts_once() -> None:
    once = Candidate(id=1, title="x", quick_scores={"U1": ["cost"]})
    twice = Candidate(id=1, title="x", quick_scores={"U1": ["cost", "cost"]})
    assert impact(once) == impact(twice)


def test_a_quick_score_counts_only_while_its_person_has_no_score(keys_project: Candidate) -> None:
    voted = keys_project.model_copy(update={"quick_scores": {"U1": ["cost", "availability"]}})
    assert impact(voted) == impact(keys_project)


def test_a_charter_sets_what_a_quick_score_is_worth() -> None:
    project = Candidate(id=1, title="x", quick_scores={"U1": ["cost"]})
    assert impact(project, Charter(quick_impact=3))["cost"] == 1.0


def test_quick_scores_and_backers_do_not_make_a_quorum() -> None:
    everyone = ["U1", "U2", "U3", "U4"]
    quick = {person: ["security"] for person in everyone}
    ranking = rank([Candidate(id=1, title="x", quick_scores=quick, backers=frozenset(everyone))])
    assert ranking.projects[0].section is Section.UNSCORED
    assert ranking.projects[0].scorer_count == 0


def test_scores_for_a_value_that_the_charter_dropped_are_left_aside(
    keys_project: Candidate,
) -> None:
    fewer = Charter(values=DEFAULT_CHARTER.values[1:])
    assert impact(keys_project, fewer)["availability"] == 1 / 5
    assert rank([keys_project], fewer, fires=["security"]).fires == frozenset()


def test_disputed_values_come_widest_first_and_a_gap_of_two_is_no_dispute() -> None:
    scores = {
        "U1": {"security": 3, "availability": 3, "performance": 2},
        "U2": {"security": 0, "availability": -3, "performance": 0},
        "U3": {"security": 3, "availability": 3, "performance": 0},
    }
    project = Candidate(id=1, title="x", scores=scores)
    assert disputed_values(form_impacts(project, DEFAULT_CHARTER), DEFAULT_CHARTER) == (
        "availability",
        "security",
    )


def test_equally_disputed_values_come_in_charter_order() -> None:
    scores = {"U1": {"cost": 3, "security": -3}, "U2": {}}
    project = Candidate(id=1, title="x", scores=scores)
    assert disputed_values(form_impacts(project, DEFAULT_CHARTER), DEFAULT_CHARTER) == (
        "security",
        "cost",
    )


def test_it_is_as_wide_to_differ_below_no_effect_as_above_it() -> None:
    project = Candidate(id=1, title="x", scores={"U1": {"security": 3, "cost": -3}, "U2": {}})
    assert disputed_values(form_impacts(project, DEFAULT_CHARTER), DEFAULT_CHARTER) == (
        "security",
        "cost",
    )


def test_quick_scores_dispute_nothing() -> None:
    project = Candidate(id=1, title="x", scores={"U1": {"cost": -2}}, quick_scores={"U2": ["cost"]})
    assert disputed_values(form_impacts(project, DEFAULT_CHARTER), Charter(quick_impact=3)) == ()


def test_how_widely_all_of_them_differ_decides_and_not_how_high_they_are() -> None:
    scores = {
        "U1": {"security": 3, "availability": 3, "cost": 3},
        "U2": {"security": 0, "availability": 3, "cost": 3},
        "U3": {"security": 0, "availability": 0, "cost": -3},
    }
    project = Candidate(id=1, title="x", scores=scores)
    assert disputed_values(form_impacts(project, DEFAULT_CHARTER), DEFAULT_CHARTER) == (
        "cost",
        "security",
        "availability",
    )


def test_one_persons_quick_score_speaks_only_for_the_values_that_they_chose() -> None:
    charter = DEFAULT_CHARTER.without_value("efficiency")
    project = Candidate(id=1, title="x", quick_scores={"U1": ["cost", "efficiency"]})
    given = person_tally("U1", project, charter)
    assert given is not None
    assert dict(zip(charter.keys, given.counts, strict=True)) == dict.fromkeys(charter.keys, 0) | {
        "cost": 1
    }
    assert sum(given.sums) == charter.quick_impact
    assert person_tally("U2", project, charter) is None
