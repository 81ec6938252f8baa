"""Fixtures: text snapshots, and a team: the listeners on a store, with people who act."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from slack_sandbox.server import Sandbox
from storage.database import open_database
from storage.tables import AccountType
from tests.support.listener_harness import ListenerHarness, sandbox_from_manifest
from tests.support.response_url_server import response_url_server
from tests.support.text_snapshot import TextSnapshot
from tests.support.user_actions import prepare_board


@pytest.fixture
def text_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextSnapshot)


@pytest.fixture(scope="session")
def slack() -> Iterator[Sandbox]:
    """Who the bot is, and who a stranger is: the rest is told by hand."""
    with sandbox_from_manifest() as sandbox:
        yield sandbox


@pytest.fixture
def team(slack: Sandbox, store_file: Path) -> Iterator[ListenerHarness]:
    """A board without stewards, of the members U1 and U2 and the guest UGUEST."""
    with a_team(slack, store_file) as team:
        yield team


@pytest.fixture(scope="module")
def crowded(
    slack: Sandbox, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ListenerHarness]:
    """A team at work, for the many tests of a module: see `at_work`."""
    folder = tmp_path_factory.mktemp("crowded")
    with a_team(slack, Path(shutil.copy(empty, folder))) as team:
        prepare_board(team)
        yield team


@pytest.fixture
def at_work(crowded: ListenerHarness) -> Iterator[ListenerHarness]:
    """As `acts.at_work_on` says; whatever a test changes is undone."""
    before = crowded.dump()
    yield crowded
    crowded.restore(before)


@contextmanager
def a_team(slack: Sandbox, store: Path) -> Iterator[ListenerHarness]:
    database = open_database(f"sqlite:///{store}")
    with response_url_server() as inbox:
        team = ListenerHarness(store, database, slack, inbox)
        team.channel.adds_people("U1", "U2")
        team.channel.adds_people("UGUEST", kind=AccountType.GUEST)
        yield team
    database.close()
