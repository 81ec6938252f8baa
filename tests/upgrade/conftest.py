"""Fixtures: a recorded workspace in a new sandbox, and the current bot on the recorded store."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.simulated_clock import SimulatedClock
from bot.slack.manifest import manifest
from slack_sandbox.server import Sandbox
from tests.upgrade.recording import STORES, Recording
from tests.upgrade.workspace import Workspace


@pytest.fixture(params=sorted(each.name for each in STORES.iterdir()))
def recording(request: pytest.FixtureRequest) -> Recording:
    return Recording.read(STORES / request.param)


@pytest.fixture
def restored(recording: Recording, tmp_path: Path) -> Iterator[Workspace]:
    """Yield the recorded workspace with the bot stopped. `start()` starts the bot."""
    recording.restore(tmp_path / "needle.db")
    time = SimulatedClock(recording.ended_at + timedelta(minutes=1))
    # The tests don't measure speed: on a busy machine, answers may take long.
    options: dict[str, Any] = {"clock": time.epoch, "ack_timeout": 10}
    with (
        Sandbox(manifest(), snapshot=recording.slack, **options) as sandbox,
        ExitStack() as stopping,
    ):
        yield Workspace(recording, sandbox, time, tmp_path, stopping)


@pytest.fixture
def upgraded(restored: Workspace) -> Workspace:
    """Return the recorded workspace with the bot running, after its first backfill."""
    restored.start()
    return restored
