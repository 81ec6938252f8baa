"""A bot process that SIGKILL ends at the first planned kill point.

Kill points are before and after a commit, a call to Slack, or an acknowledgment. All processes of a
story append to one file, so that each kill point has a unique number: `after chat.update 7`.
"""

import os
import signal
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

from bot.clock import utc_now
from bot.config import RunSettings
from bot.reconciler.intervals import Intervals
from bot.service.logs import configure_logging
from bot.service.service import running


@dataclass(frozen=True)
class ProcessSettings:
    """The settings of one process."""

    environment: dict[str, str]
    ahead: timedelta  # offset of its clock
    moments: Path
    planned: frozenset[str]
    log: Path


def run_until_killed(birth: ProcessSettings) -> None:
    """Run the bot in this process until a kill point ends it."""
    with birth.log.open("ab") as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    configure_logging()
    _watch(KillSchedule(birth.moments, birth.planned))
    settings = RunSettings.model_validate(
        {name.lower(): text for name, text in birth.environment.items()}
    )
    with running(
        settings, lambda: utc_now() + birth.ahead, intervals=Intervals(between_redraws=timedelta(0))
    ):
        threading.Event().wait()


class KillSchedule:
    """The kill points that all processes have reached so far, and those at which to kill."""

    def __init__(self, moments: Path, planned: frozenset[str]) -> None:
        self._planned = planned
        self._file = os.open(moments, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        lived = moments.read_text(encoding="utf-8").splitlines()
        self._counts = Counter(moment.rpartition(" ")[0] for moment in lived)
        self._lock = threading.Lock()

    def reach(self, what: str) -> None:
        with self._lock:
            self._counts[what] += 1
            moment = f"{what} {self._counts[what]}"
            os.write(self._file, f"{moment}\n".encode())
            if moment in self._planned:
                os.kill(os.getpid(), signal.SIGKILL)
                threading.Event().wait()  # do nothing until the signal arrives


def _watch(fate: KillSchedule) -> None:
    """Report each kill point to the schedule. This patches libraries, so use a forked process."""
    event.listen(
        Engine, "commit", lambda _: fate.reach(f"before commit of {_committing_function()}")
    )
    event.listen(
        Session, "after_commit", lambda _: fate.reach(f"after commit of {_committing_function()}")
    )
    _wrap(OpenerDirector, "open", fate, _api_method)
    _wrap(SocketModeClient, "send_message", fate, lambda _: "ack")


def _wrap(place: type, name: str, fate: KillSchedule, named: Callable[[Any], str]) -> None:
    really = getattr(place, name)

    def watched(self: object, sent: Any, *args: Any, **more: Any) -> Any:
        fate.reach(f"before {named(sent)}")
        answer = really(self, sent, *args, **more)
        fate.reach(f"after {named(sent)}")
        return answer

    setattr(place, name, watched)


def _api_method(request: Request) -> str:
    parts = request.selector.partition("?")[0].split("/")
    return "response_url" if "response" in parts else parts[-1]


def _committing_function() -> str:
    """Return the name of the bot's function that commits."""
    frame = sys._getframe()  # noqa: SLF001 — the only way to get the caller
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_globals["__name__"].startswith("bot."):
            return frame.f_code.co_name
    return "the store"
