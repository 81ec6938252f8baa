"""A bot process in which a planned fault happens at each planned moment.

Moments are before and after a commit, a call to Slack, or an acknowledgment. All processes of a
story append to one file, so that each moment has a unique number: `after chat.update 7`.
"""

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import OpenerDirector, Request

from slack_sdk.socket_mode.builtin import SocketModeClient
from sqlalchemy import Engine, event
from sqlmodel import Session

from bot.config import RunSettings
from bot.reconciler.intervals import Intervals
from bot.service.logs import configure_logging
from bot.service.service import running
from bot.slack.client import StartupError
from slack_sandbox.client.client import SandboxClient
from storage.database import Database
from tests.support.chaos.clock import HostClock
from tests.support.chaos.faults import FaultPlan

START_FAILED = 3  # exit status
# Reactions that wait together are committed at the end of their batch. Timing decides which do.
PASSES_ON = {"_storing": "_record"}


@dataclass(frozen=True)
class ProcessSettings:
    """The settings of one process."""

    environment: dict[str, str]
    sandbox_url: str
    clock: HostClock
    moments: Path
    plan: FaultPlan
    log: Path


class FaultyProcess:
    """The current process, and the moments that all processes of the story have reached so far."""

    def __init__(self, settings: ProcessSettings) -> None:
        self.slack = SandboxClient(settings.sandbox_url)
        self.clock = settings.clock
        self.database: Database | None = None  # as soon as the bot runs
        self._plan = settings.plan
        self._file = os.open(settings.moments, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        earlier = settings.moments.read_text(encoding="utf-8").splitlines()
        self._counts = Counter(moment.rpartition(" ")[0] for moment in earlier)
        self._lock = threading.Lock()

    def reach(self, what: str) -> None:
        """Record a moment. Let its fault happen if one is planned."""
        with self._lock:
            self._counts[what] += 1
            moment = f"{what} {self._counts[what]}"
            os.write(self._file, f"{moment}\n".encode())
        if fault := self._plan.get(moment):
            fault.happen(self, moment)

    def wake(self) -> None:
        if self.database is not None:
            self.database.changed.set()


def run_with_faults(birth: ProcessSettings) -> None:
    """Run the bot in this process until a fault ends it, or until Slack can't be reached."""
    with birth.log.open("ab") as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    configure_logging()
    process = FaultyProcess(birth)
    _watch(process)
    settings = RunSettings.model_validate(
        {name.lower(): text for name, text in birth.environment.items()}
    )
    clock = birth.clock
    try:
        with running(
            settings,
            clock.now,
            intervals=Intervals(between_redraws=timedelta(0)),
            monotonic=clock.time.monotonic,
        ) as process.database:
            threading.Event().wait()
    except StartupError:
        sys.exit(START_FAILED)


def _watch(process: FaultyProcess) -> None:
    """Report each moment to the process. This patches libraries, so use a forked process."""
    event.listen(
        Engine, "commit", lambda _: process.reach(f"before commit of {_committing_function()}")
    )
    event.listen(
        Session,
        "after_commit",
        lambda _: process.reach(f"after commit of {_committing_function()}"),
    )
    _wrap(OpenerDirector, "open", process, _api_method)
    _wrap(SocketModeClient, "send_message", process, lambda _: "ack")


def _wrap(place: type, name: str, process: FaultyProcess, named: Callable[[Any], str]) -> None:
    really = getattr(place, name)

    def watched(self: object, sent: Any, *args: Any, **more: Any) -> Any:
        process.reach(f"before {named(sent)}")
        answer = really(self, sent, *args, **more)
        process.reach(f"after {named(sent)}")
        return answer

    setattr(place, name, watched)


def _api_method(request: Request) -> str:
    parts = request.selector.partition("?")[0].split("/")
    return "response_url" if "response" in parts else parts[-1]


def _committing_function() -> str:
    """Return the name of the bot's function that commits, or that passed on what is committed."""
    frame = sys._getframe()  # noqa: SLF001 — the only way to get the caller
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_globals["__name__"].startswith("bot."):
            return PASSES_ON.get(frame.f_code.co_name, frame.f_code.co_name)
    return "the store"
