"""Status changes and their permissions, whatever an open form showed."""

import json
from typing import Any

import pytest

from bot.views.data.project_state import ProjectReference
from bot.views.modals import edit, project_status, propose, steps
from bot.views.posts import card
from domain.projects.lifecycle import RESULTING_STATUS, Role, Status, Transition
from domain.projects.proposal import Proposal
from storage.tables import AccountType
from tests.support.channel import PROPOSAL
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import answering, submitted

TITLE = PROPOSAL.title
NOT_SCORABLE = "so you can't score it anymore"
STEPPED = PROPOSAL.model_copy(update={"steps": ("One", "Two")})
DETAILS = {
    Transition.MERGE: {"into": "2"},
    Transition.DECLINE: {"reason": "Not now."},
    Transition.HAND_OFF: {"reason": "Not ours.", "handed_to": "Ask in #net."},
}
STEWARDS_ONLY = (Transition.DECLINE, Transition.HAND_OFF)


@pytest.fixture
def two(team: ListenerHarness) -> ListenerHarness:
    """Two projects of U1's, the second without steps. U3 is the steward."""
    team.channel.proposes("first", STEPPED)
    team.channel.proposes("second", Proposal(title="Something else", summary="More of the same."))
    team.channel.adds_people("U3")
    team.appoints("U3")
    return team


def a_move(move: Transition, number: int = 1, status: Status = Status.OPEN) -> dict[str, Any]:
    """Return a submitted status form, or the form with the details of a change."""
    if move not in DETAILS:
        form = project_status.form(
            HERE, number, TITLE, status, roles={Role.STEWARD}, permanent_id=str(number)
        )
        return submitted(form, move=str(move))
    others = [
        ProjectReference(2, "Something else", None, "2"),
        ProjectReference(3, "Elsewhere", None, "3"),
    ]
    return submitted(
        project_status.details_form(HERE, number, TITLE, move, others, permanent_id=str(number)),
        **DETAILS[move],
    )


def an_edit(proposal: Proposal = STEPPED, **fields: str) -> dict[str, Any]:
    return submitted(edit.form(HERE, 1, proposal, permanent_id="1"), **fields)


def tick_steps(*indexes: str, proposal: Proposal = STEPPED) -> dict[str, Any]:
    return submitted(steps.form(HERE, 1, proposal, (), permanent_id="1"), steps0=list(indexes))


def choose_entry(team: ListenerHarness, person: str, entry: str, number: str = "1") -> str:
    chosen = {"value": f"{entry}:{number}"}
    return team.presses(person, card.MORE, selected_option=chosen)


@pytest.mark.parametrize("move", [move for move in Transition if move is not Transition.REOPEN])
def test_steward__may_make_every_transition(two: ListenerHarness, move: Transition) -> None:
    assert two.submits("U3", a_move(move)) == ""
    assert two.channel.project().status is RESULTING_STATUS[move]


@pytest.mark.parametrize("move", [move for move in Transition if move is not Transition.REOPEN])
def test_proposer__may_not_make_stewards_transitions(
    two: ListenerHarness, move: Transition
) -> None:
    reply = two.submits("U1", a_move(move))
    if move in STEWARDS_ONLY:
        assert "Only stewards, who change this board's settings, can do that. Ask <@U3>." in reply
        assert two.channel.project().status is Status.OPEN
    else:
        assert two.channel.project().status is RESULTING_STATUS[move]


@pytest.mark.parametrize("move", [move for move in Transition if move is not Transition.REOPEN])
def test_other_member__may_make_no_transition(two: ListenerHarness, move: Transition) -> None:
    before = two.dump()
    reply = two.submits("U2", a_move(move))
    assert "steward" in reply
    assert two.dump() == before


@pytest.mark.parametrize("status", [Status.DECLINED, Status.HANDED_OFF])
def test_stewards_decision__only_stewards_reopen(two: ListenerHarness, status: Status) -> None:
    two.channel.changes_status(1, status)
    reopening = a_move(Transition.REOPEN, status=status)
    assert "Only stewards" in two.submits("U1", reopening)
    two.submits("U3", reopening)
    assert two.channel.project().status is Status.OPEN


def test_transition_from_stale_status__is_refused(two: ListenerHarness) -> None:
    ship, start = a_move(Transition.SHIP), a_move(Transition.START)
    two.submits("U1", start)
    assert "#1 has started, so that status change isn" in two.submits_new("U1", start)
    two.submits("U1", ship)
    assert "#1 has shipped, so that status change isn" in two.submits_new("U1", start)
    assert "#1 has shipped, so that status change isn" in two.submits(
        "U1", a_move(Transition.MERGE)
    )


