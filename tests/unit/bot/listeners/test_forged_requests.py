"""Forged requests, which no form or button sends: refused with a text, and nothing is changed."""

import json
from typing import Any

import pytest

from bot.listeners.project import card_menu
from bot.views import home
from bot.views.modals import commit, toil
from bot.views.posts import card, charter_draft, fire, outcome
from bot.views.replies import charter, objection
from tests.support.channel import Channel
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.user_actions import USER_ACTIONS, post_draft

STEWARD = "U3"
UNEXPECTED_ERROR = "Something went wrong"

VALUES = {
    "unknown project": "99",
    "no number": "one; DROP TABLE project",
    "thousands of digits": "9" * 5000,
    "negative": "-1",
    "other digits": "\u0661\u00b2",
    "nothing": "",
}
BUTTONS = (
    card.SCORE,
    fire.OUT,
    fire.STILL,
    toil.UNDO,
    charter_draft.AGREE,
    charter_draft.NOT_YET,
    charter_draft.COMPARE,
    charter_draft.WITHDRAW,
    objection.GIVE_REASON,
    charter.DISCARD,
    outcome.OPEN_FORM,
    commit.POST,
    commit.ANNOUNCE,
    commit.UNDO,
)


@pytest.fixture(autouse=True)
def other_board(at_work: ListenerHarness) -> None:
    """A second board. The first board's steward isn't in its channel."""
    Channel(at_work.database, "COTHER", "T1").proposes("theirs")
    at_work.slack.members_elsewhere["COTHER"] = {"UELSEWHERE"}


@pytest.mark.parametrize("action_id", BUTTONS)
def test_forged_button__changes_nothing(at_work: ListenerHarness, action_id: str) -> None:
    post_draft(at_work)
    before = at_work.dump_facts()
    at_work.new_requests("views.open")
    for value in VALUES.values():
        sent = f"{HERE}:{value}" if action_id in WITH_CHANNEL else value
        reply = at_work.presses(STEWARD, action_id, value=sent)
        assert reply, value
        assert UNEXPECTED_ERROR not in reply, value
    assert at_work.dump_facts() == before
    assert at_work.new_requests("views.open") == []


def test_forged_card_menu__changes_nothing(at_work: ListenerHarness) -> None:
    before = at_work.dump()
    for entry in (*card_menu.REPLIES, *card_menu.FORMS, "nonsense"):
        for value in VALUES.values():
            chosen = {"value": f"{entry}:{value}"}
            reply = at_work.presses(STEWARD, card.MORE, selected_option=chosen)
            assert reply, chosen
            assert UNEXPECTED_ERROR not in reply, chosen
    assert at_work.dump() == before


@pytest.mark.parametrize("action_id", [home.SCORE, home.SETTINGS])
@pytest.mark.parametrize("channel_id", ["COTHER", "C0NOWHERE", "", "x" * 5000])
def test_forged_board_in_home__opens_nothing(
    at_work: ListenerHarness, action_id: str, channel_id: str
) -> None:
    at_work.new_requests("views.open")
    reply = at_work.presses(STEWARD, action_id, value=channel_id)
    assert "aren't in that board's channel" in reply or "doesn't use Needle yet" in reply
    assert at_work.new_requests("views.open") == []


def test_number_of_another_board__is_not_found(at_work: ListenerHarness) -> None:
    # Each board numbers its own projects: #1 of another board isn't found here.
    third = Channel(at_work.database, "CTHIRD", "T1")
    at_work.slack.members_elsewhere["CTHIRD"] = {STEWARD}
    assert "This board has no #1" in at_work.types(STEWARD, "/roadmap why 1", "CTHIRD")
    third.proposes("its own")
    assert "Rotate the keys" in at_work.types(STEWARD, "/roadmap why 1", "CTHIRD")
    assert "Retire the NAT box" in at_work.types(STEWARD, "/roadmap why 1")


WITH_CHANNEL = (
    fire.OUT,
    fire.STILL,
    outcome.OPEN_FORM,
    commit.POST,
    commit.ANNOUNCE,
    commit.UNDO,
)  # Their values name the board too.
FORGED_METADATA: dict[str, dict[str, Any]] = {
    "another board": {"channel": "COTHER"},
    "no board": {"channel": "C0NOWHERE"},
    "a channel id of another type": {"channel": 7},
    "no channel": {"channel": None},
    "another board's project": {"project": "77", "draft": 77, "quarter": "1066-Q1"},
    "text instead of numbers": {"project": "x", "draft": "x", "quarter": "x"},
    "numbers too large": {"project": 10**30, "draft": 10**30, "quarter": "9" * 99},
}
FORMS = {name: action for name, action in USER_ACTIONS.items() if action.make_form is not None}


@pytest.mark.parametrize("name", FORMS)
def test_forged_metadata__changes_nothing(at_work: ListenerHarness, name: str) -> None:
    action = FORMS[name]
    assert action.make_form is not None
    action.prepare(at_work)
    before = at_work.dump()
    for case, values in FORGED_METADATA.items():
        form = action.make_form()
        metadata = json.loads(form["private_metadata"])
        forged = {key: value for key, value in values.items() if key in metadata}
        if forged:  # The form has such metadata.
            form["private_metadata"] = json.dumps(metadata | forged)
            reply = at_work.submits(STEWARD, form)
            assert "response_action" in reply, case
            assert UNEXPECTED_ERROR not in reply, case
    assert at_work.dump() == before
