"""A bot process that is restarted on the same database each time it ends."""

import signal
import threading
from datetime import timedelta
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.posts.outbox import LEASE
from tests.support.bot_process import environment
from tests.support.chaos.clock import AdvancingClock, HostClock
from tests.support.chaos.faults import POLL_SECONDS, Fault, FaultPlan
from tests.support.chaos.faulty_process import START_FAILED, ProcessSettings, run_with_faults
from tests.support.process_runner import FORKSERVER

# Two threads must not wait for the same process: only one of them can read its exit status.
PROCESS_LOCK = threading.Lock()

# A bot whose start fails because Slack hangs is started again, as a supervisor does.
ENDS = {-signal.SIGKILL, START_FAILED}
AFTER_LEASE = LEASE + timedelta(seconds=1)


class RestartedBot:
    """A bot to which the planned faults happen, each once.

    After the process ends, the clock jumps past the lease, so that its claims expire.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        folder: Path,
        passing: AdvancingClock,
        plan: FaultPlan,
        address: str,
    ) -> None:
        self.plan = plan
        self.moments = folder / "moments"
        self.log = folder / "needle.log"
        self._accidents: list[int | None] = []
        self._environment = environment(sandbox, folder) | {"DATABASE_URL": address}
        self._sandbox_url = sandbox.url
        self._slack = SandboxClient(sandbox.url)
        self._passing = passing
        self._pending = timedelta()
        self._jumped = threading.Event()
        self._ended = threading.Event()
        self._process: BaseProcess | None = None
        self._thread = threading.Thread(target=self._run, name="lives")

    @property
    def store(self) -> str:
        return self._environment["DATABASE_URL"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _: object, _traceback: TracebackType | None
    ) -> None:
        self._ended.set()
        self._end_life()
        self._thread.join()
        # After an unplanned end, the bot isn't restarted, so the story fails before this does.
        assert self._accidents == [], self.log.read_text(encoding="utf-8")

    def passes(self, span: timedelta) -> None:
        """Keep the bot down for this long."""
        self._jumped.clear()
        self._pending = span
        while not (self._jumped.wait(0.1) or self._ended.is_set()):
            self._end_life()

    def moments_so_far(self) -> list[str]:
        """Return all moments so far, in order."""
        return self.moments.read_text(encoding="utf-8").splitlines()

    def faults_so_far(self) -> dict[str, Fault]:
        """Return the faults that have happened, by moment."""
        reached = self.moments_so_far()
        return {moment: self.plan[moment] for moment in reached if moment in self.plan}

    def _end_life(self) -> None:
        with PROCESS_LOCK:
            if self._process is not None and self._process.is_alive():
                self._process.kill()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._live_once()
            # Slack finishes a call soon after its process ended, long before the lease does.
            while self._slack.delayed_calls() and not self._ended.wait(POLL_SECONDS):
                pass
            told, self._pending = self._pending, timedelta()
            self._passing.jump(AFTER_LEASE + told)
            if told:
                self._jumped.set()

    def _live_once(self) -> None:
        birth = ProcessSettings(
            self._environment,
            self._sandbox_url,
            HostClock(self._passing),  # right, because a host sets its clock when it starts
            self.moments,
            self.plan,
            self.log,
        )
        process = FORKSERVER.Process(target=run_with_faults, args=(birth,))
        with PROCESS_LOCK:
            process.start()
        self._process = process
        while not wait([process.sentinel], timeout=1):
            if self._ended.is_set():
                self._end_life()
        with PROCESS_LOCK:
            process.join()
        if process.exitcode not in ENDS:
            self._accidents.append(process.exitcode)
            self._ended.set()
