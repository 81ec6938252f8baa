"""Backfill tasks: when each backfill runs, and how one that was cut short continues."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial

from bot.clock import Clock, Monotonic
from bot.reconciler.backfill import BoardBackfill, backfill_name, backfill_workspace
from bot.reconciler.limits import PHASE_BUDGET, count_call
from bot.reconciler.tasks import (
    Action,
    BoardBackfillScope,
    ChannelScope,
    NameBackfillScope,
    Scope,
    Task,
    WorkspaceBackfillScope,
    board_context,
)
from bot.slack.call_status import Call
from bot.slack.client import BotClient
from bot.slack.rate_limiter import RateLimiter
from storage.boards.boards import Board
from storage.database import Database

BACKFILL_INTERVAL = timedelta(hours=1)
BACKFILL_CONTINUE_INTERVAL = timedelta(seconds=5)  # after a rate limit cut a backfill short
# Slack retries an event for up to five minutes. A retried event may be older than the state that a
# backfill read, and would hide a newer event that was lost. So backfill once more after that.
EVENT_RETRY_PERIOD = timedelta(minutes=6)


class BackfillTasks:
    """Tasks that backfill what Slack may not have sent, since Needle connected to it."""

    def __init__(
        self,
        database: Database,
        client: BotClient,
        clock: Clock,
        monotonic: Monotonic,
        limiter: RateLimiter,
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._monotonic = monotonic
        self._limiter = limiter
        self._connected_at: float | None = None  # a monotonic time
        self._scheduled: set[Scope] = set()  # deferred until the next backfill is due
        self._unfinished: dict[ChannelScope, BoardBackfill] = {}
        self._until = 0.0  # a monotonic time: the running task's budget ends then

    def restart(self) -> None:
        """Make all backfills due now, from their beginning: Needle connected to Slack."""
        self._connected_at = self._monotonic()
        self._limiter.reset(*self._scheduled)
        self._scheduled.clear()
        self._unfinished.clear()

    def by_kind(self, known_boards: Sequence[Board]) -> list[Iterable[Task]]:
        """Return the tasks of each kind of backfill, or nothing before Needle connected."""
        if self._connected_at is None:
            return []
        return [
            [self._workspace_task()],
            map(self._name_task, known_boards),
            map(self._board_task, known_boards),
        ]

    def _workspace_task(self) -> Task:
        scope = WorkspaceBackfillScope()

        def run() -> None:
            started_at = self._monotonic()
            backfill_workspace(self._database, self._client, self._clock())
            self._schedule(scope, self._until_next(started_at))

        return Task(Action.WORKSPACE_BACKFILL, scope, ("auth.test", "users.conversations"), run)

    def _name_task(self, board: Board) -> Task:
        channel = ChannelScope.of(board)
        scope = NameBackfillScope(channel)

        def run() -> None:
            started_at = self._monotonic()
            count_call(self._limiter, "conversations.info")
            backfill_name(self._database, self._client, board)
            self._schedule(scope, self._until_next(started_at))

        return Task(
            Action.NAME_BACKFILL,
            scope,
            ("conversations.info",),
            run,
            channel=channel,
            called_channel=board.channel_id,
            log_context=board_context(board),
        )

    def _board_task(self, board: Board) -> Task:
        channel = ChannelScope.of(board)
        scope = BoardBackfillScope(channel)
        may_call = partial(self._may_call, board.channel_id)
        backfill = self._unfinished.get(channel) or BoardBackfill(
            self._database, self._client, board, may_call, self._monotonic()
        )

        def run() -> None:
            self._unfinished[channel] = backfill
            self._until = self._monotonic() + PHASE_BUDGET.total_seconds()
            if backfill.resume():
                del self._unfinished[channel]
                self._schedule(scope, self._until_next(backfill.started_at))
            else:
                self._schedule(scope, BACKFILL_CONTINUE_INTERVAL)

        return Task(
            Action.BOARD_BACKFILL,
            scope,
            ("conversations.history",),
            run,
            channel=channel,
            called_channel=board.channel_id,
            log_context=board_context(board),
        )

    def _may_call(self, channel_id: str, method: str) -> bool:
        """Count a call of the method and return True, unless it or the whole backfill must wait."""
        calls = (Call(method), Call(method, channel_id))
        is_in_time = self._monotonic() < self._until
        if not (is_in_time and all(map(self._limiter.is_available, calls))):
            return False
        count_call(self._limiter, method)
        return True

    def _until_next(self, started_at: float) -> timedelta:
        """Return the time until the next backfill, after one that started at a monotonic time.

        A backfill that started before Slack's event retries ended may have read outdated state.
        It is repeated when they have ended; at once if that was meanwhile.
        """
        connected_at = started_at if self._connected_at is None else self._connected_at
        retries_end = connected_at + EVENT_RETRY_PERIOD.total_seconds()
        if started_at >= retries_end:
            return BACKFILL_INTERVAL
        return timedelta(seconds=max(retries_end - self._monotonic(), 0))

    def _schedule(self, scope: Scope, wait: timedelta) -> None:
        self._scheduled.add(scope)
        self._limiter.defer(scope, wait)
