"""Permissions: who may use each listener, whatever earlier forms and buttons showed."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.authorization.channel_membership import NOT_THERE
from bot.listeners.app import LISTENERS
from bot.listeners.project import card_menu
from bot.listeners.roadmap import command
from bot.views.modals import propose
from bot.views.posts import card
from slack_sandbox.block_kit.traversal import interactive_elements, iter_blocks
from storage.tables import PostKind
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.slack_text import plain_data
from tests.support.surfaces import SURFACES, Words
from tests.support.user_actions import (
    PEOPLE,
    PROPOSAL,
    USER_ACTIONS,
    UserAction,
    a_proposal,
    some_settings,
)

STEWARDS_ONLY = "Only stewards, who change this board's settings, can do that. Ask <@U3>."
REFUSALS = {
    "a guest": ("You're a guest here", "Only stewards", "or a steward"),
    "a stranger": ("You're not in the workspace", "Only stewards", "or a steward"),
    "a deactivated person": ("Your account is deactivated", "Only stewards", "or a steward"),
    "a bot": ("You're an app", "Only stewards", "or a steward"),
    "a member elsewhere": (NOT_THERE,),
    "a guest elsewhere": (NOT_THERE, "You're a guest here"),
    "the proposer": (STEWARDS_ONLY,),
    "a member": (
        STEWARDS_ONLY,
        "or a steward",
    ),
}
ANY_REFUSAL = [text for texts in REFUSALS.values() for text in texts]
# Slack sends these events about anyone, so they need no permission.
EVENTS = {
    "app_home_opened",
    "app_mention",
    "channel_id_changed",
    "channel_rename",
    "group_rename",
    "member_joined_channel",
    "member_left_channel",
    "message",
    "reaction_added",
    "reaction_removed",
    "user_change",
}
TITLES = (PROPOSAL.title, "Something else")


@pytest.mark.parametrize("action", USER_ACTIONS.values(), ids=USER_ACTIONS)
def test_user_action__is_open_to_the_listed_people_only(
    at_work: ListenerHarness, action: UserAction
) -> None:
    action.prepare(at_work)
    before, facts = at_work.dump(), at_work.dump_facts()
    for person, user_id in PEOPLE.items():
        at_work.new_requests(action.slack_method)
        reply = decode_reply(action.perform(at_work, user_id))
        requests = at_work.new_requests(action.slack_method)
        changed = at_work.dump() != before
        if person in action.allowed:
            assert not [text for text in ANY_REFUSAL if text in reply], (person, reply)
            changed = at_work.dump_facts() != facts
            assert requests or changed or (reply and not action.slack_method), (person, reply)
            assert action.slack_method or "Something went wrong" not in reply, (person, reply)
        else:
            refused = action.listener[0] == "options" or any(
                text in reply for text in REFUSALS[person]
            )
            assert (refused, requests, changed) == (True, [], False), (person, reply)
            assert not [title for title in TITLES if title in reply]
        at_work.restore(before)


def decode_reply(reply: str) -> str:
    """Return a response as readable text. A form's response is JSON."""
    return str(json.loads(reply)) if reply.startswith("{") else reply


def registered_listeners() -> set[tuple[str, str]]:
    """Return the method of Bolt's app and the name for each listener."""
    registered: set[tuple[str, str]] = set()

    class RecordingApp:
        """An app that only records what is registered."""

        def __getattr__(self, method: str) -> Callable[..., Any]:
            def register(name: Any, *_: Any, **__: Any) -> Callable[..., Any]:
                registered.add((method, name) if isinstance(name, str) else (method, ""))
                return lambda listener: listener

            return register

    for module in LISTENERS:
        module.register(RecordingApp())
    return registered


def test_every_listener__has_a_row_of_permissions() -> None:
    registered = registered_listeners()
    assert {name for method, name in registered if method == "event"} == EVENTS
    by_people = {(method, name) for method, name in registered if method not in ("event", "error")}
    assert by_people == {action.listener for action in USER_ACTIONS.values()}


