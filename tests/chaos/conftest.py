"""Fixtures: the databases of the tests, and the parameters of those that `make torture` runs."""

import pytest

from tests.support.bot_process import sqlite_address
from tests.support.chaos.board import NewDatabase
from tests.support.chaos.parameters import MINUTES, TortureParameters
from tests.support.postgres import Postgres


@pytest.fixture
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """A function that returns the URL of a new database. The test's parameter says which kind."""
    if request.param == "sqlite":
        return sqlite_address
    postgres: Postgres = request.getfixturevalue("postgres")
    return lambda _folder: postgres.new_database()


@pytest.fixture(scope="session")
def torture_parameters() -> TortureParameters:
    parameters = TortureParameters.from_environment()
    if parameters is None:
        pytest.fail(f"{MINUTES} is not set: run `make torture`")
    return parameters
