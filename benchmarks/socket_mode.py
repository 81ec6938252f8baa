"""The events a second that `needle run` holds over Socket Mode, and those that an empty app holds.

People add and remove a reaction at a steady rate, and one of them asks for the roadmap each second.
An app holds a rate if it acknowledges each event once, nearly all of them soon.
"""

import asyncio
import itertools
import math
import multiprocessing
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from benchmarks.process import EMPTY_APP, NEEDLE, READY, ROOT, needle_modules
from benchmarks.row import Row, at_least
from slack_sandbox.client.client import Message, SandboxClient
from slack_sandbox.client.load import AsyncPerson
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import open_database
from storage.projects import candidates

CHANNEL = "ops"
EXTRA_MEMBERS = 42  # and the sandbox's eight
MAX_EVENTS = (
    1_000_000  # Slack sends an app at most 30,000 an hour: https://docs.slack.dev/apis/events-api
)
MAX_P99_MS = 100.0
SECONDS = 60.0
# The search for the rate: short trials of rising rates, then the whole time at falling rates.
TRIAL_SECONDS = 10.0
FIRST_RATE, RISE, FALL = 500.0, 1.2, 0.9
MAX_TRIALS = 12
ATTEMPTS = 3  # at each rate: sometimes the disk doesn't answer for a second
POLL_SECONDS = 0.2  # the sandbox remembers 1,000 entries of its traffic
MAX_DELAY = 1.0  # seconds after which the last event is sent
CATCH_UP_SECONDS = 10.0
SHOWN_MESSAGE = "React to this"
TITLE = "Retire the last NAT instance"


@dataclass
class Acknowledgments:
    """What the sandbox got from the app for its events. Times are in milliseconds."""

    by_envelope: dict[str, float] = field(default_factory=dict)
    failures: int = 0  # not in time, or twice, or forgotten by the sandbox before it was read

    def add(self, entry: dict[str, Any]) -> None:
        """Count an entry of the sandbox's traffic, if it is about an event's acknowledgment."""
        if entry["kind"] != "ack" or not entry["name"].startswith(("reaction", "late")):
            return
        envelope = entry["request"].get("envelope_id")
        if entry["ok"] and envelope not in self.by_envelope:
            self.by_envelope[envelope] = entry["ms"]
        else:
            self.failures += 1

    @property
    def p99(self) -> float:
        times = sorted(self.by_envelope.values())
        return times[math.ceil(len(times) * 0.99) - 1] if times else math.inf


@dataclass(frozen=True)
class Load:
    """What was sent and acknowledged at a rate, in events a second."""

    rate: float
    sent: int
    is_sent_in_time: bool  # or the sandbox can't send so many
    unanswered_commands: int
    acks: Acknowledgments
    lost_votes: int = 0

    @property
    def is_held(self) -> bool:
        """Whether all was sent and acknowledged in time, and no vote is lost."""
        return (
            self.is_sent_in_time
            and len(self.acks.by_envelope) == self.sent
            and self.acks.failures == self.unanswered_commands == self.lost_votes == 0
            and self.acks.p99 <= MAX_P99_MS
        )

    def __str__(self) -> str:
        lost = self.sent - len(self.acks.by_envelope) + self.lost_votes
        return f"{self.rate:.0f} a second, p99 {self.acks.p99:.0f} ms, {lost} lost"


@dataclass(frozen=True)
class Process:
    """An app's process to measure: its name, its command, and whether it is Needle."""

    name: str
    command: tuple[str, ...]
    is_needle: bool


def measure(_folder: Path) -> Iterator[Row]:
    """Find the rate that each app holds for a minute. The whole runs of both take turns."""
    needle = Process("needle run", NEEDLE, is_needle=True)
    empty = Process("an empty app", (*EMPTY_APP, *needle_modules()), is_needle=False)
    first = {each: _rising(each) for each in (needle, empty)}
    held = {each: _falling(each, first[each]) for each in (needle, empty)}
    yield Row(
        f"events a second over Socket Mode for {SECONDS:.0f} s",
        held[needle] / held[empty],
        at_least(0.7),
        f"an empty Bolt app with the same sandbox, {held[needle]:.0f} ÷ {held[empty]:.0f}",
    )


def _rising(app: Process) -> float:
    """Return the highest rate that the app holds for a short time."""
    rate = FIRST_RATE
    for _ in range(MAX_TRIALS):
        if not _holds(app, rate, TRIAL_SECONDS):
            break
        rate *= RISE
    return rate / RISE


def _falling(app: Process, rate: float) -> float:
    """Return the highest rate that the app holds for the whole time, from this one downward."""
    for _ in range(MAX_TRIALS):
        if _holds(app, rate, SECONDS):
            return rate
        rate *= FALL
    raise RuntimeError(f"{app.name} holds no rate")


def _holds(app: Process, rate: float, seconds: float) -> bool:
    return any(_run(app, rate, seconds).is_held for _ in range(ATTEMPTS))


def _run(app: Process, rate: float, seconds: float) -> Load:
    """Start a sandbox and the app, and load them at a rate."""
    with tempfile.TemporaryDirectory() as folder, _sandbox() as (url, variables):
        database = f"sqlite:///{folder}/needle.db"
        with _started(app, variables | {"DATABASE_URL": database}):
            message = _message_to_react_to(SandboxClient(url), app)
            load, reacted = asyncio.run(_load(url, message, rate, seconds))
            if app.is_needle:
                load = Load(**vars(load) | {"lost_votes": abs(reacted - _votes(database))})
    Console().print(f"  {app.name}: {load}{'' if load.is_held else ' (too many)'}")
    return load


