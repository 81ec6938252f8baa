"""Responses that Slack doesn't accept: they are counted, and nothing else is lost."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from bot.authorization.channel_membership import CACHE_TTL
from bot.reconciler.intervals import Intervals
from bot.slack import background
from bot.slack.socket_mode.workers import POOL_SIZE
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.planning import toil
from tests.support.bot_driver import FRIDAY, FakeClock, running_bot
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import (
    card_showing,
    count_acknowledgements,
    propose,
    wait_for_acknowledgement,
)

HANGS = 30  # seconds, far longer than the bot waits
WITHIN = 10  # seconds


@pytest.fixture
def ack_timeout() -> float:
    return 3  # Slack's, because a slow acknowledgement is what these tests look for


@pytest.fixture
def lost() -> Callable[[], float]:
    """A function that returns how many responses failed since the test began."""

    def counted() -> float:
        assert background.wait_for_threads(time.monotonic() + WITHIN)
        return REGISTRY.get_sample_value("needle_request_failures_total", {"type": "response"}) or 0

    before = counted()
    return lambda: counted() - before


@pytest.mark.usefixtures("board")
def test_hanging_responses__actions_are_acknowledged(
    slack: SandboxClient, team: SandboxPeople
) -> None:
    """A person who sees that the app didn't respond repeats the action."""
    slack.inject_fault("response_url", delay=HANGS, after_processing=True, times=2 * POOL_SIZE)
    for _ in range(2 * POOL_SIZE):  # raises if one isn't acknowledged in time
        team.ana.types("/toil page db-primary 45m")
    team.mia.types("/roadmap help")
    team.mia.sees("/roadmap commit")


@pytest.mark.usefixtures("board")
def test_hanging_home__votes_are_not_delayed(slack: SandboxClient, team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    slack.inject_fault("views.publish", delay=HANGS, after_processing=True, times=2 * POOL_SIZE)
    for _ in range(POOL_SIZE):
        team.ana.opens_home()
        team.dev.opens_home()
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"))
    wait_for_acknowledgement(slack, "app_home_opened", times=2 * POOL_SIZE)
    assert count_acknowledgements(slack, "app_home_opened", in_time=False) == 0


@pytest.mark.usefixtures("board")
def test_undeliverable_error__is_logged_and_acknowledged(
    slack: SandboxClient, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    slack.inject_fault("response_url", status=503)
    team.ana.types("/roadmap", channel="general")
    assert background.wait_for_threads(time.monotonic() + WITHIN)
    lines = [vars(record) for record in caplog.records if record.name.startswith("bot")]
    assert [(line["message"], line["error"]) for line in lines] == [
        ("response_not_delivered", "HTTP status 503")
    ]


@pytest.mark.usefixtures("board")
def test_interrupted_response__is_not_sent_again(
    slack: SandboxClient, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    slack.inject_fault("response_url", disconnect=True, after_processing=True)
    team.ana.types("/toil page db-primary 45m")
    assert background.wait_for_threads(time.monotonic() + WITHIN)
    [line] = [vars(record) for record in caplog.records if record.name.startswith("bot")]
    assert (line["message"], line["error"]) == ("response_not_delivered", "connection closed")
    assert len(slack.api_calls("response_url")) == 1


def test_membership_lookup_hangs__recent_member_may_act(
    sandbox: Sandbox,
    slack: SandboxClient,
    team: SandboxPeople,
    store_file: Path,
    intervals: Intervals,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A person who sees that the app didn't respond repeats the action."""
    time = FakeClock(FRIDAY)
    with running_bot(sandbox, store_file.parent, time, intervals, {"time_zone": "UTC"}) as database:
        team.mia.types("/roadmap")
        time.set_time(FRIDAY + 2 * CACHE_TTL)
        slack.inject_fault("conversations.members", delay=HANGS)
        team.mia.types("/toil page db-primary 45m")
        with database.snapshot() as session:
            [board] = boards.list_all(session)
            week = (FRIDAY - timedelta(weeks=1), FRIDAY + timedelta(weeks=1))
            assert len(toil.between(session, board.id, *week)) == 1
    assert "channel_members_unknown" in caplog.messages


@pytest.mark.usefixtures("board")
def test_saved_but_not_shown__is_counted(
    slack: SandboxClient, team: SandboxPeople, lost: Callable[[], float]
) -> None:
    slack.inject_fault("chat.postEphemeral", disconnect=True)
    team.mia.types("/roadmap settings")
    team.mia.sees_modal("Settings")
    team.mia.submits(time_zone="UTC")
    assert lost() == 1


@pytest.mark.usefixtures("board")
def test_home_not_shown__is_counted(
    slack: SandboxClient, team: SandboxPeople, lost: Callable[[], float]
) -> None:
    team.mia.opens_home()
    team.mia.sees_in_home("Nothing is ranked yet.")
    slack.inject_fault("views.publish", disconnect=True)
    team.mia.presses_in_home("Stop reminding me")
    assert lost() == 1


@pytest.mark.usefixtures("bot")
def test_refusal_not_shown__is_counted(
    slack: SandboxClient, team: SandboxPeople, lost: Callable[[], float]
) -> None:
    slack.inject_fault("views.open", disconnect=True)
    team.ana.runs_shortcut("propose_anywhere")
    assert lost() == 1