def listeners_of(view: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the listeners that a message, form or Home tab needs."""
    if "submit" in view:
        yield "view", view["callback_id"]
    for block in iter_blocks(view["blocks"]):
        for element in interactive_elements(block):
            if block["type"] != "input" or block.get("dispatch_action"):
                yield "action", element["action_id"]
            if element["type"].endswith("external_select"):
                yield "options", element["action_id"]


def test_every_button_and_form_in_a_view__has_a_listener() -> None:
    views = {name: plain_data(make(Words())) for name, make in SURFACES.items()}
    needed = {listener: name for name, view in views.items() for listener in listeners_of(view)}
    assert len(needed) > 30
    missing = needed.keys() - registered_listeners()
    assert {listener: needed[listener] for listener in missing} == {}


def test_every_subcommand_and_menu_entry__has_a_row() -> None:
    words = {subcommand.word for subcommand in command.SUBCOMMANDS}
    assert {f"/roadmap {word}".strip() for word in words} <= USER_ACTIONS.keys()
    assert {*card_menu.REPLIES, *card_menu.FORMS} == {"why", "history", "edit", "steps", "move"}


def test_fire__is_cleared_by_declarer_or_steward(at_work: ListenerHarness) -> None:
    before = at_work.dump()
    assert "who declared this fire (<@U1>) or a steward" in at_work.types("U2", "/fire out cost")
    assert at_work.dump() == before
    at_work.types("U1", "/fire out cost")
    assert at_work.burning == []
    at_work.types("U1", "/fire cost again")
    at_work.types("U3", "/fire out cost")
    assert at_work.burning == []


def test_board_without_stewards__every_member_is_one(at_work: ListenerHarness) -> None:
    at_work.appoints()
    for name in ("a proposal", "a score", "/fire security leaked", "/roadmap post", "settings"):
        USER_ACTIONS[name].perform(at_work, "U2")
    assert at_work.titles[2:] == [PROPOSAL.title]
    assert at_work.score_of("U2") is not None
    assert [fire.value for fire in at_work.burning] == ["cost", "security"]
    assert PostKind.ROADMAP in [post.kind for post in at_work.pending_posts]
    assert at_work.board.people == 7


def test_guest__may_read(at_work: ListenerHarness) -> None:
    assert "Ranking for" in at_work.types("UGUEST", "/roadmap")
    assert "Cost, declared by <@U1>" in at_work.types("UGUEST", "/fire")
    chosen = {"value": f"{card.WHY}:1"}
    assert "0 of 3 have scored" in at_work.presses("UGUEST", card.MORE, selected_option=chosen)


def test_proposal_submitted_twice__proposes_once(team: ListenerHarness) -> None:
    assert team.submits("U1", a_proposal(), "V7") == team.submits("U1", a_proposal(), "V7")
    assert team.titles == [PROPOSAL.title]
    team.submits("U1", a_proposal(alike=[1]), "V8")
    assert team.titles == [PROPOSAL.title] * 2


def test_proposal_from_elsewhere__names_its_board(team: ListenerHarness) -> None:
    assert team.submits("U1", a_proposal()) == ""
    form = propose.form("Patch the fleet", [(HERE, "ops")], elsewhere=True)
    reply = team.submits("U1", submitted(form, summary=PROPOSAL.summary), "V2")
    assert "#2  Patch the fleet" in reply
    assert f"Proposed in #{HERE}" in reply  # The channel hasn't been looked up.


def test_settings_confirmation_fails__settings_are_saved(
    team: ListenerHarness,
) -> None:
    assert team.submits("U1", some_settings()) == ""  # The sandbox doesn't have this channel.
    assert team.board.people == 7


def test_bot_joins_channel__channel_becomes_a_board(
    team: ListenerHarness,
) -> None:
    team.joins("U1", "C2")
    assert "This channel doesn't use Needle yet." in team.types("U1", "/roadmap", "C2")
    team.joins(team.bot_user, "C2")
    assert "Ranking for" in team.types("U1", "/roadmap", "C2")


def test_reaction_to_other_message__is_not_stored(at_work: ListenerHarness) -> None:
    at_work.channel.shows_card(ts="1700000000.000001")
    at_work.reacts("U2", "+1", ts="1700000000.000002", to="U1")
    assert not [line for line in at_work.dump() if 'INSERT INTO "reaction"' in line]
    at_work.reacts("U2", "+1", ts="1700000000.000001", item="file")
    assert not [line for line in at_work.dump() if 'INSERT INTO "reaction"' in line]
    at_work.reacts("U2", "+1", ts="1700000000.000001")
    assert at_work.channel.candidate().backers == {"U2"}


def test_reaction_to_webhook_message__is_not_stored(at_work: ListenerHarness) -> None:
    at_work.channel.shows_card(ts="1700000000.000001")
    before = at_work.dump()
    at_work.reacts("U2", "eyes", ts="1700000000.000002", to="")
    assert at_work.dump() == before


def test_reaction_to_card_without_author__counts(at_work: ListenerHarness) -> None:
    at_work.channel.shows_card(ts="1700000000.000001")
    at_work.reacts("U2", "+1", ts="1700000000.000001", to="")
    assert at_work.channel.candidate().backers == {"U2"}
