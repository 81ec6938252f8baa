"""The log of an outage: one line at its beginning and one at its end."""

import logging
from pathlib import Path

import pytest

from storage.boards import boards
from storage.database import Database, DatabaseUnavailable
from storage.locks import STORE
from storage.outage import OutageLog, Work
from tests.support.channel import NOW
from tests.support.storage_faults import locked

BEGAN = ("ERROR", "database_unavailable")
ENDED = ("INFO", "database_available_again")


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(record.levelname, record.message) for record in caplog.records]


@pytest.fixture(autouse=True)
def _all_levels(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_many_failures__are_logged_once(
    sqlite_database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = sqlite_database
    with locked(tmp_path / "needle.db"):
        for channel in ("C1", "C2"):
            with pytest.raises(DatabaseUnavailable), database.transaction(STORE) as session:
                boards.create(session, "T1", channel, None, NOW)
            with database.snapshot():
                pass  # a database that can be read only isn't available again
    assert logged(caplog) == [BEGAN]
    assert "database is locked" in caplog.records[0].__dict__["error"]
    for channel in ("C1", "C2"):
        with database.transaction(STORE) as session:
            boards.create(session, "T1", channel, None, NOW)
    assert logged(caplog) == [BEGAN, ENDED]


def test_reads_and_writes_fail__end_when_both_work(caplog: pytest.LogCaptureFixture) -> None:
    log = OutageLog()
    log.failed(Work.READ, "refused")
    log.failed(Work.WRITE, "refused")
    log.worked(Work.READ)
    assert logged(caplog) == [BEGAN]
    log.worked(Work.WRITE)
    log.worked(Work.WRITE)
    assert logged(caplog) == [BEGAN, ENDED]


def test_next_outage__is_logged_again(caplog: pytest.LogCaptureFixture) -> None:
    log = OutageLog()
    for _ in range(2):
        log.failed(Work.READ, "refused")
        log.worked(Work.READ)
    assert logged(caplog) == [BEGAN, ENDED, BEGAN, ENDED]
