"""Owners: who may be one, who may choose one, and what an owner may do."""

from typing import Any

import pytest

from bot.listeners.project.ownership import CANT_OWN
from bot.views.modals import edit, project_status, propose
from bot.views.posts import card
from domain.projects.lifecycle import Role, Status
from storage.locks import STORE
from storage.projects import history, projects
from tests.support.channel import NOW, PROPOSAL
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

LINK = "https://jira.example.com/browse/PLAT-412"


@pytest.fixture
def board(team: ListenerHarness) -> ListenerHarness:
    """A project that U1 proposed and nobody owns. U3 is the steward, and U2 and U4 are members."""
    team.channel.proposes("V1")
    team.channel.adds_people("U3", "U4")
    team.appoints("U3")
    team.slack.members.add("U4")
    return team


def own(board: ListenerHarness, owner: str) -> None:
    with board.database.transaction(STORE) as session:
        projects.set_owner(session, board.channel.project().id, owner, by="U1", now=NOW)


def actions(current: str | None = None, **inputs: Any) -> dict[str, Any]:
    form = project_status.form(
        HERE, 1, PROPOSAL.title, Status.OPEN, roles=set(Role), owner=current, permanent_id="1"
    )
    return submitted(form, **inputs)


def events(board: ListenerHarness) -> list[tuple[str, str]]:
    with board.database.snapshot() as session:
        found = history.list_for_project(session, board.channel.project().id)
    return [(event.what, event.detail) for event in found]


def test_proposal_with_owner_and_link__keeps_both(team: ListenerHarness) -> None:
    form = propose.form("Rotate the keys", [(HERE, "ops")])
    view = submitted(form, summary="Nobody is paged again.", owner="U2", link=LINK)
    assert team.submits("U1", view) == ""
    project = team.channel.project()
    assert (project.owner, project.proposal.link) == ("U2", LINK)


@pytest.mark.parametrize("person", ["UGUEST", "UBOT", "U9"])
def test_owner_who_cannot_work_here__is_refused(board: ListenerHarness, person: str) -> None:
    board.channel.adds_people("U9")  # not in the channel
    form = propose.form("Something else", [(HERE, "ops")])
    view = submitted(form, summary="Nobody is paged again.", owner=person)
    assert CANT_OWN in board.submits("U1", view)
    assert board.titles == [PROPOSAL.title]


def test_edit_form__sets_owner_and_link(board: ListenerHarness) -> None:
    form = edit.form(HERE, 1, PROPOSAL, permanent_id="1")
    assert board.submits("U1", submitted(form, owner="U2", link=LINK)) == ""
    project = board.channel.project()
    assert (project.owner, project.proposal.link) == ("U2", LINK)
    assert events(board) == [("edited", f"link: none → {LINK}"), ("owner_set", "U2")]


def test_edit_form_of_an_old_version__keeps_the_owner(board: ListenerHarness) -> None:
    own(board, "U2")
    view = submitted(edit.form(HERE, 1, PROPOSAL, permanent_id="1"), title="Rotate all keys")
    del view["state"]["values"]["owner"], view["state"]["values"]["link"]
    assert board.submits("U1", view) == ""
    project = board.channel.project()
    assert (project.owner, project.proposal.title) == ("U2", "Rotate all keys")


def test_member_owns_an_ownerless_project__is_owner(board: ListenerHarness) -> None:
    assert board.submits("U2", actions(claim=["mine"])) == ""
    assert board.channel.project().owner == "U2"
    assert "Only the proposer (<@U1>)" in board.submits("U4", actions(claim=["mine"]))
    assert board.channel.project().owner == "U2"


def test_member__may_not_choose_someone_else(board: ListenerHarness) -> None:
    assert "Only the proposer (<@U1>)" in board.submits("U2", actions(owner="U4"))
    assert board.channel.project().owner is None


@pytest.mark.parametrize("person", ["U1", "U2", "U3"])
def test_proposer_owner_and_steward__hand_it_over(board: ListenerHarness, person: str) -> None:
    own(board, "U2")
    view = submitted(
        project_status.form(
            HERE, 1, PROPOSAL.title, Status.OPEN, roles={Role.OWNER}, owner="U2", permanent_id="1"
        ),
        owner="U4",
    )
    assert board.submits(person, view) == ""
    assert board.channel.project().owner == "U4"


def test_nobody_is_chosen__project_has_no_owner(board: ListenerHarness) -> None:
    own(board, "U2")
    view = submitted(
        project_status.form(
            HERE, 1, PROPOSAL.title, Status.OPEN, roles={Role.OWNER}, owner="U2", permanent_id="1"
        ),
        claim=["nobodys"],
    )
    assert board.submits("U2", view) == ""
    assert board.channel.project().owner is None


def test_owner__starts_and_ships_but_does_not_drop(board: ListenerHarness) -> None:
    own(board, "U2")
    assert "Only the proposer (<@U1>)" in board.submits("U2", actions("U2", move="drop"))
    assert board.submits("U2", actions("U2", move="start")) == ""
    assert board.submits("U2", actions("U2", move="ship")) == ""
    assert board.channel.project().status is Status.SHIPPED


def test_owner__may_not_edit(board: ListenerHarness) -> None:
    own(board, "U2")
    chosen = {"value": f"{card.EDIT}:1"}
    assert "Only the proposer (<@U1>)" in board.presses("U2", card.MORE, selected_option=chosen)
    view = submitted(edit.form(HERE, 1, PROPOSAL, "U2", permanent_id="1"), title="Rotate all keys")
    assert "Only the proposer (<@U1>)" in board.submits("U2", view)
    assert board.titles == [PROPOSAL.title]


def test_member_opens_actions_of_an_owned_project__is_refused(board: ListenerHarness) -> None:
    own(board, "U2")
    chosen = {"value": f"{card.MOVE}:1"}
    reply = board.presses("U4", card.MORE, selected_option=chosen)
    assert "Only the proposer (<@U1>), the owner (<@U2>), or a steward" in reply


def test_closed_project__keeps_its_owner(board: ListenerHarness) -> None:
    board.channel.changes_status(1, Status.SHIPPED)
    assert "Reopen it before you change its owner." in board.submits("U1", actions(claim=["mine"]))
    assert board.channel.project().owner is None
