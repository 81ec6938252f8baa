"""Tests of the current code on earlier stores: no fact is lost, and old posts keep working.

README.md says what a recording holds and when to add one.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from slack_sandbox.block_kit.traversal import interactive_elements, iter_blocks
from slack_sandbox.client.client import Message
from storage.database import open_database
from storage.posts.subjects import OutcomeSubject
from storage.tables import PostKind
from tests.support.wait import wait_until
from tests.upgrade.buttons import STEWARD, WITHIN, buttons_of, direct_message_with
from tests.upgrade.facts import facts_of
from tests.upgrade.recording import Recording
from tests.upgrade.workspace import Workspace, identity_of

Json = dict[str, Any]
RANKED = ("open", "started")
SCORE = {"security": 2, "cost": -1}


def test_old_store_is_opened__keeps_all_facts(recording: Recording, tmp_path: Path) -> None:
    store = tmp_path / "needle.db"
    recording.restore(store)
    database = open_database(f"sqlite:///{store}")
    facts = facts_of(database, recording.ended_at)
    database.close()
    assert lost(recording.facts, facts) == []


def test_bot_starts_on_old_store__posts_only_what_is_new(upgraded: Workspace) -> None:
    ana = upgraded.team.ana
    ana.types("/propose Keep what we have")
    ana.sees_modal("")
    ana.submits(summary="What worked before the upgrade works after it.")
    ana.sees_no_modal()
    next_number = max(map(int, upgraded.recording.facts["projects"])) + 1
    card = upgraded.post("card", f"{next_number}")  # comes after what the backfill posts
    upgraded.idles()
    before = posted(upgraded.recording.slack)
    after = posted(upgraded.slack.snapshot())
    assert after - before == {(card.channel, card.ts)}
    assert before - after == set()


def card_with_two_thumbs(restored: Workspace) -> tuple[str, Message, list[str]]:
    """Return a ranked project's number, its card, and two members who reacted with a plain 👍."""
    members = restored.channel_members()
    for number, project in restored.recording.facts["projects"].items():
        if project["status"] in RANKED:
            card = restored.post("card", number)
            for reaction in card.raw.get("reactions", []):
                reactors = [user for user in reaction["users"] if user in members]
                if reaction["name"] == "+1" and len(reactors) > 1:
                    return number, card, reactors[:2]
    raise AssertionError("no card has two 👍 by members")


def test_reactions_to_old_card__count_and_redraw_it(restored: Workspace) -> None:
    number, card, (away, live) = card_with_two_thumbs(restored)
    backers = restored.recording.facts["projects"][number]["backers"]
    new = restored.recording.facts["projects"][number]["proposer"]
    assert new not in backers

    restored.person(away).removes_reaction("+1", on=card)  # while the bot is stopped
    restored.start()
    expected = sorted(set(backers) - {away})
    wait_until(lambda: restored.project(number)["backers"] == expected, within=WITHIN)
    card_after_start = restored.redrawn(card)

    restored.person(live).removes_reaction("+1", on=card)
    restored.person(new).reacts("+1", to=card)
    expected = sorted({*expected, new} - {live})
    wait_until(lambda: restored.project(number)["backers"] == expected, within=WITHIN)
    restored.redrawn(card_after_start)


@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_score_on_old_card__counts_and_redraws_it(
    upgraded: Workspace,
    again: bool,  # noqa: FBT001 - a column of the table
) -> None:
    number, before = next(
        (number, project["scores"].get(STEWARD, {}))
        for number, project in upgraded.recording.facts["projects"].items()
        if project["status"] in RANKED and (STEWARD in project["scores"]) == again
    )
    card, steward = upgraded.post("card", number), upgraded.person(STEWARD)
    steward.presses("score", on=card)
    form = steward.sees_modal("")
    assert before.items() <= initial_impacts(form.raw["blocks"]).items()
    steward.submits(**{value: f"{impact}" for value, impact in SCORE.items()})
    wait_until(lambda: SCORE.items() <= scores_of_steward(upgraded, number).items(), within=WITHIN)
    upgraded.redrawn(card)


