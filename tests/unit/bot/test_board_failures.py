"""Loops over boards: one board that fails is logged once, and the others go on."""

from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import REGISTRY
from pydantic import SecretStr
from sqlalchemy import text

from bot.board_failures import isolated, report_unreadable
from bot.presenters.home import home
from bot.reconciler.backfill_tasks import MAX_WAIT_FOR_HISTORY
from bot.reconciler.intervals import Intervals
from bot.reconciler.reconciler import Reconciler
from bot.service.scheduler import enqueue_due_posts
from bot.slack.client import bot_clients
from storage.boards import boards
from storage.database import DatabaseUnavailable
from storage.locks import STORE
from storage.readable_rows import UnreadableRow
from storage.tables import PostKind
from tests.support.channel import Channel
from tests.support.listener_harness import TEAM, ListenerHarness
from tests.support.manual_seconds import ManualSeconds

MONDAY = datetime(2026, 8, 17, 9, 30, tzinfo=UTC)  # when a board's digest is due by default
PROPOSED_AT = MONDAY - timedelta(days=2)
UNREADABLE = [
    "UPDATE charter SET content = '{' WHERE board_id = 1",
    "UPDATE board SET digest_time = 'soon' WHERE id = 1",
]
FAILING = "UPDATE project SET proposed_at = 'yesterday' WHERE board_id = 1"
REPAIR = "UPDATE project SET proposed_at = '2026-08-15 09:30:00' WHERE board_id = 1"


@pytest.fixture
def fine(team: ListenerHarness) -> Channel:
    """A second board, beside the harness's own, which a test damages."""
    fine = Channel(team.database, "C2", TEAM)
    for channel in (team.channel, fine):
        channel.proposes("Rotate every key", at=PROPOSED_AT)
    with team.database.transaction(STORE) as session:
        boards.save_channel_info(session, team.board, "broken", None)
    return fine


def damage(team: ListenerHarness, statement: str) -> None:
    with team.database.transaction(STORE) as session:
        session.execute(text(statement))


def boards_with(team: ListenerHarness, kind: PostKind) -> set[int]:
    return {post.board_id for post in team.pending_posts if post.kind is kind}


def failing(part: str) -> float | None:
    """Return how many boards or rows fail in a loop, as /metrics says."""
    return REGISTRY.get_sample_value("needle_failing_boards", {"part": part})


def logged(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, object]]:
    return [vars(record) for record in caplog.records if record.message == event]


@pytest.mark.parametrize("statement", [*UNREADABLE, FAILING])
def test_broken_board__others_get_their_digest(
    team: ListenerHarness, fine: Channel, statement: str
) -> None:
    damage(team, statement)
    enqueue_due_posts(team.database, MONDAY)
    assert boards_with(team, PostKind.DIGEST) == {fine.board.id}


def test_unknown_time_zone__every_board_gets_its_digest(
    team: ListenerHarness, fine: Channel
) -> None:
    damage(team, "UPDATE board SET time_zone = 'localtime' WHERE id = 1")
    enqueue_due_posts(team.database, MONDAY)
    assert boards_with(team, PostKind.DIGEST) == {1, fine.board.id}


def test_failing_board__is_logged_once_and_counted(
    team: ListenerHarness, fine: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    damage(team, FAILING)
    for _ in range(3):
        enqueue_due_posts(team.database, MONDAY)
    [line] = logged(caplog, "board_failed")
    assert (line["board"], line["board_name"], line["part"]) == (1, "#broken", "schedule")
    assert failing("schedule") == 1
    damage(team, REPAIR)
    enqueue_due_posts(team.database, MONDAY)
    assert failing("schedule") == 0
    assert boards_with(team, PostKind.DIGEST) == {1, fine.board.id}


@pytest.mark.parametrize("statement", UNREADABLE)
def test_unreadable_board__reconciler_posts_for_the_others(
    team: ListenerHarness, fine: Channel, caplog: pytest.LogCaptureFixture, statement: str
) -> None:
    # Nothing listens there: any call raises.
    [client] = bot_clients(SecretStr("xoxb-1"), "http://127.0.0.1:1/", 1)
    damage(team, statement)
    intervals = Intervals(between_posts=timedelta())
    seconds = ManualSeconds()
    reconciler = Reconciler(team.database, client, lambda: MONDAY, intervals, seconds)
    for _ in range(2):
        reconciler.run_pass()
        # Then posts no longer wait for the channel's history.
        seconds.now += MAX_WAIT_FOR_HISTORY.total_seconds()
    attempted = {post.board_id for post in team.pending_posts if post.attempts}
    assert attempted == {fine.board.id}
    [line] = logged(caplog, "row_unreadable")
    assert (line["row"], line["board"]) == ("#broken", 1)
    assert failing("read") == 1
    report_unreadable([])


@pytest.mark.parametrize("statement", [*UNREADABLE, FAILING])
@pytest.mark.usefixtures("fine")
def test_broken_board__home_shows_the_others(team: ListenerHarness, statement: str) -> None:
    damage(team, statement)
    with team.database.snapshot() as session:
        shown = home(session, TEAM, "U1", [team.channel.channel_id, "C2"], MONDAY)
    assert [board.channel_id for board in shown.boards] == ["C2"]


def test_database_unavailable__stops_the_loop(team: ListenerHarness) -> None:
    with pytest.raises(DatabaseUnavailable), isolated("schedule", team.board):
        raise DatabaseUnavailable("it is locked")


def test_row_readable_again__is_logged_when_it_fails_anew(
    caplog: pytest.LogCaptureFixture,
) -> None:
    row = UnreadableRow("#ops", 1, "KeyError: 'values'")
    for rows in ([row], [row], [], [row]):
        report_unreadable(rows)
    assert len(logged(caplog, "row_unreadable")) == 2
    report_unreadable([])
