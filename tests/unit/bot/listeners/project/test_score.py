"""Scoring: the form and what it shows, the next project, and disputes."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.views.modals import score
from bot.views.posts import card
from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER
from storage.posts import outbox
from storage.posts.subjects import ProjectSubject, Subject
from storage.tables import AccountType, PostKind
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.surfaces import Words, a_ballot

PROPOSAL = Words().proposal()


def a_form(number: int, *, own: dict[str, int] | None = None, unscored: int = 1) -> dict[str, Any]:
    ballot = score.ScoreForm(
        HERE,
        number,
        "U1",
        PROPOSAL,
        own,
        "",
        {},
        {},
        3,
        3,
        unscored_count=unscored,
        permanent_id=str(number),
    )
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


def saves_and_goes_on(team: ListenerHarness, person: str, view: dict[str, Any]) -> dict[str, Any]:
    """Press *Save and score next*, and return the view that replaces the form."""
    team.new_requests("views.update")
    team.presses_in_form(person, score.SAVE_AND_NEXT, view)
    [update] = team.new_requests("views.update")
    shown: dict[str, Any] = update["view"]
    return shown


def test_save_and_score_next__goes_through_all(three: ListenerHarness) -> None:
    first = saves_and_goes_on(three, "U1", a_form(2))
    assert first["title"]["text"] == "Score #1"
    assert "Saved your score for #2." in str(first)
    assert "2 of 3" in str(first)
    last = saves_and_goes_on(three, "U1", submitted(first))
    assert last["title"]["text"] == "Score #3"
    assert "No project needs your score" in str(saves_and_goes_on(three, "U1", submitted(last)))
    assert (three.score_of("U1", 2) or {})["security"] == 3


def test_only_no_opinion__is_not_asked_again(three: ListenerHarness) -> None:
    no_opinion = dict.fromkeys(DEFAULT_CHARTER.keys, score.NO_OPINION)
    three.submits("U1", submitted(a_form(1), **no_opinion))
    three.new_requests("views.open")
    three.presses("U1", score.SCORE_NEXT)
    [opened] = three.new_requests("views.open")
    assert opened["view"]["title"]["text"] == "Score #2"
    assert "2 of 3" in str(opened)
    third = saves_and_goes_on(three, "U1", submitted(opened["view"], **no_opinion))
    assert third["title"]["text"] == "Score #3"
    assert "You have no score for #2" in str(third)
    assert "No project needs your score" in str(saves_and_goes_on(three, "U1", submitted(third)))
    assert three.score_of("U1", 1) is None


def test_only_no_opinion__is_preset_in_the_form(three: ListenerHarness) -> None:
    no_opinion = dict.fromkeys(DEFAULT_CHARTER.keys, score.NO_OPINION)
    three.submits("U1", submitted(a_form(1), **no_opinion))
    three.new_requests("views.open")
    three.presses("U1", card.SCORE, value="1")
    [opened] = three.new_requests("views.open")
    preset = score.parse(submitted(opened["view"]), DEFAULT_CHARTER).impacts
    assert preset == dict.fromkeys(DEFAULT_CHARTER.keys)


def test_form_with_no_opinion__removes_score_and_says_so(three: ListenerHarness) -> None:
    three.channel.scores("U1", {"cost": 2})
    answers = dict.fromkeys(DEFAULT_CHARTER.keys, score.NO_OPINION)
    answer = next_form(three.submits("U1", submitted(a_form(1), **answers)))
    assert "You have no score for #1" in str(answer)
    assert three.score_of("U1") is None


def test_save_pressed_twice__saves_once(three: ListenerHarness) -> None:
    three.presses_in_form("U1", score.SAVE_AND_NEXT, a_form(1))
    facts = three.dump()
    assert three.resends() == ""
    assert three.dump() == facts


def test_form_of_an_earlier_version__opens_the_next(three: ListenerHarness) -> None:
    old = a_form(2) | {"private_metadata": json.dumps({"channel": HERE, "number": 2, "goes_on": 1})}
    assert next_form(three.submits("U1", old))["title"]["text"] == "Score #1"


def test_comment_for_the_thread__is_queued(three: ListenerHarness) -> None:
    def updates() -> int:
        return len([post for post in three.pending_posts if post.kind is PostKind.UPDATE])

    three.submits("U1", submitted(a_form(1), comment="It paged us."))
    assert updates() == 0
    three.submits("U1", submitted(a_form(1), comment="It paged us.", post_comment=["yes"]))
    assert updates() == 1
    saves_and_goes_on(
        three, "U1", submitted(a_form(1), comment="It paged us.", post_comment=["yes"])
    )
    assert updates() == 1, "a second click posts nothing"
    three.submits("U1", submitted(a_form(1), comment="Twice.", post_comment=["yes"]))
    assert updates() == 2
    assert "commented: It paged us." in three.presses(
        "U1", card.MORE, selected_option={"value": f"{card.HISTORY}:1"}
    )


def test_next_form__hides_others_scores(three: ListenerHarness) -> None:
    form = str(saves_and_goes_on(three, "U1", a_form(2)))
    assert "U2" not in form
    assert "It paged us twice." not in form


def opened_form(team: ListenerHarness, person: str) -> str:
    """Return the form that the card's button opens."""
    team.new_requests("views.open")
    team.presses(person, card.SCORE, value="1")
    [opened] = team.new_requests("views.open")
    return str(opened)


def test_others_scores__show_to_scorers_after_quorum(three: ListenerHarness) -> None:
    three.channel.adds_people("U3", "U4")
    three.slack.members.add("U4")
    three.channel.scores("U1", {"cost": -1})
    assert "U2" not in opened_form(three, "U1"), "two of three have scored"
    assert "It paged us twice." not in opened_form(three, "U1")
    three.channel.scores("U3", {"cost": 2})
    assert "<@U2> +3" in opened_form(three, "U1")
    assert "It paged us twice." in opened_form(three, "U1")
    assert "U2" not in opened_form(three, "U4")
    three.channel.adds_people("U3", kind=AccountType.GUEST)
    assert "U2" not in opened_form(three, "U1")


def test_scores_of_merged_project__are_prefilled(three: ListenerHarness) -> None:
    three.channel.scores("U1", {"cost": -1}, number=3)
    three.channel.changes_status(3, Status.MERGED, into=1)
    three.new_requests("views.open")
    three.presses("U1", card.SCORE, value="1")
    [opened] = three.new_requests("views.open")
    three.submits("U1", submitted(opened["view"]))
    assert three.score_of("U1") == dict.fromkeys(DEFAULT_CHARTER.keys, 0) | {"cost": -1}


def test_save_button__closes_the_form(three: ListenerHarness) -> None:
    assert three.submits("U1", a_form(1)) == ""
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
    ballot = replace(a_ballot(Words()), permanent_id=team.channel.project().permanent_id)
    form = score.form(ballot, team.board.charter)
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
