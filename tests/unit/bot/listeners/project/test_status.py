"""How projects move on, and who may say so: whatever form was shown to whom."""

import json
from typing import Any

import pytest

from bot.views.data.project_state import ProjectReference
from bot.views.modals import edit, project_status, propose, steps
from bot.views.posts import card
from domain.projects.lifecycle import RESULTING_STATUS, Status, Transition
from domain.projects.proposal import Proposal
from storage.tables import AccountType
from tests.support.channel import PROPOSAL
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import answering, submitted

TITLE = PROPOSAL.title
SCORE_IT = "so you can't score it anymore"
STEPPED = PROPOSAL.model_copy(update={"steps": ("One", "Two")})
WORDS = {
    Transition.MERGE: {"into": "2"},
    Transition.DECLINE: {"reason": "Not now."},
    Transition.HAND_OFF: {"reason": "Not ours.", "handed_to": "Ask in #net."},
}
STEWARDS_ONLY = (Transition.DECLINE, Transition.HAND_OFF)


@pytest.fixture
def two(team: ListenerHarness) -> ListenerHarness:
    """Two projects that U1 proposed, the second without steps; U3 is the steward."""
    team.channel.proposes("first", STEPPED)
    team.channel.proposes("second", Proposal(title="Something else", summary="More of the same."))
    team.channel.adds_people("U3")
    team.appoints("U3")
    return team


def a_move(move: Transition, number: int = 1, status: Status = Status.OPEN) -> dict[str, Any]:
    """The form that takes the move as it is, or its words."""
    if move not in WORDS:
        form = project_status.form(HERE, number, TITLE, status, steward=True)
        return submitted(form, move=str(move))
    others = [ProjectReference(2, "Something else", None), ProjectReference(3, "Elsewhere", None)]
    return submitted(project_status.details_form(HERE, number, TITLE, move, others), **WORDS[move])


def an_edit(proposal: Proposal = STEPPED, **fields: str) -> dict[str, Any]:
    return submitted(edit.form(HERE, 1, proposal), **fields)


def ticks(*places: str, proposal: Proposal = STEPPED) -> dict[str, Any]:
    return submitted(steps.form(HERE, 1, proposal, ()), steps0=list(places))


def chooses(team: ListenerHarness, who: str, what: str, number: str = "1") -> str:
    chosen = {"value": f"{what}:{number}"}
    return team.presses(who, card.MORE, selected_option=chosen)


@pytest.mark.parametrize("move", [each for each in Transition if each is not Transition.REOPEN])
def test_a_steward_makes_every_move(two: ListenerHarness, move: Transition) -> None:
    assert two.submits("U3", a_move(move)) == ""
    assert two.channel.project().status is RESULTING_STATUS[move]


@pytest.mark.parametrize("move", [each for each in Transition if each is not Transition.REOPEN])
def test_who_proposed_it_makes_all_moves_but_the_stewards(
    two: ListenerHarness, move: Transition
) -> None:
    told = two.submits("U1", a_move(move))
    if move in STEWARDS_ONLY:
        assert "Only a steward of this board can do that. Ask <@U3>." in told
        assert two.channel.project().status is Status.OPEN
    else:
        assert two.channel.project().status is RESULTING_STATUS[move]


@pytest.mark.parametrize("move", [each for each in Transition if each is not Transition.REOPEN])
def test_another_member_makes_none(two: ListenerHarness, move: Transition) -> None:
    before = two.dump()
    told = two.submits("U2", a_move(move))
    assert "a steward" in told
    assert two.dump() == before


@pytest.mark.parametrize("status", [Status.DECLINED, Status.HANDED_OFF])
def test_what_the_stewards_decided_they_alone_take_back(
    two: ListenerHarness, status: Status
) -> None:
    two.channel.changes_status(1, status)
    reopening = a_move(Transition.REOPEN, status=status)
    assert "Only a steward" in two.submits("U1", reopening)
    two.submits("U3", reopening)
    assert two.channel.project().status is Status.OPEN


def test_a_move_from_where_it_no_longer_stands_is_refused_in_words(two: ListenerHarness) -> None:
    ship, start = a_move(Transition.SHIP), a_move(Transition.START)
    two.submits("U1", start)
    assert "#1 has started, so that status change isn" in two.submits("U1", start)
    two.submits("U1", ship)
    assert "#1 has shipped, so that status change isn" in two.submits("U1", start)
    assert "#1 has shipped, so that status change isn" in two.submits(
        "U1", a_move(Transition.MERGE)
    )


