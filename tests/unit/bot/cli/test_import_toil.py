"""`needle import toil`: imports a file into a board's ledger."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from storage.boards import boards
from storage.database import Database, open_database
from storage.planning import toil

FILE = "kind,source,minutes,at,note,origin\npage,db,45,2026-11-20T03:10,lag,a\n"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database with the boards #ops and #net."""
    url = f"sqlite:///{tmp_path}/needle.db"
    monkeypatch.setenv("DATABASE_URL", url)
    opened = open_database(url)
    with opened.transaction() as session:
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


def test_missing_file__is_named(database: Database) -> None:
    answer = CliRunner().invoke(app, ["import", "toil", "nowhere.csv", "--board", "ops"])
    assert answer.exit_code == 2
    assert answer.stderr == "nowhere.csv: No such file or directory\n"
    assert entries(database) == 0
