"""PostgreSQL stops, hangs or says nothing, while people vote or at the start."""

import time
from pathlib import Path

import pytest

from bot.reconciler.intervals import Intervals
from bot.service.service import running
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.bot_process import (
    START_TIMEOUT,
    BotProcess,
    SandboxPeople,
    environment,
    settings_from,
)
from tests.support.pgbouncer import pgbouncer_running
from tests.support.postgres import Postgres, silent_postgres
from tests.support.slack_steps import card_showing, invite, propose, score
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
    settings = settings_from(variables)
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


def test_pgbouncer_in_transaction_mode__bot_works(
    sandbox: Sandbox,
    team: SandboxPeople,
    tmp_path: Path,
    intervals: Intervals,
    postgres: Postgres,
) -> None:
    with pgbouncer_running(postgres.new_database()) as url:
        variables = environment(sandbox, tmp_path) | {"DATABASE_URL": url}
        settings = settings_from(variables)
        with running(settings, intervals=intervals):
            invite(team)
            card = propose(team, "ana", "Retire the last NAT box")
            for votes, name in enumerate(("ana", "ben", "chloe", "dev", "mia"), 1):
                team.person(name).reacts("+1", to=card)
                team.mia.sees(card_showing(card, f"👍 {votes}"))
                score(team, name, card, cost=2)
            team.mia.types("/fire cost the bill")
            team.mia.sees("Cost is burning")
        exported = BotProcess(sandbox, tmp_path, DATABASE_URL=url).needle("export")
    assert "Retire the last NAT box" in exported.stdout, exported.stderr


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


@pytest.mark.long
@pytest.mark.parametrize("sandbox_options", [{"retry_delays": (0.0, 1.0, 3.0, 5.0)}])
def test_postgresql_hangs__people_are_told_and_votes_count_later(
    sandbox: Sandbox, team: SandboxPeople, tmp_path: Path, postgres: Postgres
) -> None:
    process = BotProcess(sandbox, tmp_path, DATABASE_URL=postgres.new_database())
    process.start("--health-port", "0")
    invite(team)
    card = propose(team, "ana", "Retire the last NAT box")
    with postgres.frozen():
        assert process.ready_status() == 503
        team.ben.reacts("+1", to=card)
        for person in (team.chloe, team.mia):
            person.types("/fire cost the bill")
            person.sees("I can't reach my database, so nothing was saved")
    team.mia.sees(card_showing(card, "👍 1"), timeout=60)
    team.chloe.types("/fire cost the bill")
    team.chloe.sees("Cost is burning")
    assert process.stop() == 0
    lines = process.logged()
    errors = [line["event"] for line in lines if line["level"] == "error"]
    assert errors == ["database_unavailable"]
    assert "database_available_again" in [line["event"] for line in lines]


@pytest.mark.parametrize("arguments", [("export",), ("run",)])
def test_silent_postgresql__ends_in_one_line(
    sandbox: Sandbox, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    with silent_postgres() as address:
        process = BotProcess(sandbox, tmp_path, DATABASE_URL=address)
        result = process.needle(*arguments)
    shown = address.replace("secret", "***")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"{shown} can't be opened: connection timeout expired\n"


def test_silent_postgresql__doctor_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    with silent_postgres() as address:
        result = BotProcess(sandbox, tmp_path, DATABASE_URL=address).needle("doctor")
    assert result.returncode == 1
    [failed] = [line for line in result.stdout.splitlines() if line.startswith("FAIL")]
    assert "can't be opened: connection timeout expired" in failed


def test_silent_postgresql__start_can_be_stopped(
    sandbox: Sandbox, slack: SandboxClient, tmp_path: Path
) -> None:
    with silent_postgres() as address:
        process = BotProcess(sandbox, tmp_path, DATABASE_URL=address)
        process.spawn()
        # The database is opened after the last of these calls.
        wait_until(lambda: bool(slack.api_calls("apps.connections.open")), within=START_TIMEOUT)
        assert process.stop() == 0
