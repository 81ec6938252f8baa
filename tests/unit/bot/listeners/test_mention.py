"""Mentions and direct messages: one answer each, and none to bots, edits, and old copies."""

import time
from typing import Any

import pytest

from bot.views.replies import greeting
from tests.support.listener_harness import HERE, ListenerHarness

DIRECT = "D1"


def mention(**fields: Any) -> dict[str, Any]:
    ts = f"{time.time():.6f}"
    return {
        "type": "app_mention",
        "user": "U2",
        "text": "<@UNEEDLE> help",
        "channel": HERE,
        "ts": ts,
        "event_ts": ts,
    } | fields


def direct_message(**fields: Any) -> dict[str, Any]:
    return mention(type="message", channel=DIRECT, channel_type="im") | fields


def answers(team: ListenerHarness, *events: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answers to mentions or to direct messages, each of them a new event."""
    direct = events[0]["type"] == "message"
    method = "chat.postMessage" if direct else "chat.postEphemeral"
    team.new_requests(method)  # skip those of earlier tests
    for event in events:
        team.receives(event, event_id=f"Ev{event['ts']}")
    return team.new_requests(method)


def test_mention__is_answered_to_its_author(team: ListenerHarness) -> None:
    [answer] = answers(team, mention())
    assert (answer["channel"], answer["user"]) == (HERE, "U2")
    assert "`/propose` proposes a project." in answer["text"]
    assert "thread_ts" not in answer


def test_mention_in_thread__is_answered_in_thread(team: ListenerHarness) -> None:
    [answer] = answers(team, mention(thread_ts="1700000000.000100"))
    assert answer["thread_ts"] == "1700000000.000100"


def test_mention_by_guest__offers_what_guests_can_do(team: ListenerHarness) -> None:
    [answer] = answers(team, mention(user="UGUEST"))
    assert "/propose" not in answer["text"]
    assert "`/roadmap` shows the ranking" in answer["text"]


def test_mention_outside_boards__says_how_to_start(team: ListenerHarness) -> None:
    [answer] = answers(team, mention(channel="C9"))
    assert "Type `/invite @Needle` to start." in answer["text"]


def test_mention_sent_twice__is_answered_once(team: ListenerHarness) -> None:
    event = mention()
    assert len(answers(team, event, event)) == 1
    assert len(answers(team, mention())) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"bot_id": "B1"},
        {"user": None},
        {"edited": {"user": "U2", "ts": "1"}},
        {"subtype": "channel_join"},
        {"ts": "1700000000.000100"},
    ],
    ids=["bot", "nobody", "edit", "system", "old"],
)
def test_message_not_typed_now_by_a_person__gets_no_answer(
    team: ListenerHarness, fields: dict[str, Any]
) -> None:
    assert answers(team, mention(**fields)) == []
    assert answers(team, direct_message(**fields)) == []


def test_own_message__gets_no_answer(team: ListenerHarness) -> None:
    assert answers(team, mention(user=team.bot_user)) == []
    assert answers(team, direct_message(user=team.bot_user)) == []


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted"])
def test_changed_direct_message__gets_no_answer(team: ListenerHarness, subtype: str) -> None:
    assert answers(team, direct_message(subtype=subtype)) == []


def test_message_in_channel__gets_no_answer(team: ListenerHarness) -> None:
    assert answers(team, direct_message(channel=HERE, channel_type="channel")) == []


def test_greeting_in_many_channels__names_three() -> None:
    text = greeting.in_direct_message(["C1", "C2", "C3", "C4", "C5"], is_member=True).text
    assert text.startswith("Three things to try in <#C1>, <#C2>, <#C3> and 2 more:")


def test_greeting_without_channels__says_how_to_start() -> None:
    assert "type `/invite @Needle`" in greeting.in_direct_message([], is_member=True).text
