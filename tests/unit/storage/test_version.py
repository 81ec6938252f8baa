"""The version of a database, by which a reader knows that nothing was committed since."""

from contextlib import closing
from pathlib import Path

import pytest

from storage.database import open_database
from tests.support.channel import Channel
from tests.support.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, store_file: Path) -> str:
    """The URL of a database that nobody else uses."""
    if request.param == "sqlite":
        return f"sqlite:///{store_file}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


def test_commit__changes_the_version(channel: Channel) -> None:
    before = channel.database.version()
    channel.proposes("V1")
    assert channel.database.version() != before


def test_no_commit__keeps_the_version(url: str) -> None:
    with closing(open_database(url)) as database:
        before = database.version()
        with database.snapshot():
            assert database.version() == before


def test_commit_of_another_process__changes_the_version(url: str) -> None:
    with closing(open_database(url)) as database, closing(open_database(url)) as other:
        before = database.version()
        Channel(other).proposes("V1")
        assert database.version() != before
