"""A late copy of a user action neither repeats it nor undoes newer actions."""

import json
from pathlib import Path

import pytest

from bot.views.modals import edit, propose, toil
from bot.views.posts import charter_draft
from storage.boards import charter_drafts
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.user_actions import (
    PEOPLE,
    USER_ACTIONS,
    UserAction,
    a_proposal,
    an_edit,
    post_draft,
    some_settings,
    some_toil,
)

LISTENERS = Path(__file__).parents[4] / "bot/listeners"
LONGER = "Retire the NAT box, and the bastion host"


@pytest.mark.parametrize("action", USER_ACTIONS.values(), ids=USER_ACTIONS)
def test_copied_action__writes_nothing(at_work: ListenerHarness, action: UserAction) -> None:
    action.prepare(at_work)
    before = at_work.dump()
    action.perform(at_work, next(PEOPLE[role] for role in PEOPLE if role in action.allowed))
    at_work.restore_facts(before)
    undone = at_work.dump()
    reply = at_work.resends()
    assert at_work.dump() == undone
    assert action.slack_method or "went wrong" not in reply


def test_copied_action__gets_no_reply_or_form(at_work: ListenerHarness) -> None:
    at_work.types("U1", "/fire security leaked")
    assert at_work.resends() == ""
    at_work.submits("U3", some_settings())
    assert at_work.resends() == ""
    at_work.new_requests("views.open")
    at_work.presses("U1", toil.UNDO, value="1")
    assert at_work.resends() == ""
    assert at_work.new_requests("views.open") == []


def test_copied_settings__keep_newer_ones(at_work: ListenerHarness) -> None:
    at_work.submits("U3", some_settings())
    at_work.submits("U3", submitted(some_settings(), people="9"))
    at_work.resends(2)
    assert at_work.board.people == 9


def test_copied_agreement__keeps_later_objection(
    at_work: ListenerHarness,
) -> None:
    post_draft(at_work)
    at_work.presses("U1", charter_draft.AGREE, value="1")
    at_work.presses("U1", charter_draft.NOT_YET, value="1")
    at_work.resends(2)
    with at_work.database.snapshot() as session:
        assert charter_drafts.answers(session, 1)["U1"] is False


def test_copied_fire__stays_out(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    team.types("U1", "/fire out cost")
    team.resends(2)
    assert team.burning == []
    team.types("U1", "/fire cost the bill")
    assert len(team.burning) == 1, "a new command counts"


def test_form_submitted_again__keeps_newer_state(at_work: ListenerHarness) -> None:
    """Two clicks are two requests with different trigger ids."""
    at_work.submits("U3", some_settings())
    at_work.submits_new("U3", submitted(some_settings(), people="9"))
    assert at_work.submits("U3", some_settings()) == ""
    assert at_work.board.people == 9
    at_work.submits("U3", some_settings() | {"hash": "2.b"})
    assert at_work.board.people == 7, "a form that was opened in the same view counts"


def test_refused_action__can_be_sent_again(team: ListenerHarness) -> None:
    team.channel.adds_people("U3")
    team.appoints("U3")
    assert "Only stewards" in team.submits("U1", some_settings())
    team.appoints("U1")
    team.resends()
    assert team.board.people == 7


def test_proposal_submitted_again__corrects_one_project(
    team: ListenerHarness,
) -> None:
    team.submits("U1", a_proposal(title="Retire the NAT boxx"))
    assert team.submits("U1", a_proposal(title=LONGER)) == ""
    assert team.titles == [LONGER]
    team.resends(2)
    assert team.titles == [LONGER], "the copy is older"


def test_proposal_corrected_to_similar__is_asked_about(
    team: ListenerHarness,
) -> None:
    team.channel.proposes("first")
    form = propose.form("Something else", [(HERE, "ops")])
    team.submits("U1", submitted(form, summary="More of the same."))
    again = submitted(form, title=team.titles[0], summary="More of the same.")
    assert "Is it one of these?" in team.submits("U1", again)
    assert team.titles[1] == "Something else"


def test_proposal_edited_by_steward__is_not_corrected(
    team: ListenerHarness,
) -> None:
    team.submits("U1", a_proposal())
    form = edit.form(HERE, 1, team.channel.project().proposal, permanent_id="1")
    team.submits("U2", submitted(form, title="A steward's title"))
    reply = json.loads(team.submits("U1", a_proposal(title=LONGER)))
    assert reply["response_action"] == "errors"
    assert "it has changed since" in reply["errors"]["title"]
    assert team.titles == ["A steward's title"]


def test_form_submitted_for_second_board__is_refused(team: ListenerHarness) -> None:
    team.joins(team.bot_user, "C2")
    choosing = propose.form("Retire the NAT box", [(HERE, "ops"), ("C2", "net")], elsewhere=True)
    summary = "When it dies we are paged."
    there, here = (submitted(choosing, summary=summary, board=board) for board in ("C2", HERE))
    assert "Proposed in" in team.submits("U1", there)
    reply = json.loads(team.submits("U1", here))
    assert reply["errors"] == {
        "board": "You already proposed this as #1 in #C2. To update it, choose that board."
    }
    assert team.titles == []


def test_toil_submitted_again__corrects_one_entry(
    team: ListenerHarness,
) -> None:
    team.submits("U1", some_toil())
    assert "50 minutes" in team.submits("U1", submitted(some_toil(), source="db", minutes="50"))
    assert [(entry.source, entry.minutes) for entry in team.toil] == [("db", 50)]


def test_edit_submitted_again__is_corrected(
    at_work: ListenerHarness,
) -> None:
    form = an_edit()
    assert at_work.submits("U1", form) == ""
    assert at_work.submits("U1", submitted(form, title="A better title")) == ""
    assert at_work.titles[0] == "A better title"


def test_listeners__write_only_through_their_request() -> None:
    sources = {path.name: path.read_text() for path in LISTENERS.rglob("*.py")}
    assert "slack_request.transaction(" in sources["propose.py"]
    assert [name for name in sources if "database.transaction(" in sources[name]] == []
