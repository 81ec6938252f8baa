"""Kills before and after calls to Slack and commits: nothing is lost or doubled."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import open_read_only
from tests.support.bot_process import ROOT
from tests.support.chaos import facts
from tests.support.chaos.clock import AdvancingClock
from tests.support.chaos.parameters import TortureParameters
from tests.support.chaos.restarted_bot import RestartedBot
from tests.support.chaos.story import PATIENCE, run_story
from tests.support.wait import wait_until

# Seconds until Slack retries an event that wasn't acknowledged.
RETRIES = (0.0, 0.5, 1.0)
PARALLEL_STORIES = 4  # they mostly wait
KILLS_PER_STORY = 10
MIN_KILLS = 300

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
CRITICAL_MOMENTS = frozenset(
    {
        "before apps.connections.open 3",
        "after chat.postMessage 1",  # the introduction is posted, but not stored as posted
        "before commit of submit 2",
        "after commit of submit 3",  # stored, but not acknowledged
        "after commit of _record 2",
        "before ack 12",
        "after commit of _declare_by_value 1",
        "before commit of send_post 18",
        "after chat.update 2",
        "after commit of _enqueue_periods 1",  # a digest is queued
        "after chat.postMessage 9",
        "after chat.postMessage 10",
    }
)


def run_killed_story(folder: Path, planned: frozenset[str]) -> RestartedBot:
    """Run the story and kill the bot at these moments. Assert all invariants at the end."""
    folder.mkdir(exist_ok=True)
    clock = AdvancingClock()
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    with Sandbox(manifest, clock=clock.seconds, retry_delays=RETRIES) as sandbox:
        slack = SandboxClient(sandbox.url)
        with RestartedBot(sandbox, folder, clock, planned) as bot:
            run_story(slack, bot)
            with closing(open_read_only(bot.store)) as database:
                wait_until(lambda: facts.is_settled(database), PATIENCE)
                shown = facts.shown(slack)
                assert shown == facts.posted(database)
                assert set(shown.values()) == {1}, shown
                kinds = Counter(kind for kind, _, _ in shown)
                assert {kind: kinds[kind] for kind in POSTS} == POSTS
                assert facts.facts(database, slack) == facts.EXPECTED_FACTS
    assert bot.accidents == [], bot.log.read_text()
    return bot


def test_killed_at_critical_points__nothing_lost_or_doubled(tmp_path: Path) -> None:
    bot = run_killed_story(tmp_path, CRITICAL_MOMENTS)
    assert bot.kills == len(CRITICAL_MOMENTS), CRITICAL_MOMENTS - {*bot.moments_so_far()}


@pytest.mark.torture
def test_killed_at_random_points__nothing_lost_or_doubled(
    torture_parameters: TortureParameters, tmp_path: Path
) -> None:
    """Kill at each moment of one undisturbed story, then at random ones until time is up."""
    moments = run_killed_story(tmp_path / "undisturbed", frozenset()).moments_so_far()
    plans = _plans(moments, torture_parameters.random())
    required = max(MIN_KILLS, len(moments))
    started, kills, reached = time.monotonic(), 0, set[str]()
    running: set[Future[RestartedBot]] = set()
    with ThreadPoolExecutor(PARALLEL_STORIES) as pool:
        for number, planned in enumerate(plans):
            running.add(pool.submit(run_killed_story, tmp_path / str(number), planned))
            if len(running) < PARALLEL_STORIES:
                continue
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for bot in (future.result() for future in done):
                kills += bot.kills
                reached |= bot.planned & {*bot.moments_so_far()}
            torture_parameters.report(f"{kills} kills, at {len(reached)} of {len(moments)} moments")
            if kills >= required and torture_parameters.is_time_over(started):
                break
    assert all(future.result() for future in running)


def _plans(moments: list[str], rng: random.Random) -> Iterator[frozenset[str]]:
    """Yield plans. The first ones together contain every moment."""
    while True:
        shuffled = rng.sample(moments, len(moments))
        for first in range(0, len(shuffled), KILLS_PER_STORY):
            yield frozenset(shuffled[first : first + KILLS_PER_STORY])
