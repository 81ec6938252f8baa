"""Several processes on one store: each fact is stored once, and each post appears once."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import open_database
from tests.support.bot_process import ROOT, SandboxPeople, environment
from tests.support.chaos import facts
from tests.support.chaos.board import NewDatabase
from tests.support.chaos.clock import FRIDAY, AdvancingClock, HostClock
from tests.support.chaos.crowd import Crowd, crowded_sandbox
from tests.support.chaos.due_board import LAST_QUARTER, propose_all
from tests.support.chaos.faults import ClockStep, FaultPlan, Hang
from tests.support.chaos.faulty_process import ProcessSettings, run_with_faults
from tests.support.chaos.outcome import SETTLE_SECONDS, read_outcome
from tests.support.chaos.parameters import TortureParameters
from tests.support.chaos.replicas import EVENTS, POSTS, Replicas
from tests.support.chaos.story import PATIENCE, TITLES, TO_OCTOBER, TO_TUESDAY
from tests.support.process_runner import FORKSERVER
from tests.support.slack_steps import cards
from tests.support.wait import value_within, wait_until

REPETITIONS = 20
RETRIES = (0.0, 0.5, 1.0, 3.0)  # seconds until Slack retries an event
VOTES_PER_PROJECT = 60
TORTURE_PARTS = 4  # of the steps, for each number of processes


@dataclass(frozen=True)
class Host:
    """How far the clock of one process is off, and its faults."""

    clock_error: timedelta = timedelta(0)
    plan: FaultPlan = field(default_factory=dict)


RIGHT = Host()
SLOW_SECONDS = 2  # less than the limit of a call
CLOCKS = {
    "same-time": (RIGHT, RIGHT),
    "30-s-apart": (
        Host(plan={f"before chat.postMessage {n}": Hang(SLOW_SECONDS) for n in (2, 4)}),
        Host(clock_error=timedelta(seconds=30)),
    ),
    "one-steps-back": (
        RIGHT,
        Host(plan={"before commit of send_post 2": ClockStep(timedelta(hours=-2))}),
    ),
    "one-steps-forward": (
        RIGHT,
        Host(plan={"before commit of send_post 2": ClockStep(timedelta(days=60))}),
    ),
}


@contextmanager
def two_bots(
    sandbox: Sandbox,
    folder: Path,
    address: str,
    clock: AdvancingClock,
    hosts: tuple[Host, Host],
) -> Iterator[None]:
    variables = {**environment(sandbox, folder), "DATABASE_URL": address}
    processes = [
        FORKSERVER.Process(
            target=run_with_faults,
            args=(
                ProcessSettings(
                    environment=variables,
                    sandbox_url=sandbox.url,
                    clock=HostClock(clock, host.clock_error),
                    moments=folder / f"moments-{name}",
                    plan=host.plan,
                    log=folder / f"{name}.log",
                ),
            ),
        )
        for name, host in zip(("one", "other"), hosts, strict=True)
    ]
    for process in processes:
        process.start()
    try:
        yield
        assert all(process.is_alive() for process in processes)
    finally:
        for process in processes:
            process.kill()
            process.join()


def run_two_bots_on_due_posts(folder: Path, address: str, hosts: tuple[Host, Host]) -> None:
    """Let a Monday and a new quarter come while both are down, then start both at once."""
    clock = AdvancingClock()
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    with Sandbox(manifest, clock=clock.seconds) as sandbox:
        slack = SandboxClient(sandbox.url)
        team = SandboxPeople(slack)
        team.mia.invites(slack.app_user_id, "ops")
        database = open_database(address)
        propose_all(database, slack, FRIDAY)

        def all_posts_appear_once(**kinds: int) -> None:
            wait_until(lambda: facts.is_settled(database, clock.now()), PATIENCE)
            shown = facts.shown(slack)
            assert shown == facts.posted(database)
            assert set(shown.values()) == {1}, shown
            counts = Counter(kind for kind, _, _ in shown)
            assert {kind: counts[kind] for kind in kinds} == kinds

        clock.jump(TO_TUESDAY)
        with two_bots(sandbox, folder, address, clock, hosts):
            team.mia.sees("Digest for #ops", timeout=PATIENCE)
            all_posts_appear_once(introduction=1, card=len(TITLES), digest=1)
            posted_cards = cards(team)
            # Slack sends each reaction to one of the two.
            for who in ("mia", "ana", "ben", "chloe"):
                for card in posted_cards:
                    team.person(who).reacts("+1", to=card)
            wait_until(
                lambda: [m.visible_text.count("👍 4") for m in cards(team)] == [1] * len(TITLES),
                PATIENCE,
            )
        clock.jump(TO_OCTOBER)
        with two_bots(sandbox, folder, address, clock, hosts):
            team.mia.sees("Roadmap for #ops", timeout=PATIENCE)
            all_posts_appear_once(introduction=1, card=len(TITLES), digest=2, roadmap=1)
        database.close()


@pytest.mark.parametrize(
    ("new_database", "clocks"),
    [
        ("sqlite", "same-time"),
        ("sqlite", "30-s-apart"),
        ("postgresql", "same-time"),
        ("postgresql", "one-steps-forward"),
    ],
    indirect=["new_database"],
)
def test_two_replicas__due_posts_appear_once(
    tmp_path: Path, new_database: NewDatabase, clocks: str
) -> None:
    run_two_bots_on_due_posts(tmp_path, new_database(tmp_path), CLOCKS[clocks])


@pytest.mark.torture
@pytest.mark.parametrize("new_database", ["sqlite", "postgresql"], indirect=True)
def test_two_replicas_repeatedly__due_posts_appear_once(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    for number in range(REPETITIONS):
        hosts = list(CLOCKS.values())[number % len(CLOCKS)]
        folder = tmp_path / str(number)
        folder.mkdir()
        run_two_bots_on_due_posts(folder, new_database(folder), hosts)


def run_replicas_under_load(
    folder: Path, address: str, count: int, votes: int, rng: random.Random
) -> Replicas:
    """Let people act while processes are killed. Assert all invariants at the end."""
    with crowded_sandbox(RETRIES) as sandbox, closing(open_database(address)) as database:
        slack = SandboxClient(sandbox.url)
        crowd = Crowd(slack, rng)
        crowd.team.mia.invites(slack.app_user_id, "ops")
        propose_all(database, slack, datetime.now(UTC) - LAST_QUARTER)
        with Replicas(sandbox, folder, address, count, rng) as replicas:
            wait_until(lambda: len(cards(crowd.team)) == len(TITLES), PATIENCE)
            crowd.act(votes, max_projects=len(TITLES) + votes // VOTES_PER_PROJECT)
            replicas.end_kills()
            expected = crowd.expected_outcome()
            assert expected == value_within(
                SETTLE_SECONDS, lambda: read_outcome(database, slack), expected
            )
            assert_work_is_shared(replicas)
            assert replicas.are_running()
    return replicas


def assert_work_is_shared(replicas: Replicas) -> None:
    work = replicas.work()
    assert min(replicas.kills) > 0, replicas.kills
    assert min(each[POSTS] for each in work) > 0, work
    fair_share = sum(each[EVENTS] for each in work) / len(work)
    assert min(each[EVENTS] for each in work) > fair_share / 3, work


@pytest.mark.parametrize(
    ("new_database", "count", "votes"),
    [
        ("postgresql", 2, 400),
        pytest.param("sqlite", 2, 400, marks=pytest.mark.long),
        pytest.param("postgresql", 5, 1_200, marks=pytest.mark.long),
    ],
    indirect=["new_database"],
)
def test_killed_under_load__votes_and_posts_once_work_shared(
    tmp_path: Path, new_database: NewDatabase, count: int, votes: int
) -> None:
    rng = random.Random(count)  # noqa: S311 — repeatable, not secret
    run_replicas_under_load(tmp_path, new_database(tmp_path), count, votes, rng)


@pytest.mark.torture
@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_killed_for_long__votes_and_posts_once_work_shared(
    torture_parameters: TortureParameters, tmp_path: Path, new_database: NewDatabase, count: int
) -> None:
    replicas = run_replicas_under_load(
        tmp_path,
        new_database(tmp_path),
        count,
        torture_parameters.steps // TORTURE_PARTS,
        torture_parameters.random(),
    )
    torture_parameters.report(f"kills: {replicas.kills}, work: {replicas.work()}")
