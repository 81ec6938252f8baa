"""The bot as a separate process, and the people of the sandbox."""

import json
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from bot.config import RunSettings
from slack_sandbox.client.client import Person, SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.process_runner import CompletedCommand, NeedleProcess, run_needle

ROOT = Path(__file__).parents[2]
START_TIMEOUT = 20
STOP_TIMEOUT = 5  # what the bot promises after SIGTERM
READY_SECONDS = 2  # what the bot promises for /ready


@dataclass
class SandboxPeople:
    """The people of the sandbox, by name."""

    slack: SandboxClient

    def person(self, name: str) -> Person:
        return self.slack.person(name)

    def __getattr__(self, name: str) -> Person:
        return self.person(name)


def sqlite_address(folder: Path) -> str:
    """Return the URL of the SQLite database in the folder."""
    return f"sqlite:///{folder}/needle.db"


def environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """Return the environment variables that an operator sets, with the database in the folder."""
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": sqlite_address(folder),
    }


def settings_from(variables: Mapping[str, str]) -> RunSettings:
    """Return the settings of a bot that runs in the test's process."""
    return RunSettings.model_validate({name.lower(): text for name, text in variables.items()})


class BotProcess:
    """`needle run` as a process, which can be stopped and started again on the same store."""

    def __init__(self, sandbox: Sandbox, folder: Path, **other: str) -> None:
        """Prepare a bot. `other` replaces or adds environment variables."""
        self.log = folder / "needle.log"
        self._folder = folder
        self._slack = SandboxClient(sandbox.url)
        self._environment = environment(sandbox, folder) | other
        self._process: NeedleProcess | None = None
        self._log_size = 0  # when the process was started

    def spawn(self, *options: str) -> None:
        """Start the process without waiting until it's ready."""
        self._log_size = self.log.stat().st_size if self.log.exists() else 0
        self._process = NeedleProcess(
            ["run", *options], ROOT, self._environment, self.log, self.log
        )

    def start(self, *options: str) -> None:
        self.spawn(*options)
        self._slack.wait_for_connections(1, timeout=START_TIMEOUT)

    def stop(self) -> int:
        """Send SIGTERM, and return the exit status."""
        started = time.monotonic()
        status = self._end(signal.SIGTERM)
        assert time.monotonic() - started < STOP_TIMEOUT, "it took too long to stop"
        return status

    def kill(self) -> None:
        self.crash()
        self._slack.wait_for_connections(0)

    def crash(self) -> None:
        """Send SIGKILL, without waiting until Slack notices it."""
        self._end(signal.SIGKILL)

    def is_running(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def suspend(self) -> None:
        """Send SIGSTOP. The clocks go on, as Slack's."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def logged(self) -> list[dict[str, Any]]:
        """Return the log since the last start, without an error that ended the process."""
        if not self.log.exists():
            return []
        lines = self.log.read_bytes()[self._log_size :].splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith(b"}\n")]

    def health_port(self) -> int | None:
        """Return the port of the health server, or None while it doesn't listen."""
        started = (line for line in self.logged() if line["event"] == "health_server_started")
        return next((line["port"] for line in started), None)

    def metrics(self) -> str:
        """Return what /metrics says, or "" if it doesn't answer."""
        port = self.health_port()
        if port is None:
            return ""
        try:
            with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=READY_SECONDS) as response:
                return str(response.read().decode())
        except OSError:
            return ""

    def ready_status(self) -> int:
        """Return the HTTP status of /ready, which answers in time whatever the database does."""
        try:
            port = self.health_port()
            with urlopen(f"http://127.0.0.1:{port}/ready", timeout=READY_SECONDS) as response:
                return int(response.status)
        except HTTPError as error:
            with error:
                return error.code

    def needle(self, *arguments: str) -> CompletedCommand:
        """Run another `needle` command while the bot runs."""
        return run_needle(
            *arguments, folder=ROOT, environment=self._environment, written=self._folder
        )

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(how)
        status = self._process.wait(timeout=START_TIMEOUT)
        self._process = None
        return status
