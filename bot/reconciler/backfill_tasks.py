"""Backfill tasks: when each backfill runs, and how one that was cut short continues."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from slack_sdk.errors import SlackApiError

from bot.clock import Clock, Monotonic
from bot.reconciler.backfill import BoardBackfill, backfill_name, backfill_workspace
from bot.reconciler.limits import (
    BACKFILLED_HISTORY_PER_MINUTE,
    MINUTE,
    PHASE_BUDGET,
    count_call,
)
from bot.reconciler.read_back import ReadBack
from bot.reconciler.tasks import (
    Action,
    BackfilledHistoryScope,
    BoardBackfillScope,
    ChannelScope,
    NameBackfillScope,
    ReadBackScope,
    Scope,
    Task,
    WorkspaceBackfillScope,
)
from bot.slack.answers.auth_test import read_identity
from bot.slack.call_status import Call
from bot.slack.client import BotClient
from bot.slack.error_messages import is_rejected_token
from bot.slack.errors import is_rate_limited, is_refused
from bot.slack.rate_limiter import RateLimiter
from storage.boards.boards import Board
from storage.database import Database, DatabaseUnavailable
from storage.posts.adoption import ADOPTED_KINDS
from storage.posts.outbox import Post
from storage.tables import PostKind

HISTORY = "conversations.history"
BACKFILL_INTERVAL = timedelta(hours=1)
BACKFILL_CONTINUE_INTERVAL = timedelta(seconds=5)  # after a rate limit cut a backfill short
# Slack sends an event that isn't acknowledged again at once, after one minute, and after five
# minutes: https://docs.slack.dev/apis/events-api#retries
LAST_EVENT_RETRY = timedelta(minutes=5)
# A retried event may be older than the state that a backfill read, and would hide a newer event
# that was lost. So backfill once more after that.
EVENT_RETRY_PERIOD = LAST_EVENT_RETRY + timedelta(minutes=1)
MAX_WAIT_FOR_HISTORY = timedelta(minutes=3)  # while Slack fails to return it


BackfilledScope = type[NameBackfillScope] | type[BoardBackfillScope]


@dataclass(frozen=True)
class _Deferred:
    """Boards whose backfills are all deferred, until a monotonic time."""

    boards: Sequence[Board]
    until: float


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
        self._deferred: dict[BackfilledScope, _Deferred] = {}
        self._unfinished: dict[ChannelScope, BoardBackfill] = {}
        self._postable: set[ChannelScope] = set()  # read back far enough to post there
        self._read_back: set[ChannelScope] = set()  # read back entirely
        self._read_to: dict[ChannelScope, str] = {}  # messages since this ts were read back
        # Monotonic times: from then on, cards are redrawn although more must be read back.
        self._redrawn_from: dict[ChannelScope, float] = {}
        # Monotonic times: from then on, posts don't wait for a history that can't be read.
        self._unreadable_from: dict[ChannelScope, float] = {}
        self._own_user_id = ""
        self._leaves_calls = False  # whether the running task leaves calls to reading back
        self._until = 0.0  # a monotonic time: the running task's budget ends then

    def restart(self) -> None:
        """Make all backfills due now, from their beginning: Needle missed events before."""
        self._connected_at = self._monotonic()
        self._limiter.reset(*self._scheduled)
        self._scheduled.clear()
        self._deferred.clear()
        self._unfinished.clear()

    def may_post(self, post: Post, board: Board) -> bool:
        """Return whether the board's channel is read back far enough for this post.

        Otherwise a restored store might repeat it. Posts don't wait if they are never adopted, if
        Slack refuses to return the history, or if it has failed to return it for some minutes.
        """
        channel = ChannelScope.of(board)
        return not self._is_paused(board) and (
            post.kind not in ADOPTED_KINDS
            or channel in self._postable
            or self._is_past(self._unreadable_from.get(channel))
        )

    def may_redraw(self, post: Post, board: Board) -> bool:
        """Return whether the board's channel is read back far enough to redraw this post.

        A card may show facts that a restored store lacks. A redraw must not erase them before they
        are read. After some minutes, cards don't wait any more, whatever the reason.
        """
        channel = ChannelScope.of(board)
        return not self._is_paused(board) and (
            post.kind is not PostKind.CARD
            or self._has_read(channel, post.ts)
            or self._is_past(self._unreadable_from.get(channel))
            or self._is_past(self._redrawn_from.get(channel))
        )

    def read_back(self, boards: Iterable[Board], stale: Iterable[Post]) -> Iterator[Task]:
        """Yield the tasks that read back the channels of boards with posts or redraws that wait."""
        oldest_card: dict[int, str] = {}
        for post in stale:
            if post.kind is PostKind.CARD and post.ts is not None:
                oldest_card[post.board_id] = min(post.ts, oldest_card.get(post.board_id, post.ts))
        for board in boards:
            channel, card = ChannelScope.of(board), oldest_card.get(board.id)
            if self._has_read(channel, card):
                card = None
            if card is not None:
                wait_ends = self._monotonic() + MAX_WAIT_FOR_HISTORY.total_seconds()
                self._redrawn_from.setdefault(channel, wait_ends)
            if not board.has_conflict and (channel not in self._postable or card is not None):
                yield self._read_back_task(board, card)

    def _is_paused(self, board: Board) -> bool:
        """Return whether the board is paused, maybe since after it was read from the store."""
        channel = ChannelScope.of(board)
        return board.has_conflict or (channel in self._read_back and channel not in self._postable)

    def _has_read(self, channel: ChannelScope, ts: str | None) -> bool:
        """Return whether a message was read back, or needn't be. There is none without a ts."""
        if ts is None or channel in self._read_back:
            return True
        read_to = self._read_to.get(channel)
        return read_to is not None and read_to <= ts

    def _is_past(self, moment: float | None) -> bool:
        return moment is not None and self._monotonic() >= moment

    def by_kind(self, known_boards: Sequence[Board]) -> list[Iterable[Task]]:
        """Return the tasks of each kind of backfill, or nothing before Needle connected."""
        if self._connected_at is None:
            return []
        return [
            [self._workspace_task()],
            (self._name_task(board) for board in self._due(known_boards, NameBackfillScope)),
            self._board_tasks(known_boards),
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

        return Task.in_channel_of(board, Action.NAME_BACKFILL, scope, ("conversations.info",), run)

    def _due(self, known_boards: Sequence[Board], kind: BackfilledScope) -> Iterator[Board]:
        """Yield the boards whose backfill of a kind isn't deferred.

        An idle pass gets the same list of boards as the last one. It doesn't look at each again
        before the first deferral ends.
        """
        last = self._deferred.get(kind)
        if last is not None and last.boards is known_boards and self._monotonic() < last.until:
            return
        ends = math.inf
        for board in known_boards:
            until = self._limiter.deferred_until(kind(ChannelScope.of(board)))
            ends = min(ends, until)
            if until <= self._monotonic():
                # Building the task of each of many boards costs more than this.
                yield board
        self._deferred[kind] = _Deferred(known_boards, ends)

    def _board_tasks(self, known_boards: Sequence[Board]) -> Iterator[Task]:
        """Yield backfills, as long as reading back for posts that wait has calls left."""
        for board in self._due(known_boards, BoardBackfillScope):
            if not self._limiter.is_available(BackfilledHistoryScope()):
                return
            yield self._board_task(board)

    def _board_task(self, board: Board) -> Task:
        channel = ChannelScope.of(board)
        scope = BoardBackfillScope(channel)
        backfill = self._backfill_of(board)

        def run() -> None:
            self._leaves_calls = True
            if self._within_budget(channel, backfill, backfill.resume):
                del self._unfinished[channel]
                self._schedule(scope, self._until_next(backfill.started_at))
            else:
                self._schedule(scope, BACKFILL_CONTINUE_INTERVAL)

        return Task.in_channel_of(board, Action.BOARD_BACKFILL, scope, self._history_methods, run)

    def _read_back_task(self, board: Board, card: str | None) -> Task:
        """Return a task that reads back only what Needle must know before it posts.

        If the ts of a card is given, it reads back to that card, so that the card can be redrawn.
        The board's backfill reads the rest.
        """
        channel = ChannelScope.of(board)
        scope = ReadBackScope(channel)
        backfill = self._backfill_of(board)

        def run() -> None:
            self._leaves_calls = False
            if not self._within_budget(channel, backfill, partial(backfill.read_back_to, card)):
                self._limiter.defer(scope, BACKFILL_CONTINUE_INTERVAL)

        return Task.in_channel_of(board, Action.READ_BACK, scope, self._history_methods, run)

    def _backfill_of(self, board: Board) -> BoardBackfill:
        """Return the unfinished backfill of a board, or a new one."""
        channel = ChannelScope.of(board)
        return self._unfinished.get(channel) or BoardBackfill(
            self._database,
            self._client,
            board,
            partial(self._may_call, board.channel_id),
            self._monotonic(),
            None
            if channel in self._read_back
            else ReadBack(self._database, board, self._find_own_user, self._clock()),
        )

    def _within_budget(
        self, channel: ChannelScope, backfill: BoardBackfill, proceed: Callable[[], bool]
    ) -> bool:
        """Run `proceed` within the time budget, record what is read back, and return its result."""
        self._unfinished[channel] = backfill
        self._until = self._monotonic() + PHASE_BUDGET.total_seconds()
        try:
            result = proceed()
        except Exception as error:
            if backfill.reads_back:
                self._record_failed_read_back(channel, error)
            raise
        finally:
            if backfill.read_back is not None:
                if backfill.read_back.may_post:
                    self._postable.add(channel)
                if backfill.read_back.is_complete:
                    self._read_back.add(channel)
                if backfill.read_to is not None:
                    earlier = self._read_to.get(channel, backfill.read_to)
                    self._read_to[channel] = min(backfill.read_to, earlier)
        self._unreadable_from.pop(channel, None)
        return result

    def _record_failed_read_back(self, channel: ChannelScope, error: Exception) -> None:
        """Set when posts stop waiting: earlier failures in a row count too."""
        wait = wait_for_history(error)
        if wait is None:
            self._unreadable_from.pop(channel, None)
            return
        ends = self._monotonic() + wait.total_seconds()
        self._unreadable_from[channel] = min(ends, self._unreadable_from.get(channel, ends))

    def _find_own_user(self) -> str:
        """Return the bot's user id, which never changes for a token."""
        if not self._own_user_id:
            self._own_user_id = read_identity(self._client.auth_test()).user_id
        return self._own_user_id

    @property
    def _history_methods(self) -> tuple[str, ...]:
        """The methods that a board's backfill calls first."""
        return (HISTORY, *(() if self._own_user_id else ("auth.test",)))

    def _may_call(self, channel_id: str, method: str) -> bool:
        """Count a call of the method and return True, unless it or the whole backfill must wait."""
        is_backfilled_history = self._leaves_calls and method == HISTORY
        shared = (BackfilledHistoryScope(),) if is_backfilled_history else ()
        needed = (Call(method), Call(method, channel_id), *shared)
        is_in_time = self._monotonic() < self._until
        if not (is_in_time and all(map(self._limiter.is_available, needed))):
            return False
        count_call(self._limiter, method)
        for scope in shared:
            self._limiter.count_call(scope, limit=BACKFILLED_HISTORY_PER_MINUTE, window=MINUTE)
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


def wait_for_history(error: Exception) -> timedelta | None:
    """Return how long posts wait if reading back keeps failing with this error.

    Return None if they wait until it succeeds: Slack can return the history, or accepts no posts
    either.
    """
    if isinstance(error, DatabaseUnavailable) or is_rejected_token(error):
        return None
    if isinstance(error, SlackApiError):
        if is_rate_limited(error):
            return None
        if is_refused(error):
            return timedelta()
    return MAX_WAIT_FOR_HISTORY
