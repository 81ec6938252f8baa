"""Log lines of the reconciler: each names the subject and place of an event."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest

from bot.service.logs import JsonFormatter
from slack_sandbox.client.client import SandboxClient
from storage.boards import boards
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import cards

TEN_MINUTES_LATER = FRIDAY + timedelta(minutes=10)
COMMON_FIELDS = {"timestamp", "level", "logger", "event"}


@pytest.fixture(autouse=True)
def level(clock: BotDriver, caplog: pytest.LogCaptureFixture) -> None:
    """Record info logs from here on. The clock's board exists by then."""
    del clock
    caplog.set_level(logging.INFO)


def fields_of(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, Any]]:
    """Return the fields of each log line with this event."""
    lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records]
    return [
        {key: line[key] for key in line if key not in COMMON_FIELDS}
        for line in lines
        if line["event"] == event
    ]


def test_card_is_posted__logs_post_sent(clock: BotDriver, caplog: pytest.LogCaptureFixture) -> None:
    clock.propose("Rotate every key", TEN_MINUTES_LATER)
    clock.run_until_posted(TEN_MINUTES_LATER)
    assert fields_of(caplog, "post_sent") == [{"post": "card", "subject": "2", "board": 1}]


def test_missed_vote_is_found__logs_reactions_backfilled(
    clock: BotDriver, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    [card] = cards(team)
    team.ben.reacts("+1", to=card)
    clock.reconnect()
    clock.run_pass(TEN_MINUTES_LATER)
    assert fields_of(caplog, "reactions_backfilled") == [{"project": "1", "board": 1}]


def test_missed_invitation_is_found__logs_board_backfilled(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    team.ana.invites(slack.app_user_id, "random")
    clock.reconnect()
    clock.run_pass(TEN_MINUTES_LATER)
    with clock.database.snapshot() as session:
        channel = boards.get(session, 2).channel_id
    assert fields_of(caplog, "board_backfilled") == [{"channel": channel}]


def test_slack_rejects_blocks__logs_message_rejected(
    clock: BotDriver, slack: SandboxClient, caplog: pytest.LogCaptureFixture
) -> None:
    slack.inject_fault("chat.update", error="invalid_blocks")
    clock.outdate_all_cards()
    clock.run_pass(TEN_MINUTES_LATER)
    assert fields_of(caplog, "message_rejected_sending_text") == [
        {"post": "card", "subject": "1", "board": 1, "error": "invalid_blocks"}
    ]


CARD_FIELDS = {"post": "card", "subject": "1", "board": 1}


@pytest.mark.parametrize(
    ("method", "event", "context"),
    [
        ("chat.postMessage", "post_deferred", {"post": "card", "subject": "2", "board": 1}),
        ("chat.update", "redraw_deferred", CARD_FIELDS),
        ("chat.getPermalink", "permalink_lookup_deferred", CARD_FIELDS),
        ("conversations.history", "board_backfill_deferred", {"board": 1, "channel": "ops"}),
        ("users.conversations", "workspace_backfill_deferred", {}),
        ("users.info", "person_lookup_deferred", {"person": "U0DEV00000"}),
    ],
)
@pytest.mark.parametrize(
    ("fault", "error", "retry_in_seconds"),
    [
        ({"status": 429, "error": "ratelimited", "retry_after": 30}, "ratelimited", 30),
        ({"error": "restricted_action"}, "restricted_action", 300),  # until a person changes it
        ({"disconnect": True}, "connection closed", 30),
    ],
)
def test_slack_call_fails__logs_deferred_action(
    clock: BotDriver,
    slack: SandboxClient,
    caplog: pytest.LogCaptureFixture,
    method: str,
    event: str,
    context: dict[str, Any],
    fault: dict[str, Any],
    error: str,
    retry_in_seconds: int,
) -> None:
    slack.inject_fault(method, **fault)
    with clock.database.snapshot() as session:
        channel = boards.get(session, 1).channel_id
    clock.reconnect()
    clock.add_unknown_people(slack, "dev")
    clock.outdate_all_cards()
    clock.propose("Rotate every key", TEN_MINUTES_LATER)
    clock.run_pass(TEN_MINUTES_LATER)
    fields = {**context, "error": error, "retry_in_seconds": retry_in_seconds}
    if "channel" in context:
        fields["channel"] = channel
    if "disconnect" not in fault:
        fields["method"] = method
    assert fields_of(caplog, event) == [fields]


def test_channel_lookup_fails__logs_channel_lookup_deferred(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    clock.open_board("random", slack, team)
    slack.inject_fault("conversations.info", error="fatal_error")
    clock.run_pass(TEN_MINUTES_LATER)
    with clock.database.snapshot() as session:
        channel = boards.get(session, 2).channel_id
    assert fields_of(caplog, "channel_lookup_deferred") == [
        {
            "board": 2,
            "channel": channel,
            "method": "conversations.info",
            "error": "fatal_error",
            "retry_in_seconds": 30,
        }
    ]
