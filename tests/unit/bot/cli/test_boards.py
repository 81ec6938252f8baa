"""`needle boards`, and the board that a command names."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from bot.cli.boards import HEADINGS, aligned, require_board, summarize
from bot.cli.main import app
from bot.cli.terminal.errors import CommandFailed
from domain.calendar.cadence import Cadence
from storage.boards import boards
from storage.database import Database, open_database
from storage.locks import STORE
from tests.support.channel import Channel

NOW = datetime(2026, 11, 1, tzinfo=UTC)
AddBoard = Callable[[str, str | None], None]


@pytest.fixture
def database(store_file: Path) -> Iterator[Database]:
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        yield database


@pytest.fixture
def add_board(database: Database) -> AddBoard:
    def add(channel_id: str, name: str | None) -> None:
        with database.transaction(STORE) as session:
            boards.create(session, "T1", channel_id, None, NOW)
            board = boards.find(session, "T1", channel_id)
            assert board is not None
            if name:
                boards.save_channel_info(session, board, name, None)

    return add


def list_boards(store_file: Path) -> Result:
    environment = {"DATABASE_URL": f"sqlite:///{store_file}"}
    return CliRunner().invoke(app, ["boards"], env=environment)


@pytest.mark.parametrize("name", ["ops", "#ops", "C1"])
def test_name_or_id__finds_the_board(database: Database, add_board: AddBoard, name: str) -> None:
    add_board("C1", "ops")
    add_board("C2", "net")
    assert require_board(database, name).channel_id == "C1"


def test_no_name_and_one_board__finds_it(database: Database, add_board: AddBoard) -> None:
    add_board("C1", "ops")
    assert require_board(database, "").channel_id == "C1"


@pytest.mark.parametrize(
    ("channels", "name", "message"),
    [
        ([], "", "There are no boards. Invite Needle to a channel to make it a board."),
        ([], "ops", "There are no boards. Invite Needle to a channel to make it a board."),
        (["ops", None], "", "There is more than one board. Name one of them: #ops, C2."),
        (["ops", "net"], "dev", "There is no board dev. Known boards: #ops, #net."),
        (["ops", "ops"], "ops", "More than one board is called ops. Use its ID: C1, C2."),
    ],
)
def test_no_single_match__lists_the_choices(
    database: Database,
    add_board: AddBoard,
    channels: list[str | None],
    name: str,
    message: str,
) -> None:
    for number, channel in enumerate(channels, 1):
        add_board(f"C{number}", channel)
    with pytest.raises(CommandFailed) as failure:
        require_board(database, name)
    assert str(failure.value) == message


def test_boards__lists_each_board_in_aligned_columns(
    database: Database, add_board: AddBoard, store_file: Path
) -> None:
    add_board("C1", "ops")
    add_board("C23456789", None)
    Channel(database).proposes("first")
    headings, ops, other = list_boards(store_file).stdout.splitlines()
    assert headings.split("  ")[0] == "CHANNEL"
    assert ops.startswith("#ops ")
    assert other.startswith("C23456789  C23456789 ")
    assert other.endswith("after the first proposal")
    assert ops.index("v1") == other.index("v1") == headings.index("CHARTER")


def damage(database: Database) -> None:
    """Store a malformed charter for #ops, the first board."""
    with database.transaction(STORE) as session:
        session.execute(text("UPDATE charter SET content = '{' WHERE board_id = 1"))


def test_unreadable_board__is_named_beside_the_others(
    database: Database, add_board: AddBoard, store_file: Path
) -> None:
    add_board("C1", "ops")
    add_board("C2", "net")
    damage(database)
    result = list_boards(store_file)
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["CHANNEL", "#net"]
    assert result.stderr.startswith("#ops can't be read: ValueError: EOF while parsing ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["ops", "#ops", ""])
def test_unreadable_board__command_says_so(
    database: Database, add_board: AddBoard, name: str
) -> None:
    add_board("C1", "ops")
    add_board("C2", "net")
    damage(database)
    with pytest.raises(CommandFailed, match=r"^#ops can't be read: ValueError: EOF while parsing "):
        require_board(database, name)
    assert require_board(database, "net").channel_id == "C2"


def test_no_boards__says_so_on_standard_error(store_file: Path) -> None:
    result = list_boards(store_file)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("There are no boards.")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-26T13:29:59+00:00", "Mon 2026-10-26 09:30 America/New_York"),
        ("2026-10-26T13:30:00+00:00", "Mon 2026-11-02 09:30 America/New_York"),
        ("2026-11-02T14:29:59+00:00", "Mon 2026-11-02 09:30 America/New_York"),
        ("2026-11-02T14:30:00+00:00", "Mon 2026-11-09 09:30 America/New_York"),
    ],
)
def test_clocks_change__next_digest_is_the_next_one(
    database: Database, add_board: AddBoard, now: str, expected: str
) -> None:
    add_board("C1", "ops")
    Channel(database).proposes("first")
    with database.transaction(STORE) as session:
        cadence = Cadence(time_zone="America/New_York", digest_weekday=0, digest_time=time(9, 30))
        board = boards.get(session, 1).model_copy(update={"cadence": cadence})
        summary = summarize(session, board, datetime.fromisoformat(now))
    assert summary.next_digest == expected
    assert summary.open_projects == "1"


@pytest.mark.parametrize(
    ("paused_until", "expected"),
    [
        (date(2026, 10, 26), "Mon 2026-10-26 09:30 UTC"),
        (date(2026, 10, 27), "Mon 2026-11-02 09:30 UTC"),
        (date(2026, 11, 10), "Mon 2026-11-16 09:30 UTC"),
        (date(2199, 12, 30), "Mon 2199-12-30 09:30 UTC"),
    ],
)
def test_digests_are_paused__next_digest_is_the_first_after_that(
    database: Database, add_board: AddBoard, paused_until: date, expected: str
) -> None:
    add_board("C1", "ops")
    Channel(database).proposes("first")
    now = datetime(2026, 10, 26, 9, 29, tzinfo=UTC)
    with database.transaction(STORE) as session:
        paused = boards.get(session, 1).model_copy(update={"digests_paused_until": paused_until})
        assert summarize(session, paused, now).next_digest == expected


def test_aligned__pads_no_line_at_its_end() -> None:
    assert not [line for line in aligned([HEADINGS, HEADINGS]) if line.endswith(" ")]
