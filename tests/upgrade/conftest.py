"""A recorded workspace in a new sandbox, and this code's bot on the recorded store."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.waiting import PassingTime
from bot.slack.manifest import manifest
from slack_sandbox.server import Sandbox
from tests.upgrade.recording import STORES, Recording
from tests.upgrade.workspace import Workspace


@pytest.fixture(params=sorted(each.name for each in STORES.iterdir()))
def recording(request: pytest.FixtureRequest) -> Recording:
    return Recording.read(STORES / request.param)


@pytest.fixture
def restored(recording: Recording, tmp_path: Path) -> Iterator[Workspace]:
    """The workspace as it was left, with the bot stopped; `start()` starts it."""
    recording.restore(tmp_path / "needle.db")
    time = PassingTime(recording.ended_at + timedelta(minutes=1))
    # How fast a busy machine answers is not tested here.
    options: dict[str, Any] = {"clock": time.epoch, "ack_within": 10}
    with (
        Sandbox(manifest(), snapshot=recording.slack, **options) as sandbox,
        ExitStack() as stopping,
    ):
        yield Workspace(recording, sandbox, time, tmp_path, stopping)


@pytest.fixture
def upgraded(restored: Workspace) -> Workspace:
    """The workspace with the bot at work, after its first look at Slack."""
    restored.start()
    return restored
