"""Buttons of the bot's direct messages."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.reconciler.intervals import Intervals
from bot.service.scheduler import enqueue_due_posts
from slack_sandbox.client.client import Message
from slack_sandbox.server import Sandbox
from tests.support.bot_driver import FakeClock, running_bot
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import direct_messages, propose

FRIDAY = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
# Two days before one score shows a result of a project that was proposed on FRIDAY.
REMINDER_DAY = datetime(2026, 9, 2, 9, 30, tzinfo=UTC)
NEXT_REMINDER_DAY = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)  # of one proposed on the first
WEEK = timedelta(weeks=1, minutes=1)

Coming = Callable[[datetime], None]


@pytest.fixture
def comes(sandbox: Sandbox, store_file: Path, intervals: Intervals) -> Iterator[Coming]:
    """A function that sets the time and queues due posts. The bot is in #ops since Friday."""
    time = FakeClock(FRIDAY)
    with running_bot(sandbox, store_file.parent, time, intervals, {"time_zone": "UTC"}) as database:

        def comes(moment: datetime) -> None:
            time.set_time(moment)
            enqueue_due_posts(database, moment)

        yield comes


@pytest.fixture
def asked(comes: Coming, team: SandboxPeople) -> Message:
    """Ana's DM that asks whether a fire of hers, a week old, still burns."""
    team.ana.types("/fire security tokens leak")
    team.ana.sees("Security is burning")
    comes(FRIDAY + WEEK)
    return team.ana.sees("Is it still burning?", "needle")


def test_fire_cleared_in_dm__is_announced_in_channel(asked: Message, team: SandboxPeople) -> None:
    team.ana.presses("It's out", on=asked)
    team.mia.sees("Security is no longer burning, says @ana.")


def test_fire_kept_burning_in_dm__is_not_asked_about_again(
    asked: Message, comes: Coming, team: SandboxPeople
) -> None:
    team.ana.presses("Still burning", on=asked)
    team.ana.sees("Security is still burning. I won't ask again", "needle")
    comes(FRIDAY + 3 * WEEK)
    assert not [m for m in direct_messages(team, "ana") if "Is it still burning" in m.visible_text]
    assert not [m for m in team.mia.messages("ops") if "is no longer burning" in m.visible_text]


@pytest.fixture
def reminded(comes: Coming, team: SandboxPeople) -> Message:
    """Ana's reminder to score. She has proposed a project."""
    propose(team, "ana", "Retire the last NAT box")
    comes(REMINDER_DAY)
    return team.ana.sees("needs your score", "needle")


def test_reminder_button__opens_next_score_form(reminded: Message, team: SandboxPeople) -> None:
    team.ana.presses("Score next", on=reminded)
    team.ana.sees_modal("Score #1")


def test_reminder_is_stopped__none_follows(
    reminded: Message, comes: Coming, team: SandboxPeople
) -> None:
    team.ana.presses("Stop reminding me", on=reminded)
    team.ana.sees("I won't remind you again", "needle")
    propose(team, "ana", "Rotate every key")
    comes(NEXT_REMINDER_DAY)
    assert not [m for m in direct_messages(team, "ana") if "needs your score" in m.visible_text]
