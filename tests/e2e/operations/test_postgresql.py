"""PostgreSQL stops and starts while people vote."""

import time
from pathlib import Path

import pytest

from bot.config import RunSettings
from bot.reconciler.intervals import Intervals
from bot.service.service import running
from slack_sandbox.server import Sandbox
from tests.support.bot_process import BotProcess, SandboxPeople, environment
from tests.support.postgres import Postgres
from tests.support.slack_steps import card_showing, invite, propose
from tests.support.wait import wait_until


@pytest.mark.long
@pytest.mark.parametrize("sandbox_options", [{"retry_delays": (0.0, 1.0, 3.0, 5.0)}])
def test_postgresql_restarts__vote_during_outage_counts(
    sandbox: Sandbox,
    team: SandboxPeople,
    tmp_path: Path,
    intervals: Intervals,
    postgres: Postgres,
) -> None:
    variables = environment(sandbox, tmp_path) | {"DATABASE_URL": postgres.new_database()}
    settings = RunSettings.model_validate({name.lower(): text for name, text in variables.items()})
    with running(settings, intervals=intervals):
        invite(team)
        card = propose(team, "ana", "Retire the last NAT box")
        with postgres.down():
            team.ben.reacts("+1", to=card)
            team.chloe.types("/fire cost the bill")
            team.chloe.sees("I can't reach my database, so nothing was saved")
        team.mia.sees(card_showing(card, "👍 1"), timeout=30)
        team.chloe.types("/fire cost the bill")
        team.chloe.sees("Cost is burning")


@pytest.mark.long
def test_postgresql_hangs__bot_stops(
    sandbox: Sandbox, team: SandboxPeople, tmp_path: Path, postgres: Postgres
) -> None:
    process = BotProcess(sandbox, tmp_path, DATABASE_URL=postgres.new_database())
    process.start()
    invite(team)
    # The scheduler uses the database at each full minute.
    wait_until(lambda: 55 < time.time() % 60 < 59, within=60)
    with postgres.frozen():
        wait_until(lambda: 1 < time.time() % 60 < 50, within=10)
        assert process.stop() == 0
