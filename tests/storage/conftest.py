"""A fresh database in a file, and a board in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from tests.storage.channel import Channel


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it; to copy it is faster than to migrate each."""
    file = tmp_path_factory.mktemp("empty") / "needle.db"
    open_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{shutil.copy(empty, tmp_path)}")
    yield opened
    opened.close()


@pytest.fixture
def channel(database: Database) -> Channel:
    return Channel(database)
