"""A sandbox, the bot on it, and the people who act."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from sandbox.client import SandboxClient
from sandbox.server import Sandbox
from tests.e2e.running import ROOT, Bot, Team


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    with Sandbox(manifest) as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def team(slack: SandboxClient) -> Team:
    return Team(slack)


@pytest.fixture
def bot(sandbox: Sandbox, tmp_path: Path) -> Iterator[Bot]:
    running = Bot(sandbox, tmp_path / "needle.db", tmp_path / "needle.log")
    running.start()
    yield running
    assert running.stop() == 0, (tmp_path / "needle.log").read_text()