def test_people_answer_old_charter_draft__it_is_adopted(upgraded: Workspace) -> None:
    facts, post = upgraded.recording.facts, upgraded.post("draft")
    answers = facts["draft"]["answers"]
    [opposed] = [person for person, agrees in answers.items() if not agrees]
    new = "U0CHLOE000"
    assert new not in answers

    upgraded.person(opposed).presses("charter_agree", on=post)
    upgraded.person(new).presses("charter_not_yet", on=post)
    expected = {**answers, opposed: True, new: False}
    wait_until(lambda: upgraded.facts()["draft"]["answers"] == expected, within=WITHIN)
    answered = upgraded.redrawn(post)

    steward = upgraded.person(STEWARD)
    steward.presses("charter_compare", on=post)
    steward.sees_modal("")
    steward.submits()
    steward.sees_modal("Adopt it anyway?")  # because chloe objects
    steward.submits()
    steward.sees_no_modal()
    assert upgraded.facts()["charter_version"] == facts["charter_version"] + 1
    upgraded.redrawn(answered)


def test_fire_is_put_out_in_old_direct_message__channel_is_told(upgraded: Workspace) -> None:
    button = direct_message_with("fire_out", upgraded.recording)
    assert button.press(upgraded)
    upgraded.post("fire_out")
    assert len(upgraded.facts()["fires"]) == len(upgraded.recording.facts["fires"]) - 1


def test_answer_to_old_outcome_question__is_saved(upgraded: Workspace) -> None:
    button = direct_message_with("outcome_ask", upgraded.recording)
    question, person = button.message(upgraded), upgraded.person(button.user)
    number = str(OutcomeSubject.decode(identity_of(question.raw)["subject"]).number)
    person.presses("outcome_ask", on=question)
    person.sees_modal("")
    person.submits(**{value: f"{impact}" for value, impact in SCORE.items()})
    person.sees_modal("Saved")
    assert SCORE.items() <= upgraded.project(number)["outcomes"][button.user].items()


def test_people_press_each_old_button__each_is_answered(
    upgraded: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    by_kind = buttons_of(upgraded.recording)
    # First those of a charter draft. While it is open, other buttons refuse to change the charter.
    for kind in sorted(by_kind, key=lambda kind: kind[0] != PostKind.DRAFT):
        buttons = by_kind[kind]
        # An earlier answer may have replaced a button's message. Then try the next of its kind.
        assert any(button.press(upgraded) for button in buttons), f"{kind} is on no screen now"
        upgraded.idles()
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []


def lost(recorded: Any, now: Any, path: str = "") -> list[str]:
    """Return the recorded facts that are missing or different now. Ignore additional ones."""
    if isinstance(recorded, dict) and isinstance(now, dict):
        return [
            line
            for name, value in recorded.items()
            for line in lost(value, now.get(name), f"{path}/{name}")
        ]
    same = json.dumps(recorded) == json.dumps(now)
    return [] if same else [f"{path} was {recorded!r}, is {now!r}"]


def posted(slack: Json) -> set[tuple[str, str]]:
    """Return the channel and ts of each message from the bot."""
    bot = slack["app"]["bot_user_id"]
    return {
        (channel["id"], message["ts"])
        for channel in slack["channels"]
        for message in channel.get("messages", [])
        if message["user"] == bot
    }


def scores_of_steward(workspace: Workspace, number: str) -> dict[str, int]:
    given: dict[str, int] = workspace.project(number)["scores"].get(STEWARD, {})
    return given


def initial_impacts(blocks: list[Json]) -> dict[str, int]:
    """Return the impacts that are selected when a form opens, by action id."""
    return {
        element["action_id"]: int(element["initial_option"]["value"])
        for block in iter_blocks(blocks)
        for element in interactive_elements(block)
        if "initial_option" in element
    }
