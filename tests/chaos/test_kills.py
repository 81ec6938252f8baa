"""Kills before and after calls to Slack and commits: nothing is lost or doubled."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

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
AT_ONCE = 4  # stories at the same time: they mostly wait
KILLS_A_STORY = 10
KILLS_AT_LEAST = 300

# The story's posts. Others that come due meanwhile must appear once too.
POSTS = {
    "introduction": 1,
    "card": 3,
    "dispute": 1,
    "fire": 1,
    "fire_out": 1,
    "digest": 2,
    "roadmap": 1,
}
# Where the outcome depends on the stored attempt and on the search before a repost.
WORST = frozenset(
    {
        "before apps.connections.open 3",
        "after chat.postMessage 1",  # the introduction is posted, but not stored as posted
        "before commit of submit 2",
        "after commit of submit 3",  # stored, but not acknowledged
        "after commit of _record 2",
        "before ack 12",
        "after commit of _declare 1",
        "before commit of send_post 18",
        "after chat.update 2",
        "after commit of _enqueue_periods 1",  # a digest is claimed
        "after chat.postMessage 9",
        "after chat.postMessage 10",
    }
)


def live_through(folder: Path, planned: frozenset[str]) -> RestartedBot:
    """Run the story and kill the bot at these moments. Assert all invariants at the end."""
    folder.mkdir(exist_ok=True)
    passing = AdvancingClock()
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    with Sandbox(manifest, clock=passing.seconds, retry_delays=RETRIES) as sandbox:
        slack = SandboxClient(sandbox.url)
        with RestartedBot(sandbox, folder, passing, planned) as lives:
            run_story(slack, lives)
            with closing(open_read_only(lives.store)) as database:
                wait_until(lambda: facts.is_settled(database), PATIENCE)
                shown = facts.shown(slack)
                assert shown == facts.posted(database)
                assert set(shown.values()) == {1}, shown
                kinds = Counter(kind for kind, _, _ in shown)
                assert {kind: kinds[kind] for kind in POSTS} == POSTS
                assert facts.facts(database, slack) == facts.EXPECTED_FACTS
    assert lives.accidents == [], lives.log.read_text()
    return lives


def test_killed_at_critical_points__nothing_lost_or_doubled(tmp_path: Path) -> None:
    lives = live_through(tmp_path, WORST)
    assert lives.kills == len(WORST), WORST - {*lives.moments_so_far()}


def test_killed_at_random_points__nothing_lost_or_doubled(
    terms: TortureParameters, tmp_path: Path
) -> None:
    """Kill at each moment of one undisturbed story, then at random ones until time is up."""
    moments = live_through(tmp_path / "undisturbed", frozenset()).moments_so_far()
    plans = _plans(moments, terms.random())
    enough = max(KILLS_AT_LEAST, len(moments))
    started, kills, met = time.monotonic(), 0, set[str]()
    running: set[Future[RestartedBot]] = set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, planned in enumerate(plans):
            running.add(pool.submit(live_through, tmp_path / str(number), planned))
            if len(running) < AT_ONCE:
                continue
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for lives in (future.result() for future in done):
                kills += lives.kills
                met |= lives.planned & {*lives.moments_so_far()}
            terms.report(f"{kills} kills, at {len(met)} of {len(moments)} moments")
            if kills >= enough and terms.is_time_over(started):
                break
    assert all(future.result() for future in running)


def _plans(moments: list[str], chance: random.Random) -> Iterator[frozenset[str]]:
    """Yield plans. The first ones together contain every moment."""
    while True:
        drawn = chance.sample(moments, len(moments))
        for first in range(0, len(drawn), KILLS_A_STORY):
            yield frozenset(drawn[first : first + KILLS_A_STORY])
