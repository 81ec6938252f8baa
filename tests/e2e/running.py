"""The real bot as a process of its own, and the people who act on the sandbox."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sandbox.client import Person, SandboxClient
from sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 20
STOPS_WITHIN = 5  # what the bot promises after SIGTERM


@dataclass
class Team:
    """The people of the sandbox, by name."""

    slack: SandboxClient

    def __getattr__(self, name: str) -> Person:
        return self.slack.person(name)


class Bot:
    """`needle run` as a process, which can be stopped and started again on the same store."""

    def __init__(self, sandbox: Sandbox, store: Path, log: Path) -> None:
        self._slack = SandboxClient(sandbox.url)
        self._log = log
        self.environment = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": f"sqlite:///{store}",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self._slack.waits_for_connections(1, within=STARTS_WITHIN)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Its exit status."""
        if self._process is None:
            return 0
        self._process.send_signal(how)
        started = time.monotonic()
        status = self._process.wait(timeout=STARTS_WITHIN)
        self._process = None
        assert time.monotonic() - started < STOPS_WITHIN, "it took too long to stop"
        return status

    def kill(self) -> None:
        self.stop(signal.SIGKILL)

    def needle(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another `needle` command, beside the running bot."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