@contextmanager
def _sandbox() -> Iterator[tuple[str, dict[str, str]]]:
    """Run a sandbox as a process. Yield its URL and the variables for the app."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=_serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


def _serve(parent: Connection) -> None:
    """Run a sandbox until the process is killed."""
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    with Sandbox(manifest, events_per_hour=MAX_EVENTS, extra_members=EXTRA_MEMBERS) as sandbox:
        parent.send((sandbox.url, dict(sandbox.environment)))
        threading.Event().wait()


@contextmanager
def _started(app: Process, variables: dict[str, str]) -> Iterator[None]:
    """Run an app's process, and wait until it is connected."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            app.command, cwd=ROOT, env={**os.environ, **variables}, stdout=log, stderr=log
        )
        try:
            while not any(ready in _content(log) for ready in READY):
                if process.poll() is not None:
                    raise RuntimeError(f"{app.name} ended: {_content(log)}")
                time.sleep(0.05)
            yield
        finally:
            process.kill()
            process.wait()


def _content(log: Any) -> str:
    log.seek(0)
    return str(log.read())


def _message_to_react_to(slack: SandboxClient, app: Process) -> Message:
    """Return a project's card, or for an app without cards a message."""
    mia = slack.person("mia")
    mia.invites(slack.app_user_id, CHANNEL)
    if not app.is_needle:
        mia.types(SHOWN_MESSAGE, CHANNEL)
        return mia.sees(SHOWN_MESSAGE, CHANNEL)
    mia.types(f"/propose {TITLE}", CHANNEL)
    mia.sees_modal("Propose a project")
    mia.submits(summary="One instance still fronts three networks.")
    return mia.sees(
        lambda message: TITLE in message.visible_text and bool(message.raw.get("blocks")), CHANNEL
    )


async def _load(url: str, message: Message, rate: float, seconds: float) -> tuple[Load, int]:
    """Load a sandbox. Return the load, and how many people's reactions remain."""
    slack = SandboxClient(url)
    names = [
        person["name"]
        for person in slack.workspace()["people"]
        if not (person["is_bot"] or person["is_restricted"] or person["deleted"])
        and person["name"] != "slackbot"
    ]
    acks, read_until = Acknowledgments(), _last_entry(slack)
    async with AsyncExitStack() as stack:
        people = [AsyncPerson(url, name) for name in (*names, "mia")]
        for person in people:
            await person.connect()
            stack.callback(person.close)
        *voters, asker = people
        start = time.perf_counter() + 0.5
        interval = len(voters) / rate  # of one person
        acting = asyncio.gather(
            *(
                _react(voter, message, start + number / rate, interval, start + seconds)
                for number, voter in enumerate(voters)
            )
        )
        asking = asyncio.gather(_ask(asker, start, start + seconds))
        while not (acting.done() and asking.done()):
            await asyncio.sleep(POLL_SECONDS)
            read_until = await _read(slack, read_until, acks)
        counts = await acting
        is_sent_in_time = time.perf_counter() - start <= seconds + MAX_DELAY
        deadline = time.perf_counter() + CATCH_UP_SECONDS
        while len(acks.by_envelope) < sum(counts) and time.perf_counter() < deadline:
            await asyncio.sleep(POLL_SECONDS)
            read_until = await _read(slack, read_until, acks)
        [unanswered] = await asking
    load = Load(rate, sum(counts), is_sent_in_time, unanswered, acks)
    return load, sum(count % 2 for count in counts)


async def _react(
    person: AsyncPerson, message: Message, first: float, interval: float, end: float
) -> int:
    """Add and remove a reaction in turn, until `end`. Return how many times."""
    for count in itertools.count():
        if (due := first + interval * count) >= end:
            return count
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        action = "remove_reaction" if count % 2 else "react"
        answer = await person.act(action, channel=message.channel, ts=message.ts, emoji="+1")
        if not answer["ok"]:
            raise RuntimeError(f"the sandbox refused a reaction: {answer}")
    raise AssertionError


async def _ask(person: AsyncPerson, start: float, end: float) -> int:
    """Run /roadmap each second until `end`. Return how many commands weren't acknowledged."""
    failed = 0
    for count in itertools.count():
        if (due := start + count) >= end:
            return failed
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        answer = await person.act("post", channel=CHANNEL, text="/roadmap")
        failed += not answer["ok"]
    raise AssertionError


def _last_entry(slack: SandboxClient) -> int:
    return max((entry["id"] for entry in slack.traffic()), default=0)


async def _read(slack: SandboxClient, after: int, acks: Acknowledgments) -> int:
    """Count the new entries of the traffic, and return the ID of the last one."""
    entries = await asyncio.to_thread(slack.traffic, after)
    if entries and entries[0]["id"] > after + 1:
        acks.failures += 1
    for entry in entries:
        acks.add(entry)
    return entries[-1]["id"] if entries else after


def _votes(url: str) -> int:
    """Return how many votes the board's project has in the database."""
    database = open_database(url)
    with database.snapshot() as session:
        [board] = boards.list_all(session)
        [candidate] = candidates.candidates(session, board)
    database.close()
    return len(candidate.backers)
