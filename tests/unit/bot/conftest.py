"""Fixtures: text snapshots, and the listeners on a database with the people of a board."""

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
    """A sandbox that knows the bot and a stranger. Tests store other people's profiles."""
    with sandbox_from_manifest() as sandbox:
        yield sandbox


@pytest.fixture
def team(slack: Sandbox, store_file: Path) -> Iterator[ListenerHarness]:
    """A board without stewards. U1 and U2 are members, and UGUEST is a guest."""
    with open_team(slack, store_file) as team:
        yield team


@pytest.fixture(scope="module")
def prepared_board(
    slack: Sandbox, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ListenerHarness]:
    """A prepared board for all tests of a module: see `at_work`."""
    folder = tmp_path_factory.mktemp("prepared_board")
    with open_team(slack, Path(shutil.copy(empty, folder))) as team:
        prepare_board(team)
        yield team


@pytest.fixture
def at_work(prepared_board: ListenerHarness) -> Iterator[ListenerHarness]:
    """The prepared board. Changes are undone after each test."""
    before = prepared_board.dump()
    yield prepared_board
    prepared_board.restore(before)


@contextmanager
def open_team(slack: Sandbox, store: Path) -> Iterator[ListenerHarness]:
    database = open_database(f"sqlite:///{store}")
    with response_url_server() as inbox:
        team = ListenerHarness(store, database, slack, inbox)
        team.channel.adds_people("U1", "U2")
        team.channel.adds_people("UGUEST", kind=AccountType.GUEST)
        yield team
    database.close()
