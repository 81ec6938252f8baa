"""Faults that happen to a bot's process when it reaches a planned moment."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from slack_sandbox.client.client import SandboxClient
from tests.support.chaos.clock import HostClock

HANG_SECONDS = 6  # longer than a call of the reconciler or of a listener may take
# The limit of a call is 10 s, also at the start: a response has at least 150 bytes.
TRICKLE_SECONDS = 0.1  # between two bytes
POLL_SECONDS = 0.1
PAUSE_SECONDS = 3.5  # longer than Slack waits, and than others wait for SQLite's lock
STEP_SECONDS = 7  # longer than the scheduler needs to notice a step
# Longer than any task is deferred after a time-out, and than a lease.
AFTER_DEFERRAL = timedelta(minutes=5, seconds=1)
STEPS = (
    timedelta(hours=-2),
    timedelta(hours=2),
    timedelta(days=-3652),
    timedelta(days=60),
    timedelta(seconds=-30),
    timedelta(seconds=30),
)


class FaultyBot(Protocol):
    """A running bot, as faults need it."""

    slack: SandboxClient
    clock: HostClock

    def wake(self) -> None:
        """Let the bot look at what is due now."""


class Fault(Protocol):
    def happen(self, bot: FaultyBot, moment: str) -> None:
        """Disturb the bot, in the thread that reached the moment."""


@dataclass(frozen=True)
class Kill:
    """SIGKILL."""

    def happen(self, _bot: FaultyBot, _moment: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL)
        threading.Event().wait()  # do nothing until the signal arrives


@dataclass(frozen=True)
class Hang:
    """A call to Slack whose response comes too late, or byte by byte.

    Some time after the call timed out, the task isn't deferred any more.
    """

    delay: float = HANG_SECONDS
    trickle: float = 0
    after_processing: bool = False

    def happen(self, bot: FaultyBot, moment: str) -> None:
        bot.slack.inject_fault(
            called_method(moment),
            delay=self.delay,
            trickle=self.trickle,
            after_processing=self.after_processing,
        )

        def end_deferral() -> None:
            while bot.slack.delayed_calls():  # another call, which Slack finishes before that
                time.sleep(POLL_SECONDS)
            bot.clock.time.jump(AFTER_DEFERRAL)
            bot.wake()

        _later(HANG_SECONDS + 1, end_deferral)


@dataclass(frozen=True)
class Pause:
    """A thread that stands still, as on a slow disk."""

    def happen(self, _bot: FaultyBot, _moment: str) -> None:
        time.sleep(PAUSE_SECONDS)


@dataclass(frozen=True)
class ClockStep:
    """A step of the host's wall clock. Some time later, someone sets the clock right."""

    by: timedelta

    def happen(self, bot: FaultyBot, _moment: str) -> None:
        bot.clock.step(self.by)
        _later(STEP_SECONDS, lambda: bot.clock.step(-self.by))


HANGS = (
    Hang(),
    Hang(after_processing=True),
    Hang(delay=0, trickle=TRICKLE_SECONDS),
    Hang(delay=0, trickle=TRICKLE_SECONDS, after_processing=True),
)
FaultPlan = Mapping[str, Fault]  # moments, and what happens then


def called_method(moment: str) -> str:
    """Return the Web API method that is called after the moment, or "" if none is."""
    when, _, what = moment.partition(" ")
    name = what.rpartition(" ")[0]
    is_call = when == "before" and name != "ack" and not name.startswith("commit of")
    return name if is_call else ""


def survivable_fault(moment: str, rng: random.Random) -> Fault:
    """Return a random fault that doesn't kill the process."""
    hangs: tuple[Fault, ...] = HANGS if called_method(moment) else (Pause(),)
    faults: tuple[Fault, ...] = (rng.choice(hangs), ClockStep(rng.choice(STEPS)))
    return rng.choice(faults)


def _later(seconds: float, act: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
