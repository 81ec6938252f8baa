"""A sandbox, the bot on it, and the people who act."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.run import running
from bot.settings import RunSettings
from sandbox.client import SandboxClient
from sandbox.server import Sandbox
from storage.database import Database
from tests.e2e.running import ROOT, BotProcess, Team, environment


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    with Sandbox(manifest) as running_sandbox:
        yield running_sandbox


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def team(slack: SandboxClient) -> Team:
    return Team(slack)


@pytest.fixture
def bot(sandbox: Sandbox, tmp_path: Path) -> Iterator[Database]:
    """The bot at work, and its store."""
    told = {name.lower(): text for name, text in environment(sandbox, tmp_path).items()}
    with running(RunSettings.model_validate(told)) as database:
        yield database


@pytest.fixture
def board(bot: Database, slack: SandboxClient, team: Team) -> Database:
    """The bot, invited to #ops by mia."""
    team.mia.invites(slack.app_user, "ops")
    team.mia.sees("choose its work by its values")
    return bot


@pytest.fixture
def process(sandbox: Sandbox, tmp_path: Path) -> Iterator[BotProcess]:
    """`needle run` as an operator starts it."""
    running_process = BotProcess(sandbox, tmp_path)
    running_process.start()
    yield running_process
    assert running_process.stop() == 0, running_process.log.read_text()
