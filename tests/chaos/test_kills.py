"""Kills, hanging calls and clock steps in the middle of a story: nothing is lost or doubled."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import open_read_only
from tests.support.bot_process import ROOT
from tests.support.chaos import facts
from tests.support.chaos.board import NewDatabase
from tests.support.chaos.clock import AdvancingClock
from tests.support.chaos.faults import (
    TRICKLE_SECONDS,
    ClockStep,
    Fault,
    FaultPlan,
    Hang,
    Kill,
    Pause,
    survivable_fault,
)
from tests.support.chaos.parameters import TortureParameters
from tests.support.chaos.restarted_bot import RestartedBot
from tests.support.chaos.story import PATIENCE, run_story
from tests.support.wait import wait_until

# Seconds until Slack retries an event that wasn't acknowledged.
RETRIES = (0.0, 0.5, 1.0)
PARALLEL_STORIES = 4  # they mostly wait
KILLS_PER_STORY = 10
OTHER_FAULTS_PER_STORY = 3

# The story's posts, by kind. Other posts that come due meanwhile must also appear once.
POSTS = {
    "introduction": 1,
    "card": 3,
    "dispute": 1,
    "fire": 1,
    "fire_out": 1,
    "digest": 2,
    "roadmap": 1,
}
# Moments after which Needle must find out from the database and from Slack whether it had posted.
# A commit has the name of the function that commits: if you rename it, rename it here too.
CRITICAL_KILLS: FaultPlan = dict.fromkeys(
    (
        "before apps.connections.open 3",
        "after chat.postMessage 1",  # the introduction is posted, but not stored as posted
        "before commit of submit 2",
        "after commit of submit 3",  # stored, but not acknowledged
        "after commit of _record 1",
        "before ack 12",
        "after commit of _declare_by_value 1",
        "before commit of send_post 18",
        "after chat.update 2",
        "after commit of _enqueue_periods 1",  # a digest is queued
        "after chat.postMessage 9",
        "after chat.postMessage 10",
    ),
    Kill(),
)
CRITICAL_HANGS: FaultPlan = {
    "before chat.postMessage 1": Hang(after_processing=True),
    "before views.open 2": Hang(),
    "before chat.postMessage 3": Hang(delay=0, trickle=TRICKLE_SECONDS, after_processing=True),
    "before commit of submit 2": Pause(),
    "before chat.update 2": Hang(),
    "before ack 12": Pause(),
    "before chat.postMessage 8": Hang(),
}
CRITICAL_STEPS: FaultPlan = {
    "after chat.postMessage 1": ClockStep(timedelta(hours=-2)),
    "before commit of submit 2": ClockStep(timedelta(days=-3652)),
    # The claim of the fourth post. The next process searches for the message by its time.
    "before commit of send_post 7": ClockStep(timedelta(hours=2)),
    "after chat.postMessage 4": Kill(),
    "before chat.update 2": ClockStep(timedelta(hours=2)),
    "before commit of send_post 18": ClockStep(timedelta(hours=-2)),
    "after commit of _enqueue_periods 1": ClockStep(timedelta(days=60)),
}


def run_disturbed_story(folder: Path, new_database: NewDatabase, plan: FaultPlan) -> RestartedBot:
    """Run the story with these faults. Assert all invariants at the end."""
    folder.mkdir(exist_ok=True)
    clock = AdvancingClock()
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    with Sandbox(manifest, clock=clock.seconds, retry_delays=RETRIES) as sandbox:
        slack = SandboxClient(sandbox.url)
        with RestartedBot(sandbox, folder, clock, plan, new_database(folder)) as bot:
            run_story(slack, bot)
            with closing(open_read_only(bot.store)) as database:
                wait_until(lambda: facts.is_settled(database, clock.now()), PATIENCE)
                shown = facts.shown(slack)
                assert shown == facts.posted(database)
                assert set(shown.values()) == {1}, shown
                kinds = Counter(kind for kind, _, _ in shown)
                assert {kind: kinds[kind] for kind in POSTS} == POSTS
                assert facts.facts(database, slack) == facts.EXPECTED_FACTS
    return bot


@pytest.mark.parametrize(
    ("new_database", "plan"),
    [
        pytest.param("sqlite", CRITICAL_KILLS, id="sqlite-kills"),
        pytest.param("sqlite", CRITICAL_HANGS, id="sqlite-hangs"),
        pytest.param("sqlite", CRITICAL_STEPS, id="sqlite-clock-steps"),
        pytest.param("postgresql", CRITICAL_KILLS, id="postgresql-kills"),
        # These mostly wait for calls and clocks, whatever the database.
        pytest.param("postgresql", CRITICAL_HANGS, id="postgresql-hangs", marks=pytest.mark.long),
        pytest.param(
            "postgresql", CRITICAL_STEPS, id="postgresql-clock-steps", marks=pytest.mark.long
        ),
    ],
    indirect=["new_database"],
)
def test_faults_at_critical_moments__nothing_lost_or_doubled(
    tmp_path: Path, new_database: NewDatabase, plan: FaultPlan
) -> None:
    bot = run_disturbed_story(tmp_path, new_database, plan)
    assert bot.faults_so_far() == plan


@pytest.mark.torture
@pytest.mark.parametrize("new_database", ["sqlite", "postgresql"], indirect=True)
def test_faults_at_random_moments__nothing_lost_or_doubled(
    torture_parameters: TortureParameters, tmp_path: Path, new_database: NewDatabase
) -> None:
    """Kill at each moment of one undisturbed story, then at random ones.

    End when time is up and there were enough kills.

    Meanwhile, calls hang, threads stand still, and the clock steps, each at a random moment.
    """
    undisturbed = run_disturbed_story(tmp_path / "undisturbed", new_database, {})
    moments = undisturbed.moments_so_far()
    plans = _plans(moments, torture_parameters.random())
    started, faults, reached = time.monotonic(), Counter[str](), set[str]()
    running: set[Future[RestartedBot]] = set()
    with ThreadPoolExecutor(PARALLEL_STORIES) as pool:
        for number, plan in enumerate(plans):
            folder = tmp_path / str(number)
            running.add(pool.submit(run_disturbed_story, folder, new_database, plan))
            if len(running) < PARALLEL_STORIES:
                continue
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for bot in (future.result() for future in done):
                happened = bot.faults_so_far()
                faults.update(type(fault).__name__ for fault in happened.values())
                reached |= happened.keys()
            torture_parameters.report(f"{dict(faults)} at {len(reached)} moments")
            is_enough = faults[Kill.__name__] >= torture_parameters.kills
            if is_enough and torture_parameters.is_time_over(started):
                break
    assert all(future.result() for future in running)


def _plans(moments: list[str], rng: random.Random) -> Iterator[FaultPlan]:
    """Yield plans. The first ones together kill at every moment."""
    while True:
        shuffled = rng.sample(moments, len(moments))
        for first in range(0, len(shuffled), KILLS_PER_STORY):
            others = rng.sample(moments, OTHER_FAULTS_PER_STORY)
            plan: dict[str, Fault] = {each: survivable_fault(each, rng) for each in others}
            yield plan | dict.fromkeys(shuffled[first : first + KILLS_PER_STORY], Kill())