def test_it_is_merged_only_into_another_that_is_open(two: ListenerHarness) -> None:
    into_itself = submitted(
        project_status.details_form(
            HERE, 1, TITLE, Transition.MERGE, [ProjectReference(1, TITLE, None)]
        ),
        into="1",
    )
    assert "can't be merged into" in two.submits("U1", into_itself)
    two.channel.changes_status(2, Status.DROPPED)
    assert "Choose another project that is open." in two.submits("U1", a_move(Transition.MERGE))
    elsewhere = submitted(
        project_status.details_form(
            HERE, 1, TITLE, Transition.MERGE, [ProjectReference(9, TITLE, None)]
        ),
        into="9",
    )
    assert "I can't find that project" in two.submits("U1", elsewhere)
    assert two.channel.project().status is Status.OPEN


def test_a_move_that_takes_words_asks_for_them(two: ListenerHarness) -> None:
    form = project_status.form(HERE, 1, TITLE, Status.OPEN, steward=True)
    asked = two.submits("U3", submitted(form, move="decline"))
    assert '"action_id": "reason"' in asked
    assert two.channel.project().status is Status.OPEN
    blank = answering(a_move(Transition.DECLINE), reason="   ")
    assert "Say it in a sentence." in two.submits("U3", blank)
    assert two.channel.project().status is Status.OPEN


def test_where_no_other_is_open_there_is_nothing_to_merge_into(two: ListenerHarness) -> None:
    two.channel.changes_status(2, Status.SHIPPED)
    form = project_status.form(HERE, 1, TITLE, Status.OPEN, steward=False)
    assert "No other project is open" in two.submits("U1", submitted(form, move="merge"))


def test_of_many_projects_one_is_found_by_its_number_or_a_word(two: ListenerHarness) -> None:
    for number in range(3, 110):
        two.channel.proposes(f"V{number}", PROPOSAL.model_copy(update={"title": f"No. {number}"}))
    form = project_status.form(HERE, 1, TITLE, Status.OPEN, steward=False)
    assert '"external_select"' in two.submits("U1", submitted(form, move="merge"))
    view = project_status.details_form(HERE, 1, TITLE, Transition.MERGE, [])
    assert [each["value"] for each in two.searches("U1", project_status.INTO, "#107", view)] == [
        "107"
    ]
    assert [each["value"] for each in two.searches("U1", project_status.INTO, "ELSE", view)] == [
        "2"
    ]
    assert len(two.searches("U1", project_status.INTO, "", view)) == 100


def test_only_members_edit_tick_and_move(two: ListenerHarness) -> None:
    two.channel.adds_people("UBOT", kind=AccountType.BOT)
    before = two.dump()
    for form in (
        an_edit(title="Other title"),
        ticks("0"),
        a_move(Transition.START),
        a_move(Transition.MERGE),
    ):
        assert "only full members" in two.submits("UGUEST", form)
        assert "Apps can't change boards" in two.submits("UBOT", form)
    for what in (card.EDIT, card.STEPS, card.MOVE):
        assert "only full members" in chooses(two, "UGUEST", what)
    assert two.dump() == before
    assert "History of #1" in chooses(two, "UGUEST", card.HISTORY)


def test_a_project_is_edited_by_who_proposed_it_and_by_stewards(two: ListenerHarness) -> None:
    told = "Only <@U1>, who proposed this project, or a steward can do that."
    assert told in two.submits("U2", an_edit(title="Rotate all keys"))
    assert told in chooses(two, "U2", card.EDIT)
    assert two.titles[0] == TITLE
    assert two.submits("U1", an_edit(title="Rotate all keys")) == ""
    edited = STEPPED.model_copy(update={"title": "Rotate all keys"})
    assert two.submits("U3", an_edit(edited, effort_weeks="2.5")) == ""
    assert two.channel.project().proposal == edited.model_copy(update={"effort_weeks": 2.5})
    history = chooses(two, "U2", card.HISTORY)
    assert f"<@U1> edited it: title: {TITLE} → Rotate all keys" in history
    assert "<@U3> edited it: effort: none → 2.5" in history


