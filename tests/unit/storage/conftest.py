"""Fixtures: a new database, on SQLite and on PostgreSQL, and a board."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from tests.support.channel import Channel
from tests.support.postgres import Postgres


@pytest.fixture(scope="session")
def emptied_postgres(postgres: Postgres) -> Iterator[Callable[[], Database]]:
    """A function that empties the same PostgreSQL database each time."""
    address = postgres.new_database()
    database = open_database(address)

    def emptied_database() -> Database:
        postgres.empty(address)
        return database

    yield emptied_database
    database.close()


@pytest.fixture
def sqlite_database(store_file: Path) -> Iterator[Database]:
    """A SQLite database."""
    database = open_database(f"sqlite:///{store_file}")
    yield database
    database.close()


@pytest.fixture(params=["sqlite_database", "emptied_postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    fixture = request.getfixturevalue(request.param)
    return fixture if isinstance(fixture, Database) else fixture()


@pytest.fixture
def channel(database: Database) -> Channel:
    return Channel(database)
