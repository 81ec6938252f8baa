"""The bot under a service manager: it reports that it's ready, alive, and stopping."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from bot.service.liveness import FROZEN_AFTER
from bot.service.service import running_bot
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.bot_process import BotProcess, environment, settings_from
from tests.support.notify_socket import NotifySocket, listening
from tests.support.wait import wait_until

WATCHDOG_SECONDS = 2
PATIENCE = 20
OPEN = "STATUS=A connection to Slack is open."


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[NotifySocket]:
    with listening(str(tmp_path / "notify")) as bound:
        yield bound


@pytest.fixture
def process(sandbox: Sandbox, tmp_path: Path, manager: NotifySocket) -> Iterator[BotProcess]:
    process = BotProcess(
        sandbox,
        tmp_path,
        NOTIFY_SOCKET=manager.address,
        WATCHDOG_USEC=str(WATCHDOG_SECONDS * 1_000_000),
    )
    process.spawn()
    yield process
    process.stop()


def test_bot_runs__manager_hears_ready_alive_and_stopping(
    process: BotProcess, manager: NotifySocket, slack: SandboxClient
) -> None:
    assert manager.receive() == ["STATUS=Connecting to Slack."]
    assert manager.receive()[0] == "READY=1"
    slack.wait_for_connections(1)
    assert manager.receive_until(OPEN) == ["WATCHDOG=1", OPEN]
    assert process.stop() == 0
    manager.receive_until("STOPPING=1")


@pytest.mark.usefixtures("process")
def test_slack_is_away__watchdog_is_fed(manager: NotifySocket, slack: SandboxClient) -> None:
    manager.receive_until("READY=1")
    slack.inject_fault("apps.connections.open", error="internal_error", times=1000)
    slack.abort_connections()
    silent = "STATUS=No connection to Slack is open, or the open one is silent."
    assert manager.receive_until(silent) == ["WATCHDOG=1", silent]


def test_process_is_suspended__watchdog_starves(process: BotProcess, manager: NotifySocket) -> None:
    manager.receive_until("WATCHDOG=1")
    process.suspend()
    try:
        manager.clear()
        with pytest.raises(TimeoutError):
            manager.receive(WATCHDOG_SECONDS)
    finally:
        process.resume()
    manager.receive_until("WATCHDOG=1")


class FreezingClock:
    """A wall clock that doesn't return to the scheduler while it is frozen."""

    def __init__(self) -> None:
        self.runs = threading.Event()
        self.runs.set()

    def __call__(self) -> datetime:
        if threading.current_thread().name == "scheduler":
            self.runs.wait(PATIENCE)
        return datetime.now(UTC)


class LaterSeconds:
    """A monotonic clock that a test can move forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


def live(port: int) -> tuple[int, dict[str, object]]:
    try:
        with urlopen(f"http://127.0.0.1:{port}/live") as response:
            return response.status, json.loads(response.read())
    except HTTPError as error:
        return error.code, json.loads(error.read())


def test_loop_freezes__live_names_it_until_it_turns(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    clock, seconds = FreezingClock(), LaterSeconds()
    settings = settings_from(environment(sandbox, tmp_path))
    with running_bot(settings, clock, monotonic=seconds, health=("127.0.0.1", 0)) as bot:
        [port] = [
            vars(each)["port"] for each in caplog.records if each.msg == "health_server_started"
        ]
        assert live(port) == (200, {"alive": True})
        clock.runs.clear()
        seconds.ahead += FROZEN_AFTER.total_seconds()
        bot.database.changed.set()  # the reconciler turns
        frozen = {"alive": False, "frozen": ["scheduler"]}
        wait_until(lambda: live(port) == (503, frozen), within=PATIENCE)
        clock.runs.set()
        wait_until(lambda: live(port) == (200, {"alive": True}), within=PATIENCE)
