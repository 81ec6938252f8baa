"""What the doctor advises, by what is wrong: asked in process, with a board in #ops."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli.doctor import Finding, examine
from bot.clock import Clock, utc_now
from bot.config import RunSettings
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.running import environment

NOWHERE = "http://127.0.0.1:9/api/"
BOARD = "#ops can be posted to"

pytestmark = pytest.mark.usefixtures("clock")  # a board, and no bot that would meet the faults


class Doctor:
    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self._told = {name.lower(): text for name, text in environment(sandbox, folder).items()}

    def finds(self, clock: Clock = utc_now, **told: str) -> list[Finding]:
        return list(examine(RunSettings.model_validate({**self._told, **told}), clock))

    def advises(self, clock: Clock = utc_now, **told: str) -> dict[str, str]:
        """By what it is about."""
        return {each.what: each.advice for each in self.finds(clock, **told) if not each.well}


@pytest.fixture
def doctor(sandbox: Sandbox, tmp_path: Path) -> Doctor:
    return Doctor(sandbox, tmp_path)


def test_of_a_refused_token_it_asks_nothing_more(doctor: Doctor, slack: SandboxClient) -> None:
    slack.inject_fault("auth.test", error="token_revoked")
    slack.inject_fault("conversations.info", error="token_revoked")
    assert doctor.advises() == {
        "SLACK_BOT_TOKEN is accepted": "Slack says token_revoked. See README, “Install it”."
    }


def test_a_slack_that_is_not_there_is_told_with_its_address(doctor: Doctor) -> None:
    told = f"{NOWHERE} can't be reached: nothing listens there."
    assert doctor.advises(slack_api_url=NOWHERE) == {
        "SLACK_BOT_TOKEN is accepted": told,
        "SLACK_APP_TOKEN opens a connection": told,
    }


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            {"status": 429, "error": "ratelimited", "retry_after": 40},
            "Slack asks to be left alone for 40 s: ratelimited (HTTP status 429)",
        ),
        (
            {"error": "internal_error"},
            "Slack is in trouble: internal_error (HTTP status 200). Try again in a while",
        ),
    ],
    ids=["limit", "error"],
)
def test_trouble_of_slack_s_own_is_mended_by_no_scope_and_no_invitation(
    doctor: Doctor, sandbox: Sandbox, slack: SandboxClient, fault: dict[str, Any], words: str
) -> None:
    slack.inject_fault("apps.connections.open", **fault)
    slack.inject_fault("conversations.info", **fault)
    told = f"{words} ({sandbox.api_url})."
    assert doctor.advises() == {"SLACK_APP_TOKEN opens a connection": told, BOARD: told}


def test_a_channel_that_is_closed_to_it_it_is_to_be_invited_to(
    doctor: Doctor, slack: SandboxClient
) -> None:
    slack.inject_fault("conversations.info", error="channel_not_found")
    again = "Slack says channel_not_found. /invite the bot to #ops again, or leave it."
    assert doctor.advises() == {BOARD: again}


@pytest.mark.parametrize(("minutes", "way"), [(2, "fast"), (-2, "slow")])
def test_how_far_and_which_way_the_clock_is_off(doctor: Doctor, minutes: int, way: str) -> None:
    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    [(what, told)] = doctor.advises(clock).items()
    assert what == "The clock agrees with Slack's"
    assert re.fullmatch(rf"It is 0:0[12]:\d\d {way}: set up NTP\.", told)


def test_a_damaged_store_is_to_be_restored(doctor: Doctor, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 4080)
    [advice] = doctor.advises(database_url=f"sqlite:///{damaged}").values()
    assert advice.endswith("stop the bot and restore a copy (`needle backup`).")
