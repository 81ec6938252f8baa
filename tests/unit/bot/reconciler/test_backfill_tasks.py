"""Backfill tasks: when they are due, and how long posts wait for a history that can't be read."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.idle_client import IdleClient
from bot.clock import utc_now
from bot.reconciler.backfill_tasks import MAX_WAIT_FOR_HISTORY, BackfillTasks, wait_for_history
from bot.reconciler.tasks import BoardBackfillScope, ChannelScope, NameBackfillScope
from bot.slack.call_status import Call
from bot.slack.errors import CLOSED_CHANNEL, REFUSED_CALL, REJECTED_TOKEN, CallTimedOut
from bot.slack.rate_limiter import RateLimiter
from bot.slack.slack_time import SlackTime
from storage.boards.boards import Board
from storage.database import DatabaseUnavailable, open_database
from tests.support.channel import Channel
from tests.support.manual_seconds import ManualSeconds
from tests.support.slack_errors import slack_error


@pytest.mark.parametrize("code", sorted(REFUSED_CALL | CLOSED_CHANNEL))
def test_refused_history__posts_do_not_wait(code: str) -> None:
    assert wait_for_history(slack_error(code)) == timedelta()


@pytest.mark.parametrize(
    "error",
    [
        DatabaseUnavailable("database is locked"),
        slack_error("ratelimited"),
        slack_error("missing_scope", status=429),
        *map(slack_error, sorted(REJECTED_TOKEN)),
    ],
)
def test_history_that_slack_can_return__posts_wait(error: Exception) -> None:
    assert wait_for_history(error) is None


@pytest.mark.parametrize(
    "error",
    [
        CallTimedOut(Call("conversations.history", "C1")),
        ConnectionResetError(),
        slack_error("internal_error"),
        slack_error("missing_scope", status=503),
        slack_error("a_new_error"),
        KeyError("a bug"),
    ],
)
def test_failing_history__posts_wait_for_minutes(error: Exception) -> None:
    assert wait_for_history(error) == MAX_WAIT_FOR_HISTORY


class CountedBoards(list[Board]):
    """Boards, and how often all were looked at."""

    looks = 0

    def __iter__(self) -> Iterator[Board]:
        self.looks += 1
        return super().__iter__()


def test_all_backfills_deferred__boards_are_looked_at_once(store_file: Path) -> None:
    seconds = ManualSeconds()
    limiter = RateLimiter(seconds)
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        board = Channel(database).board
        client = IdleClient(SlackTime(utc_now, compares_clocks=False), board.team_id)
        backfills = BackfillTasks(database, client, utc_now, seconds, limiter)
        backfills.restart()
        for kind, minutes in ((NameBackfillScope, 2), (BoardBackfillScope, 3)):
            limiter.defer(kind(ChannelScope.of(board)), timedelta(minutes=minutes))
        boards = CountedBoards([board])

        def count_tasks() -> tuple[int, int]:
            """Return the tasks without the workspace's, and how often boards were looked at."""
            boards.looks = 0
            _workspace, *kinds = backfills.by_kind(boards)
            return sum(len(list(tasks)) for tasks in kinds), boards.looks

        assert [count_tasks(), count_tasks()] == [(0, 2), (0, 0)]
        seconds.now = 120
        assert [count_tasks(), count_tasks()] == [(1, 1), (1, 1)]
        backfills.restart()
        assert count_tasks() == (1, 2)
