"""The version of a database, by which a reader knows that nothing was committed since."""

from contextlib import closing
from pathlib import Path

from storage.database import open_database
from tests.support.channel import Channel


def test_commit__changes_the_version(channel: Channel) -> None:
    before = channel.database.version()
    channel.proposes("V1")
    assert channel.database.version() != before


def test_no_commit__keeps_the_version(store_file: Path) -> None:
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        before = database.version()
        with database.snapshot():
            assert database.version() == before


def test_commit_of_another_process__changes_the_version(store_file: Path) -> None:
    url = f"sqlite:///{store_file}"
    with closing(open_database(url)) as database, closing(open_database(url)) as other:
        before = database.version()
        Channel(other).proposes("V1")
        assert database.version() != before
