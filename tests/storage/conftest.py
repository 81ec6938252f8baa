"""A fresh database in a file, and a board in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from tests.storage.channel import Channel


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path}/needle.db")
    yield opened
    opened.close()


@pytest.fixture
def channel(database: Database) -> Channel:
    return Channel(database)
