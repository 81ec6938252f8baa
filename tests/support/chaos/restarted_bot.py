"""A bot process that is restarted on the same database each time it's killed."""

import signal
import threading
from datetime import timedelta
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from slack_sandbox.server import Sandbox
from storage.posts.outbox import LEASE
from tests.support.bot_process import environment
from tests.support.chaos.clock import AdvancingClock
from tests.support.chaos.killed_process import ProcessSettings, run_until_killed
from tests.support.process_runner import FORKSERVER

# Two threads must not wait for the same process: only one of them can read its exit status.
PROCESS_LOCK = threading.Lock()

AFTER_LEASE = LEASE + timedelta(seconds=1)


class RestartedBot:
    """A bot that is killed once at each of the `planned` kill points; `kills` counts the kills.

    After a kill, the clock jumps past the lease, so that the claims of the killed process expire.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        folder: Path,
        passing: AdvancingClock,
        planned: frozenset[str] = frozenset(),
    ) -> None:
        self.planned = planned
        self.moments = folder / "moments"
        self.log = folder / "needle.log"
        self.kills = 0
        self.accidents: list[int | None] = []
        self._environment = environment(sandbox, folder)
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

    def passes(self, span: timedelta) -> None:
        """Keep the bot down for this long."""
        self._jumped.clear()
        self._pending = span
        while not (self._jumped.wait(0.1) or self._ended.is_set()):
            self._end_life()

    def moments_so_far(self) -> list[str]:
        """Return all kill points so far, in order."""
        return self.moments.read_text(encoding="utf-8").splitlines()

    def _end_life(self) -> None:
        with PROCESS_LOCK:
            if self._process is not None and self._process.is_alive():
                self._process.kill()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._live_once()
            told, self._pending = self._pending, timedelta()
            self._passing.jump(AFTER_LEASE + told)
            if told:
                self._jumped.set()

    def _live_once(self) -> None:
        birth = ProcessSettings(
            self._environment, self._passing.ahead, self.moments, self.planned, self.log
        )
        process = FORKSERVER.Process(target=run_until_killed, args=(birth,))
        with PROCESS_LOCK:
            process.start()
        self._process = process
        while not wait([process.sentinel], timeout=1):
            if self._ended.is_set():
                self._end_life()
        with PROCESS_LOCK:
            process.join()
        if process.exitcode != -signal.SIGKILL:
            self.accidents.append(process.exitcode)
            self._ended.set()
        elif self.moments_so_far()[-1:] and self.moments_so_far()[-1] in self.planned:
            self.kills += 1