def test_steps_are_edited_and_those_that_stay_stay_ticked(two: ListenerHarness) -> None:
    two.submits("U2", ticks("0"))
    assert two.submits("U1", an_edit(steps="One\nThree")) == ""
    assert two.channel.project().proposal.steps == ("One", "Three")
    assert two.channel.project().steps_done == ("One",)
    assert "<@U1> edited it: steps" in chooses(two, "U2", card.HISTORY)


def test_an_edit_of_nothing_is_none(two: ListenerHarness) -> None:
    before = two.dump_facts()
    assert two.submits("U1", an_edit()) == ""
    assert two.dump_facts() == before


def test_an_edit_of_what_another_edited_meanwhile_is_refused(two: ListenerHarness) -> None:
    stale = an_edit(title="Rotate some keys")
    two.submits("U3", an_edit(title="Rotate all keys"))
    assert "Someone else edited #1" in two.submits("U1", stale)
    assert "while your form was open, so nothing was saved" in two.submits("U2", ticks("0"))
    assert two.titles[0] == "Rotate all keys"
    assert two.channel.project().steps_done == ()


def test_any_member_ticks_off_a_step_and_keeps_what_others_ticked_meanwhile(
    two: ListenerHarness,
) -> None:
    first, second = ticks("0"), ticks("1")
    assert two.submits("U2", first) == ""
    assert two.submits("U3", second) == ""
    assert two.channel.project().steps_done == ("One", "Two")
    assert "<@U2> ticked off a step: One" in chooses(two, "U2", card.HISTORY)


def test_a_project_without_steps_says_where_they_are_named(two: ListenerHarness) -> None:
    assert "Add them with ⋯ → *Edit*" in chooses(two, "U2", card.STEPS, "2")


def test_what_is_no_longer_ranked_is_neither_scored_edited_nor_ticked(two: ListenerHarness) -> None:
    two.channel.changes_status(1, Status.SHIPPED)
    before = two.dump()
    assert SCORE_IT in two.presses("U2", card.SCORE, value="1")
    assert "Reopen it before you edit it" in two.submits("U1", an_edit(title="Other title"))
    assert "Reopen it before you change its steps" in two.submits("U1", ticks("0"))
    assert two.dump() == before


def test_who_would_score_what_was_merged_is_sent_to_the_other(two: ListenerHarness) -> None:
    two.channel.changes_status(1, Status.MERGED, into=2)
    assert "#1 was merged into #2. Score #2 instead." in two.presses("U2", card.SCORE, value="1")


@pytest.mark.parametrize("number", ["", "0", "3", "-1", "x", "9" * 5000, "١٢"])
def test_a_number_that_is_on_no_card_is_refused_in_words(two: ListenerHarness, number: str) -> None:
    for what in (card.WHY, card.EDIT, card.STEPS, card.MOVE, card.HISTORY):
        assert "I can't find that project." in chooses(two, "U1", what, number)


def test_what_no_menu_offers_is_refused_in_words(two: ListenerHarness) -> None:
    assert "That option is gone" in chooses(two, "U1", "delete")


def test_of_many_that_are_alike_three_are_shown_and_then_it_goes_through(
    two: ListenerHarness,
) -> None:
    for number in range(3, 9):
        two.channel.proposes(f"V{number}", PROPOSAL)
    form = propose.form(TITLE, [(HERE, "ops")])
    asked = two.submits("U2", submitted(form, summary="Much the same."), "V90")
    assert len(two.titles) == 8
    view = json.loads(asked)["view"]
    assert json.loads(view["private_metadata"])["alike"] == [1, 3, 4]
    assert two.submits("U2", submitted(view), "V90") == ""
    assert two.titles[8:] == [TITLE]


def test_what_is_alike_but_no_longer_open_is_not_shown(two: ListenerHarness) -> None:
    two.channel.changes_status(1, Status.SHIPPED)
    form = propose.form(TITLE, [(HERE, "ops")])
    assert two.submits("U2", submitted(form, summary="Once more, please."), "V90") == ""


def test_history_tells_of_no_score(two: ListenerHarness) -> None:
    two.channel.scores("U2", {"cost": 3})
    assert "<@U2>" not in chooses(two, "U1", card.HISTORY)
