"""Fixtures: a sandbox, the bot on it, and the people of the workspace."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import RunSettings
from bot.reconciler.intervals import Intervals
from bot.service.service import running
from domain.calendar.cadence import Cadence
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import Database
from storage.locks import STORE
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import ROOT, BotProcess, SandboxPeople, environment
from tests.support.slack_steps import invite


@pytest.fixture
def sandbox_options() -> dict[str, Any]:
    """Options of the sandbox. A test can override them."""
    return {}


@pytest.fixture
def ack_timeout() -> float:
    """The seconds within which the bot must acknowledge. Tests of speed override it with Slack's 3.

    The others don't measure speed: a busy machine can stop all processes for seconds.
    """
    return 10


@pytest.fixture
def manifest() -> dict[str, Any]:
    """The app's manifest. A test can override it."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def sandbox(
    tmp_path: Path,
    manifest: dict[str, Any],
    ack_timeout: float,
    sandbox_options: dict[str, Any],
) -> Iterator[Sandbox]:
    """A sandbox. At the end, no file (log, database, copy or export) may contain its tokens."""
    with Sandbox(manifest, ack_timeout=ack_timeout, **sandbox_options) as running_sandbox:
        yield running_sandbox
        secrets = [running_sandbox.bot_token.encode(), running_sandbox.app_token.encode()]
    for file in [each for each in tmp_path.rglob("*") if each.is_file()]:
        content = file.read_bytes()
        assert not [s for s in secrets if s in content], f"{file.name} contains a token"


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def team(slack: SandboxClient) -> SandboxPeople:
    return SandboxPeople(slack)


@pytest.fixture
def intervals() -> Intervals:
    """The shortest intervals. A test can override them."""
    return Intervals(
        between_posts=timedelta(0), between_redraws=timedelta(0), debounce=timedelta(seconds=0.02)
    )


@pytest.fixture
def bot(sandbox: Sandbox, store_file: Path, intervals: Intervals) -> Iterator[Database]:
    """The database of a running bot."""
    variables = {
        name.lower(): text for name, text in environment(sandbox, store_file.parent).items()
    }
    with running(RunSettings.model_validate(variables), intervals=intervals) as database:
        yield database


@pytest.fixture
def board(bot: Database, team: SandboxPeople) -> Database:
    """The database of a running bot that mia invited to #ops."""
    invite(team)
    return bot


@pytest.fixture
def process(sandbox: Sandbox, tmp_path: Path) -> Iterator[BotProcess]:
    """`needle run` as a process."""
    running_process = BotProcess(sandbox, tmp_path)
    running_process.start()
    yield running_process
    assert running_process.stop() == 0, running_process.log.read_text()


@pytest.fixture
def api_url(sandbox: Sandbox) -> str:
    """The address of the Web API that the driver calls. A test can override it."""
    return sandbox.api_url


@pytest.fixture
def clock(
    sandbox: Sandbox, slack: SandboxClient, team: SandboxPeople, store_file: Path, api_url: str
) -> Iterator[BotDriver]:
    """A driver of the bot, with a board created on Friday, read back, and one project."""
    team.mia.invites(slack.app_user_id, "ops")
    [ops] = [each for each in team.mia.screen()["channels"] if each["name"] == "ops"]
    driver = BotDriver(store_file, sandbox, api_url)
    team_id = slack.workspace()["team"]["id"]
    with driver.database.transaction(STORE) as session:
        boards.create(session, team_id, ops["id"], None, FRIDAY)
        board = boards.find(session, team_id, ops["id"])
        assert board is not None
        boards.change_settings(
            session,
            board,
            cadence=Cadence(time_zone="America/New_York"),
            people=4,
            weeks_away=0,
            stewards=(),
            quorum=3,
            by="U1",
            now=FRIDAY,
        )
    driver.propose("Retire the last NAT box", FRIDAY)
    driver.run_until_posted(FRIDAY)
    slack.ignore_calls_until_now("auth.test", "conversations.history")  # that read it back
    yield driver
    driver.database.close()
