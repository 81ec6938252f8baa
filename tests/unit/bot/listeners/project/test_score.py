"""Scoring: the form and what it shows, the next project, and disputes."""

import json
from typing import Any

import pytest

from bot.views.modals import score
from bot.views.posts import card
from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER
from storage.posts import outbox
from storage.posts.subjects import ProjectSubject, Subject
from storage.tables import PostKind
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.surfaces import Words, a_ballot

PROPOSAL = Words().proposal()


def a_form(number: int, *, own: dict[str, int] | None = None, unscored: int = 1) -> dict[str, Any]:
    ballot = score.ScoreForm(HERE, number, "U1", PROPOSAL, own, "", {}, {}, unscored_count=unscored)
    return submitted(score.form(ballot, DEFAULT_CHARTER), security="3")


def next_form(answer: str) -> dict[str, Any]:
    """Return the form that replaces the submitted one."""
    response = json.loads(answer)
    assert response["response_action"] == "update"
    view: dict[str, Any] = response["view"]
    return view


@pytest.fixture
def three(team: ListenerHarness) -> ListenerHarness:
    """Three projects, each scored by U2 with a comment."""
    for number in (1, 2, 3):
        team.channel.proposes(f"origin {number}")
        team.channel.scores("U2", {"cost": 3}, number=number, comment="It paged us twice.")
    return team


def test_next_form__takes_oldest_unscored_and_counts_rest(
    three: ListenerHarness,
) -> None:
    first = next_form(three.submits("U1", a_form(2)))
    assert first["title"]["text"] == "Score #1"
    assert first["submit"]["text"] == "Save and score next"
    assert "1 more to score after this one." in str(first)
    last = next_form(three.submits("U1", submitted(first)))
    assert last["title"]["text"] == "Score #3"
    assert last["submit"]["text"] == "Save"
    assert three.submits("U1", submitted(last)) == ""


def test_next_form__hides_others_scores(three: ListenerHarness) -> None:
    form = str(next_form(three.submits("U1", a_form(2))))
    assert "U2" not in form
    assert "It paged us twice." not in form


def test_scores_of_merged_project__are_prefilled(three: ListenerHarness) -> None:
    three.channel.scores("U1", {"cost": -1}, number=3)
    three.channel.changes_status(3, Status.MERGED, into=1)
    three.new_requests("views.open")
    three.presses("U1", card.SCORE, value="1")
    [opened] = three.new_requests("views.open")
    assert "<@U2> +3" in str(opened), "others' scores show after the own one"
    three.submits("U1", submitted(opened["view"]))
    assert three.score_of("U1") == dict.fromkeys(DEFAULT_CHARTER.keys, 0) | {"cost": -1}


def test_save_button__closes_despite_newer_projects(
    three: ListenerHarness,
) -> None:
    assert three.submits("U1", a_form(1, unscored=0)) == ""
    assert three.submits("U1", a_form(1, own={"security": 1})) == ""
    assert three.score_of("U1") == dict.fromkeys(DEFAULT_CHARTER.keys, 0) | {"security": 3}


def test_unknown_project__is_refused(three: ListenerHarness) -> None:
    assert "I can't find that project." in three.submits("U1", a_form(7))


def test_form_submitted_again__corrects_score(
    three: ListenerHarness,
) -> None:
    # The first response came too late, so the form stayed open with the same trigger.
    form = a_form(1, unscored=0)
    assert three.submits("U1", form) == ""
    assert three.submits("U1", submitted(form, security="-3")) == ""
    assert (three.score_of("U1") or {})["security"] == -3


def scores_cost(team: ListenerHarness, person: str, impact: int) -> None:
    form = score.form(a_ballot(Words()), team.board.charter)
    team.submits(person, submitted(form, cost=str(impact)))


def disputes(team: ListenerHarness) -> set[Subject]:
    with team.database.snapshot() as session:
        return outbox.list_subjects(session, team.board.id, PostKind.DISPUTE)


def test_quorum_reached__enqueues_dispute_once(team: ListenerHarness) -> None:
    team.channel.adds_people("U3")
    team.channel.proposes("V1")
    scores_cost(team, "U1", 3)
    scores_cost(team, "U2", -1)
    assert disputes(team) == set()
    scores_cost(team, "U3", 1)
    assert disputes(team) == {ProjectSubject(1)}
    scores_cost(team, "U3", 2)
    assert disputes(team) == {ProjectSubject(1)}


def test_scores_agree__no_dispute_is_posted(team: ListenerHarness) -> None:
    team.channel.adds_people("U3")
    team.channel.proposes("V1")
    for person, impact in (("U1", 3), ("U2", 1), ("U3", 2)):
        scores_cost(team, person, impact)
    assert disputes(team) == set()