def test_merge_into_itself_or_closed__is_refused(two: ListenerHarness) -> None:
    into_itself = submitted(
        project_status.details_form(
            HERE,
            1,
            TITLE,
            Transition.MERGE,
            [ProjectReference(1, TITLE, None, "1")],
            permanent_id="1",
        ),
        into="1",
    )
    assert "can't be merged into" in two.submits("U1", into_itself)
    two.channel.changes_status(2, Status.DROPPED)
    assert "Choose another open project." in two.submits("U1", a_move(Transition.MERGE))
    elsewhere = submitted(
        project_status.details_form(
            HERE,
            1,
            TITLE,
            Transition.MERGE,
            [ProjectReference(9, TITLE, None, "9")],
            permanent_id="1",
        ),
        into="9",
    )
    assert "I can't find that project" in two.submits("U1", elsewhere)
    assert two.channel.project().status is Status.OPEN


def test_transition_with_details__asks_for_them(two: ListenerHarness) -> None:
    form = project_status.form(HERE, 1, TITLE, Status.OPEN, roles={Role.STEWARD}, permanent_id="1")
    response = two.submits("U3", submitted(form, move="decline"))
    assert '"action_id": "reason"' in response
    assert two.channel.project().status is Status.OPEN
    blank = answering(a_move(Transition.DECLINE), reason="   ")
    assert "Give a reason." in two.submits("U3", blank)
    assert two.channel.project().status is Status.OPEN


def test_merge_without_other_project__says_so(two: ListenerHarness) -> None:
    two.channel.changes_status(2, Status.SHIPPED)
    form = project_status.form(HERE, 1, TITLE, Status.OPEN, roles={Role.PROPOSER}, permanent_id="1")
    assert "No other project is open" in two.submits("U1", submitted(form, move="merge"))


def test_merge_search__matches_number_or_word(two: ListenerHarness) -> None:
    for number in range(3, 110):
        two.channel.proposes(f"V{number}", PROPOSAL.model_copy(update={"title": f"No. {number}"}))
    form = project_status.form(HERE, 1, TITLE, Status.OPEN, roles={Role.PROPOSER}, permanent_id="1")
    assert '"external_select"' in two.submits("U1", submitted(form, move="merge"))
    view = project_status.details_form(HERE, 1, TITLE, Transition.MERGE, [], permanent_id="1")
    for query, number in (("#107", 107), ("ELSE", 2)):
        [option] = two.searches("U1", project_status.INTO, query, view)
        assert option["value"] == two.channel.project(number).permanent_id
    assert len(two.searches("U1", project_status.INTO, "", view)) == 100


def test_guest_or_bot__may_not_change_projects(two: ListenerHarness) -> None:
    two.channel.adds_people("UBOT", kind=AccountType.BOT)
    before = two.dump()
    for form in (
        an_edit(title="Other title"),
        tick_steps("0"),
        a_move(Transition.START),
        a_move(Transition.MERGE),
    ):
        assert "only full members" in two.submits("UGUEST", form)
        assert "You're an app" in two.submits("UBOT", form)
    for entry in (card.EDIT, card.STEPS, card.MOVE):
        assert "only full members" in choose_entry(two, "UGUEST", entry)
    assert two.dump() == before
    assert "History of #1" in choose_entry(two, "UGUEST", card.HISTORY)


def test_edit_by_proposer_or_steward__is_saved(two: ListenerHarness) -> None:
    reply = "Only the proposer (<@U1>) or a steward can do that."
    assert reply in two.submits("U2", an_edit(title="Rotate all keys"))
    assert reply in choose_entry(two, "U2", card.EDIT)
    assert two.titles[0] == TITLE
    assert two.submits("U1", an_edit(title="Rotate all keys")) == ""
    edited = STEPPED.model_copy(update={"title": "Rotate all keys"})
    assert two.submits("U3", an_edit(edited, effort_weeks="2.5")) == ""
    assert two.channel.project().proposal == edited.model_copy(update={"effort_weeks": 2.5})
    history = choose_entry(two, "U2", card.HISTORY)
    assert f"<@U1> edited it: title: {TITLE} → Rotate all keys" in history
    assert "<@U3> edited it: effort: none → 2.5" in history


