"""`needle import toil`: imports a file into a board's ledger."""

import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select
from typer.testing import CliRunner, Result

from bot.cli.import_toil import import_file
from bot.cli.main import app
from bot.config import StoreSettings
from storage.boards import boards
from storage.bulk_writes import CHUNK_ROWS
from storage.database import Database, open_database
from storage.locks import STORE
from storage.planning import toil
from storage.tables import ToilRow

FILE = "kind,source,minutes,at,note,origin\npage,db,45,2026-11-20T03:10,lag,a\n"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database with the boards #ops and #net."""
    url = f"sqlite:///{tmp_path}/needle.db"
    monkeypatch.setenv("DATABASE_URL", url)
    opened = open_database(url)
    with opened.transaction(STORE) as session:
        for channel, name in (("C1", "ops"), ("C2", "net")):
            boards.create(session, "T1", channel, None, NOW)
            board = boards.find(session, "T1", channel)
            assert board is not None
            boards.save_channel_info(session, board, name, None)
    yield opened
    opened.close()


def bring_in(text: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["import", "toil", "-", *arguments], input=text)


def entries(database: Database) -> int:
    with database.snapshot() as session:
        return len(toil.between(session, 1, NOW, datetime(2027, 1, 1, tzinfo=UTC)))


def test_repeated_import__adds_only_new_entries(database: Database) -> None:
    assert bring_in(FILE, "--board", "ops").stdout == "Toil entries for #ops: 1 new.\n"
    more = FILE + "page,db,45,2026-11-20T04:10,,b\n"
    assert (
        bring_in(more, "--board", "#ops").stdout
        == "Toil entries for #ops: 1 new, 1 already imported.\n"
    )
    assert entries(database) == 2


def test_malformed_row__imports_nothing(database: Database) -> None:
    answer = bring_in(FILE + "page,db,,2026-11-20T04:10,,b\n", "--board", "ops")
    assert answer.exit_code == 2
    assert answer.stderr.startswith('line 3: minutes: "" is not a whole number')
    assert entries(database) == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "There is more than one board. Name one of them: #ops, #net."),
        (["--board", "nowhere"], "There is no board nowhere. Known boards: #ops, #net."),
    ],
)
@pytest.mark.usefixtures("database")
def test_unclear_board__lists_the_boards(arguments: list[str], told: str) -> None:
    answer = bring_in(FILE, *arguments)
    assert answer.exit_code == 1
    assert answer.stderr == f"{told}\n"


def long_file(rows: int) -> str:
    first = NOW - timedelta(days=30)
    lines = (f"page,db,5,{first + timedelta(minutes=i):%Y-%m-%dT%H:%MZ},,o{i}" for i in range(rows))
    return "\n".join(["kind,source,minutes,at,note,origin", *lines])


def stored_rows(database: Database) -> int:
    with database.snapshot() as session:
        return session.exec(select(func.count()).select_from(ToilRow)).one()


def wait_for_first_rows(database: Database) -> int:
    while not (rows := stored_rows(database)):
        time.sleep(0.005)
    return rows


def test_long_import__others_write_meanwhile(database: Database) -> None:
    text = long_file(10 * CHUNK_ROWS)
    with ThreadPoolExecutor(1) as pool:
        command = pool.submit(import_file, StoreSettings(), text, "ops", NOW)
        wait_for_first_rows(database)
        seen = []
        while not command.done():
            with database.transaction(STORE) as session:
                boards.mark_renamed(session, "T1", "C1", NOW)
            seen.append(stored_rows(database))
        assert command.result() == f"Toil entries for #ops: {10 * CHUNK_ROWS} new."
    assert any(0 < rows < 10 * CHUNK_ROWS for rows in seen)


def test_interrupted_import__is_completed_by_repeating_it(database: Database) -> None:
    text = long_file(20 * CHUNK_ROWS)
    # If a shell runs the tests in the background, Python ignores SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with ThreadPoolExecutor(1) as pool:

        def interrupt() -> None:
            wait_for_first_rows(database)
            os.kill(os.getpid(), signal.SIGINT)

        pool.submit(interrupt)
        interrupted = bring_in(text, "--board", "ops")
    done = stored_rows(database)
    assert 0 < done < 20 * CHUNK_ROWS
    assert interrupted.exit_code == 1
    told = re.fullmatch(
        r"Interrupted\. (\d+) of 10000 entries are imported\. Run the command again to import the"
        r" others\. It doesn't import an entry twice\.\n",
        interrupted.stderr,
    )
    assert told is not None
    # Ctrl+C may come after a chunk is stored and before it is counted.
    assert int(told[1]) in (done - CHUNK_ROWS, done)
    repeated = bring_in(text, "--board", "ops")
    assert repeated.stdout == (
        f"Toil entries for #ops: {20 * CHUNK_ROWS - done} new, {done} already imported.\n"
    )
    assert stored_rows(database) == 20 * CHUNK_ROWS


def test_last_row_of_long_file_malformed__imports_nothing(database: Database) -> None:
    answer = bring_in(
        f"{long_file(2 * CHUNK_ROWS)}\npager,db,5,2026-10-20T03:10,,x", "--board", "ops"
    )
    assert answer.exit_code == 2
    assert stored_rows(database) == 0


def test_missing_file__is_named(database: Database) -> None:
    answer = CliRunner().invoke(app, ["import", "toil", "nowhere.csv", "--board", "ops"])
    assert answer.exit_code == 2
    assert answer.stderr == "nowhere.csv: No such file or directory\n"
    assert entries(database) == 0
