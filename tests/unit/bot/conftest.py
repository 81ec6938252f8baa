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
from tests.support.inbox import an_inbox
from tests.support.team import Team, a_sandbox
from tests.support.text_snapshot import TextSnapshot
from tests.support.user_actions import at_work_on


@pytest.fixture
def text_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextSnapshot)


@pytest.fixture(scope="session")
def slack() -> Iterator[Sandbox]:
    """Who the bot is, and who a stranger is: the rest is told by hand."""
    with a_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def team(slack: Sandbox, store_file: Path) -> Iterator[Team]:
    """A board without stewards, of the members U1 and U2 and the guest UGUEST."""
    with a_team(slack, store_file) as team:
        yield team


@pytest.fixture(scope="module")
def crowded(
    slack: Sandbox, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Team]:
    """A team at work, for the many tests of a module: see `at_work`."""
    folder = tmp_path_factory.mktemp("crowded")
    with a_team(slack, Path(shutil.copy(empty, folder))) as team:
        at_work_on(team)
        yield team


@pytest.fixture
def at_work(crowded: Team) -> Iterator[Team]:
    """As `acts.at_work_on` says; whatever a test changes is undone."""
    before = crowded.everything()
    yield crowded
    crowded.begins_again(before)


@contextmanager
def a_team(slack: Sandbox, store: Path) -> Iterator[Team]:
    database = open_database(f"sqlite:///{store}")
    with an_inbox() as inbox:
        team = Team(store, database, slack, inbox)
        team.channel.meets("U1", "U2")
        team.channel.meets("UGUEST", kind=AccountType.GUEST)
        yield team
    database.close()
