"""Fixtures: a new database, on SQLite and on PostgreSQL, and a board."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from tests.support.channel import Channel
from tests.support.postgres import Postgres


@pytest.fixture(scope="session")
def on_postgres(postgres: Postgres) -> Iterator[Callable[[], Database]]:
    """A function that empties the same PostgreSQL database each time."""
    address = postgres.new_database()
    opened = open_database(address)

    def emptied() -> Database:
        postgres.empty(address)
        return opened

    yield emptied
    opened.close()


@pytest.fixture
def in_file(store_file: Path) -> Iterator[Database]:
    """A SQLite database."""
    opened = open_database(f"sqlite:///{store_file}")
    yield opened
    opened.close()


@pytest.fixture(params=["in_file", "on_postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    found = request.getfixturevalue(request.param)
    return found if isinstance(found, Database) else found()


@pytest.fixture
def channel(database: Database) -> Channel:
    return Channel(database)
