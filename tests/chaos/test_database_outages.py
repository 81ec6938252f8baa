"""PostgreSQL restarts, says nothing, or hangs up, while people vote, propose, score and command."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slack_sandbox.client.client import SandboxClient
from storage.database import open_database
from tests.support.bot_process import START_TIMEOUT, BotProcess
from tests.support.chaos.crowd import Crowd, crowded_sandbox
from tests.support.chaos.due_board import LAST_QUARTER, propose_all
from tests.support.chaos.outcome import SETTLE_SECONDS, read_outcome
from tests.support.chaos.story import PATIENCE, TITLES
from tests.support.postgres import Postgres
from tests.support.slack_steps import cards
from tests.support.wait import value_within, wait_until

# As Slack's, the last retry comes after the outage.
RETRIES = (0.0, 10.0, 30.0)
VOTES_PER_PHASE = 60  # before, during and after the outage
SILENCE_SECONDS = 25  # longer than any wait for PostgreSQL
HANG_UPS = 10
SEED = 17

Outage = Callable[[Postgres, str, Crowd], None]


def vote_more(crowd: Crowd, votes: int) -> None:
    """Wait until people have voted that often from now on."""
    enough = crowd.votes_cast + votes
    wait_until(lambda: crowd.votes_cast >= enough, PATIENCE)


def restart(postgres: Postgres, _address: str, crowd: Crowd) -> None:
    with postgres.down():
        vote_more(crowd, VOTES_PER_PHASE)


def silence(postgres: Postgres, _address: str, crowd: Crowd) -> None:
    began = time.monotonic()
    with postgres.frozen():
        vote_more(crowd, VOTES_PER_PHASE)
        wait_until(lambda: time.monotonic() - began > SILENCE_SECONDS, PATIENCE)


def hang_ups(postgres: Postgres, address: str, crowd: Crowd) -> None:
    for _ in range(HANG_UPS):
        postgres.hangs_up_on_all(address)
        vote_more(crowd, VOTES_PER_PHASE // HANG_UPS)


@pytest.mark.parametrize(
    "outage",
    [
        pytest.param(restart, marks=pytest.mark.long),
        pytest.param(silence, marks=pytest.mark.long),
        hang_ups,
    ],
)
def test_outage_under_load__nothing_lost_or_doubled_no_restart(
    tmp_path: Path, postgres: Postgres, outage: Outage
) -> None:
    address = postgres.new_database()
    with crowded_sandbox(RETRIES) as sandbox, ThreadPoolExecutor(1) as pool:
        slack = SandboxClient(sandbox.url)
        crowd = Crowd(slack, random.Random(SEED))  # noqa: S311 — repeatable, not secret
        crowd.team.mia.invites(slack.app_user_id, "ops")
        with closing(open_database(address)) as database:
            propose_all(database, slack, datetime.now(UTC) - LAST_QUARTER)
        process = BotProcess(sandbox, tmp_path, DATABASE_URL=address)
        process.start("--health-port", "0")
        wait_until(lambda: len(cards(crowd.team)) == len(TITLES), PATIENCE)
        acting = pool.submit(crowd.act, 4 * VOTES_PER_PHASE, max_projects=2 * len(TITLES))
        vote_more(crowd, VOTES_PER_PHASE)
        outage(postgres, address, crowd)
        acting.result()

        expected = crowd.expected_outcome()
        with closing(open_database(address)) as database:
            assert expected == value_within(
                SETTLE_SECONDS, lambda: read_outcome(database, slack), expected
            )
        wait_until(lambda: process.ready_status() == 200, START_TIMEOUT)
        assert process.stop() == 0
        events = [line["event"] for line in process.logged()]
        assert "database_unavailable" in events
        assert events.count("database_available_again") == events.count("database_unavailable")
