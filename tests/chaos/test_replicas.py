"""Two processes that start on one store in the same second post everything once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from domain.projects.proposal import Proposal
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import Database, open_database
from storage.locks import STORE
from storage.projects import projects
from tests.support.bot_process import ROOT, SandboxPeople, environment
from tests.support.chaos import facts
from tests.support.chaos.board import NewDatabase
from tests.support.chaos.clock import FRIDAY, AdvancingClock, HostClock
from tests.support.chaos.faults import ClockStep, FaultPlan, Hang
from tests.support.chaos.faulty_process import ProcessSettings, run_with_faults
from tests.support.chaos.story import PATIENCE, TITLES, TO_OCTOBER, TO_TUESDAY
from tests.support.process_runner import FORKSERVER
from tests.support.slack_steps import SUMMARY, cards
from tests.support.wait import wait_until

REPETITIONS = 20


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


def propose_all(database: Database, slack: SandboxClient) -> None:
    """Create a board with projects that aren't posted yet."""
    [ops] = [
        channel for channel in slack.person("mia").screen()["channels"] if channel["name"] == "ops"
    ]
    team_id = slack.workspace()["team"]["id"]
    with database.transaction(STORE) as session:
        boards.create(session, team_id, ops["id"], None, FRIDAY)
        board_id = boards.find_id(session, team_id, ops["id"]) or 0
        for title in TITLES:
            proposal = Proposal(title=title, summary=SUMMARY)
            projects.propose(
                session, board_id, origin=title, proposer="U1", proposal=proposal, now=FRIDAY
            )


def run_two_bots_on_due_posts(folder: Path, address: str, hosts: tuple[Host, Host]) -> None:
    """Let a Monday and a new quarter come while both are down, then start both at once."""
    clock = AdvancingClock()
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    with Sandbox(manifest, clock=clock.seconds) as sandbox:
        slack = SandboxClient(sandbox.url)
        team = SandboxPeople(slack)
        team.mia.invites(slack.app_user_id, "ops")
        database = open_database(address)
        propose_all(database, slack)

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
