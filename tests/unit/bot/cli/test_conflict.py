"""`needle adopt` and `needle remove board`."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from bot.cli.terminal.errors import BAD_INPUT, FAILED
from storage.boards import boards, fires, removal
from storage.database import Database, open_database
from storage.locks import STORE
from storage.stores import random_id
from tests.support.channel import NOW, Channel

OTHER_STORE = random_id()


@pytest.fixture
def database(store_file: Path) -> Iterator[Database]:
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        yield database


@pytest.fixture
def paused(database: Database) -> Channel:
    """A board in whose channel another store posted."""
    channel = Channel(database)
    with database.transaction(STORE) as session:
        boards.mark_conflict(session, channel.board.id, OTHER_STORE)
    return channel


def run(store_file: Path, *arguments: str) -> Result:
    environment = {"DATABASE_URL": f"sqlite:///{store_file}"}
    return CliRunner().invoke(app, [*arguments], env=environment)


def test_adopt__ends_the_pause_and_reads_the_channel_back(
    paused: Channel, store_file: Path
) -> None:
    joined_at = paused.board.joined_at
    result = run(store_file, "adopt", "C1")
    assert (result.exit_code, result.output.count("\n")) == (0, 1)
    assert not paused.board.has_conflict
    assert paused.board.adopted_stores == (OTHER_STORE,)
    assert paused.board.joined_at != joined_at, "so that the channel is read back"


def test_adopt_of_active_board__changes_nothing(database: Database, store_file: Path) -> None:
    channel = Channel(database)
    before = channel.board
    result = run(store_file, "adopt", "C1")
    assert (result.exit_code, "isn't paused" in result.output) == (0, True)
    assert channel.board == before


def test_remove_board__deletes_it_and_keeps_it_away(paused: Channel, store_file: Path) -> None:
    result = run(store_file, "remove", "board", "C1")
    assert (result.exit_code, result.output) == (0, "Removed C1 from the database.\n")
    with paused.database.snapshot() as session:
        assert boards.list_all(session) == []
        assert removal.list_forbidden(session, "T1") == {"C1"}


@pytest.mark.parametrize("board", [[], [""], ["#"]], ids=["none", "empty", "only #"])
def test_remove_board_without_name__is_refused(
    paused: Channel, store_file: Path, board: list[str]
) -> None:
    assert run(store_file, "remove", "board", *board, "--yes").exit_code == BAD_INPUT
    assert paused.board.has_conflict


def test_remove_board_in_use__says_what_would_be_deleted(paused: Channel, store_file: Path) -> None:
    for origin in ("V1", "V2"):
        paused.proposes(origin)
    paused.sets_people(3)
    with paused.database.transaction(STORE) as session:
        fires.declare(session, paused.board.id, value="cost", what="bill", by="U1", now=NOW)
    refused = run(store_file, "remove", "board", "C1")
    assert refused.exit_code == FAILED
    assert (
        "2 projects with their votes and scores, 1 fire and changed settings of C1"
        in refused.output
    )
    assert paused.board.has_conflict


def test_remove_board_with_projects__needs_yes(paused: Channel, store_file: Path) -> None:
    paused.proposes("V1")
    refused = run(store_file, "remove", "board", "C1")
    assert (refused.exit_code, "add --yes" in refused.output) == (1, True)
    assert paused.board.has_conflict
    assert run(store_file, "remove", "board", "C1", "--yes").exit_code == 0
    with paused.database.snapshot() as session:
        assert boards.list_all(session) == []