def test_steps_edited__kept_steps_stay_ticked(two: ListenerHarness) -> None:
    two.submits("U2", tick_steps("0"))
    assert two.submits("U1", an_edit(steps="One\nThree")) == ""
    assert two.channel.project().proposal.steps == ("One", "Three")
    assert two.channel.project().steps_done == ("One",)
    assert "<@U1> edited it: steps" in choose_entry(two, "U2", card.HISTORY)


def test_edit_without_changes__is_not_recorded(two: ListenerHarness) -> None:
    before = two.dump_facts()
    assert two.submits("U1", an_edit()) == ""
    assert two.dump_facts() == before


def test_stale_edit__is_refused(two: ListenerHarness) -> None:
    stale = an_edit(title="Rotate some keys")
    two.submits("U3", an_edit(title="Rotate all keys"))
    assert "Someone else edited #1" in two.submits("U1", stale)
    assert "while your form was open, so nothing was saved" in two.submits("U2", tick_steps("0"))
    assert two.titles[0] == "Rotate all keys"
    assert two.channel.project().steps_done == ()


def test_two_members_tick_steps__both_are_kept(
    two: ListenerHarness,
) -> None:
    first, second = tick_steps("0"), tick_steps("1")
    assert two.submits("U2", first) == ""
    assert two.submits("U3", second) == ""
    assert two.channel.project().steps_done == ("One", "Two")
    assert "<@U2> checked off a step: One" in choose_entry(two, "U2", card.HISTORY)


def test_project_without_steps__says_how_to_add_them(two: ListenerHarness) -> None:
    assert "Add them with ⋯ → *Edit*" in choose_entry(two, "U2", card.STEPS, "2")


def test_closed_project__cannot_be_scored_edited_or_ticked(two: ListenerHarness) -> None:
    two.channel.changes_status(1, Status.SHIPPED)
    before = two.dump()
    assert NOT_SCORABLE in two.presses("U2", card.SCORE, value="1")
    assert "Reopen it before you edit it" in two.submits("U1", an_edit(title="Other title"))
    assert "Reopen it before you change its steps" in two.submits("U1", tick_steps("0"))
    assert two.dump() == before


def test_scoring_merged_project__names_its_target(two: ListenerHarness) -> None:
    two.channel.changes_status(1, Status.MERGED, into=2)
    assert "#1 was merged into #2. Score #2 instead." in two.presses("U2", card.SCORE, value="1")


@pytest.mark.parametrize("number", ["", "0", "3", "-1", "x", "9" * 5000, "١٢"])
def test_unknown_number_in_card_menu__is_refused(two: ListenerHarness, number: str) -> None:
    for entry in (card.WHY, card.EDIT, card.STEPS, card.MOVE, card.HISTORY):
        assert "I can't find that project." in choose_entry(two, "U1", entry, number)


def test_unknown_card_menu_entry__is_refused(two: ListenerHarness) -> None:
    assert "That option is gone" in choose_entry(two, "U1", "delete")


def test_many_similar_projects__shows_three_once(
    two: ListenerHarness,
) -> None:
    for number in range(3, 9):
        two.channel.proposes(f"V{number}", PROPOSAL)
    form = propose.form(TITLE, [(HERE, "ops")])
    response = two.submits("U2", submitted(form, summary="Much the same."), "V90")
    assert len(two.titles) == 8
    view = json.loads(response)["view"]
    assert json.loads(view["private_metadata"])["alike"] == [1, 3, 4]
    assert two.submits("U2", submitted(view), "V90") == ""
    assert two.titles[8:] == [TITLE]


def test_similar_closed_project__is_not_shown(two: ListenerHarness) -> None:
    two.channel.changes_status(1, Status.SHIPPED)
    form = propose.form(TITLE, [(HERE, "ops")])
    assert two.submits("U2", submitted(form, summary="Once more, please."), "V90") == ""


def test_project_becomes_open__history_says_what_it_was(two: ListenerHarness) -> None:
    for move, status in (
        (Transition.START, Status.OPEN),
        (Transition.REOPEN, Status.STARTED),
        (Transition.SHIP, Status.OPEN),
        (Transition.REOPEN, Status.SHIPPED),
    ):
        two.submits("U3", a_move(move, status=status))
    history = choose_entry(two, "U2", card.HISTORY)
    said = [line.partition("<@U3> ")[2] for line in history.splitlines() if "<@U3> " in line]
    assert said == ["started it", "marked it as not started", "shipped it", "reopened it"]


def test_history__omits_scores(two: ListenerHarness) -> None:
    two.channel.scores("U2", {"cost": 3})
    assert "<@U2>" not in choose_entry(two, "U1", card.HISTORY)
