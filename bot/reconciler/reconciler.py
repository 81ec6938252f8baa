"""Reconciler: makes Slack show what the store says. Only the reconciler posts to channels.

A pass compares the store with Slack and makes a task of each difference. A task that can't run now
is deferred and never stops the others. If a pass is interrupted, the next pass finds the same
differences.

What people see comes first, questions to Slack come last, and each part of a pass has a time
budget. So a slow Slack or thousands of questions never delay a post for long.
"""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from operator import itemgetter
from typing import Self

from bot.board_failures import report_unreadable
from bot.clock import Clock, Monotonic, utc_now
from bot.heartbeat import Heartbeat
from bot.home_publisher import publish
from bot.metrics import DEFERRED, LAST_RECONCILIATION, OUTBOX_PENDING, REDRAWS
from bot.reconciler.backfill_tasks import LAST_EVENT_RETRY, BackfillTasks
from bot.reconciler.deferrals import Deferrals
from bot.reconciler.intervals import DEFAULT_INTERVALS, Intervals
from bot.reconciler.limits import PHASE_BUDGET, count_call
from bot.reconciler.lookup_tasks import LookupTasks
from bot.reconciler.lost_posts import MayBePosted
from bot.reconciler.sender import (
    methods_before_posting,
    redraw_post,
    save_permalink,
    send_post,
)
from bot.reconciler.tasks import (
    BUG_RETRY_INTERVAL,
    HELD_RETRY_INTERVAL,
    POST_MESSAGE,
    RETRY_INTERVAL,
    Action,
    ChannelScope,
    ClockScope,
    ConversationScope,
    HomeScope,
    PermalinkScope,
    PostScope,
    Task,
    TokenScope,
    post_context,
)
from bot.slack.call_status import Call
from bot.slack.client import BotClient
from bot.slack.error_messages import SLACK_CALL_ERRORS, SlackCallError, describe_error
from bot.slack.errors import method_of
from bot.slack.rate_limiter import RateLimiter
from bot.slack.slack_time import WrongClock
from domain.calendar.cadence import Cadence
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, DatabaseUnavailable, Session
from storage.people import homes, people
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.readable_rows import UnreadableRow, unreadable_rows
from storage.tables import THREAD_KINDS, PostKind

log = logging.getLogger(__name__)

KNOWN_PEOPLE_IN_A_PASS = 100
HOMES_IN_A_PASS = 100

FACTS_HOLD = timedelta(hours=1)
IDLE_INTERVAL = timedelta(minutes=1)
# Slack's retries of an event may all fall into an outage of the database that lasts this long. A
# pass notices an outage only after it began.
LONG_OUTAGE = LAST_EVENT_RETRY - IDLE_INTERVAL
FIRE_KINDS = (PostKind.FIRE, PostKind.FIRE_OUT)  # one person can declare many


@dataclass(frozen=True)
class StoredFacts:
    """What a pass reads from the store that doesn't depend on the time of the pass.

    The search for posts that show an old revision compares all of them with the store. An idle pass
    doesn't repeat it.
    """

    version: object  # of the database
    read_at: datetime
    boards: list[Board]
    unknown_people: list[tuple[str, str]]
    stale: list[Post]
    without_permalink: list[Post]
    outdated_homes: list[tuple[str, str]]
    unreadable: list[UnreadableRow]

    @classmethod
    def read(cls, session: Session, version: object, now: datetime) -> Self:
        known_boards = boards.list_all(session)
        return cls(
            version=version,
            read_at=now,
            boards=known_boards,
            unknown_people=people.unknown(session),
            stale=outbox.stale(session) + roadmaps.stale_posts(session, known_boards, now),
            without_permalink=outbox.without_permalink(session),
            outdated_homes=homes.outdated(session, HOMES_IN_A_PASS),
            unreadable=unreadable_rows(session),
        )

    @cached_property
    def boards_by_id(self) -> dict[int, Board]:
        return {board.id: board for board in self.boards}

    def is_recent(self, now: datetime) -> bool:
        """Return whether the facts still hold: at another time, other quarters are current."""
        return timedelta() <= now - self.read_at < FACTS_HOLD


class Reconciler:
    """Passes that close the differences between the store and Slack."""

    def __init__(
        self,
        database: Database,
        client: BotClient,
        clock: Clock = utc_now,
        intervals: Intervals = DEFAULT_INTERVALS,
        monotonic: Monotonic = time.monotonic,
        heartbeat: Heartbeat | None = None,
    ) -> None:
        self._intervals = intervals
        self._database = database
        self._client = client
        self._clock = clock
        self._monotonic = monotonic
        self._limiter = RateLimiter(monotonic)
        self._deferrals = Deferrals(self._limiter)
        self._backfill_requested = threading.Event()
        self._outage_noticed_at: float | None = None  # a monotonic time
        self._lookups = LookupTasks(database, client, clock, self._limiter)
        self._backfills = BackfillTasks(database, client, clock, monotonic, self._limiter)
        self.heartbeat = heartbeat or Heartbeat()
        self.last_pass: float | None = None  # a monotonic time
        self._first_kind = 0  # of questions, in the next pass
        self._last_read: StoredFacts | None = None
        self._stop = threading.Event()
        self._in_pass = threading.Lock()

    @property
    def time_since_pass(self) -> timedelta | None:
        """Return the time since the last pass ended, or None if no pass has ended yet."""
        last_pass = self.last_pass  # one read: another thread sets it
        return None if last_pass is None else timedelta(seconds=self._monotonic() - last_pass)

    def run(self) -> None:
        """Run passes until `stop`: when the store changes, and when a deferral ends."""
        while not self._stop.is_set():
            self.heartbeat.beat()
            wait = self._run_pass_safely()
            # A pass that used up its budget was long enough for a burst to end.
            if self._database.changed.wait(wait.total_seconds()) and wait > timedelta():
                self._debounce()

    def stop(self) -> None:
        """Make `run` return after the task that runs now."""
        self._stop.set()
        self._database.changed.set()

    def request_backfill(self) -> None:
        """Backfill what Slack may not have sent: now, after its event retries, and every hour."""
        self._backfill_requested.set()
        self._database.changed.set()

    def run_pass(self) -> timedelta:
        """Run all tasks that aren't deferred. Return the time until the next pass is needed.

        Any thread may call this, also while `run` is active: passes never overlap.
        """
        with self._in_pass:
            self._database.changed.clear()
            self._backfill_after_outage()
            try:
                return self._run_pass()
            except DatabaseUnavailable:
                self._notice_outage()
                raise

    def _backfill_after_outage(self) -> None:
        """Request a backfill once the database is available again after a long outage.

        What Slack sent before its last retries came isn't sent again.
        """
        # Listeners may be the only ones who write, and after an outage nobody may act for long.
        if not self._database.is_writable():
            self._notice_outage()
        elif self._outage_noticed_at is not None:
            if self._monotonic() - self._outage_noticed_at >= LONG_OUTAGE.total_seconds():
                self._backfill_requested.set()
            self._outage_noticed_at = None

    def _notice_outage(self) -> None:
        if self._outage_noticed_at is None:
            self._outage_noticed_at = self._monotonic()

    def _run_pass(self) -> timedelta:
        if self._backfill_requested.is_set():
            self._backfill_requested.clear()
            self._backfills.restart()
        begun, begun_at = self._monotonic(), self._client.slack_time.slack_now()
        shown, questions = self._differences()
        is_done = [self._run_within(PHASE_BUDGET, tasks) for tasks in shown]
        is_done.append(self._ask(questions))
        slack_now = self._client.slack_time.slack_now()
        with self._database.snapshot() as session:
            lease_end = outbox.next_lease_end(session, slack_now, begun_at)
        LAST_RECONCILIATION.set(self._clock().timestamp())
        self.last_pass = self._monotonic()
        if not all(is_done):
            return timedelta()
        waits = [IDLE_INTERVAL, self._limiter.next_available(begun)]
        if lease_end is not None:
            waits.append(lease_end - slack_now)
        return max(min(wait for wait in waits if wait is not None), timedelta())

    def _run_within(self, budget: timedelta, tasks: Iterable[Task]) -> bool:
        """Run tasks until the budget is used up. Return whether all had their turn."""
        end = self._monotonic() + budget.total_seconds()
        for task in tasks:
            if self._stop.is_set() or self._monotonic() >= end:
                return False
            self._run_task(task)
        return True

    def _ask(self, questions: Sequence[Iterable[Task]]) -> bool:
        """Run the questions of all kinds within one budget. Return whether all had their turn.

        If one kind uses up the budget, the next pass starts with the kind after it.
        """
        kinds = deque(enumerate(questions, start=1))
        kinds.rotate(-self._first_kind)

        def in_turn() -> Iterator[Task]:
            for next_kind, of_kind in kinds:
                self._first_kind = next_kind % len(questions)
                yield from of_kind

        return self._run_within(PHASE_BUDGET, in_turn())

    def _run_pass_safely(self) -> timedelta:
        """Run a pass. After an error, wait and retry: nothing may end the reconciler."""
        retry = {"retry_in_seconds": RETRY_INTERVAL.total_seconds()}
        try:
            return self.run_pass()
        except DatabaseUnavailable as error:  # which logs its outages itself
            log.warning("pass_failed", extra={**retry, "error": str(error)})
        except Exception:
            log.exception("pass_failed", extra=retry)
        return RETRY_INTERVAL

    def _debounce(self) -> None:
        """Wait until a burst of changes ends, so that one pass covers it."""
        deadline = time.monotonic() + self._intervals.max_debounce.total_seconds()
        while self._database.changed.is_set() and time.monotonic() < deadline:
            self._database.changed.clear()
            self._stop.wait(self._intervals.debounce.total_seconds())

    def _run_task(self, task: Task) -> None:
        """Run a task unless it is deferred. After an error, defer what the error concerns."""
        self.heartbeat.beat()
        if self._deferrals.is_deferred(task):
            return
        try:
            task.run()
            self._deferrals.record_success(task)
        except (*SLACK_CALL_ERRORS, DatabaseUnavailable) as error:
            self._defer_after(error, task)
        except WrongClock:
            return  # a clock check is due
        except MayBePosted as error:
            log.warning("post_held", extra={**task.log_context, "messages": sorted(error.messages)})
            self._limiter.defer(task.scope, HELD_RETRY_INTERVAL)
        except Exception:
            # A bug with one project or board must not keep Needle from showing the others.
            log.exception("%s_failed", task.action, extra=task.log_context)
            self._limiter.defer(task.scope, BUG_RETRY_INTERVAL)

    def _defer_after(self, error: SlackCallError | DatabaseUnavailable, task: Task) -> None:
        wait = self._deferrals.record_failure(error, task)
        log_context = {**task.log_context, "retry_in_seconds": wait.total_seconds()}
        if (method := method_of(error)) is not None:
            log_context["method"] = method
        reason = str(error) if isinstance(error, DatabaseUnavailable) else describe_error(error)
        DEFERRED.labels(reason if reason.isidentifier() else "unreachable").inc()
        log.warning("%s_deferred", task.action, extra={**log_context, "error": reason})

    def _differences(self) -> tuple[list[Iterable[Task]], list[Iterable[Task]]]:
        """Return the differences between the store and Slack as tasks, in the order to run them.

        First what people see, in phases; then the questions to Slack, by kind.
        """
        now = self._clock()
        facts = self._read_facts(now)
        known_boards, board = facts.boards, facts.boards_by_id
        stale, unknown_people = facts.stale, facts.unknown_people
        with self._database.snapshot() as session:
            known_people = people.due_for_lookup(session, now, KNOWN_PEOPLE_IN_A_PASS)
            due = outbox.due(session, self._client.slack_time.slack_now())
            report_unreadable([*facts.unreadable, *unreadable_rows(session)])
        OUTBOX_PENDING.set(len(due) + len(stale))
        due, stale, without_permalink = (
            [post for post in posts if post.board_id in board]
            for posts in (due, stale, facts.without_permalink)
        )
        due = [post for post in due if not _is_early(post, board[post.board_id].cadence, now)]
        dms, in_channels = _split(due, lambda post: post.person is not None)
        replies, in_channels = _split(in_channels, lambda post: post.kind in THREAD_KINDS)
        fires, top_level = _split(in_channels, lambda post: post.kind in FIRE_KINDS)
        shown: list[Iterable[Task]] = [
            self._host_checks(),
            # Posts and forms name a board by its channel.
            (self._lookups.of_channel(each) for each in known_boards if each.name is None),
            # A restored store must not repeat or undo what a channel already shows.
            self._backfills.read_back(_boards_of([*due, *stale], board), stale),
            self._post_tasks(top_level, board),
            (
                self._redraw_task(post, board[post.board_id])
                for post in _round_robin(stale)
                if self._backfills.may_redraw(post, board[post.board_id])
            ),
            # A redraw notices that someone deleted the card. The reply then goes to the new card.
            self._post_tasks(replies, board),
            self._post_tasks(fires, board),
            self._post_tasks(dms, board),
            (self._lookups.of_person(*person) for person in unknown_people),  # their votes wait
            (self._home_task(*person) for person in facts.outdated_homes),
        ]
        questions: list[Iterable[Task]] = [
            (self._permalink_task(post, board[post.board_id]) for post in without_permalink),
            (task for each in known_boards for task in self._lookups.of_known_board(each)),
            self._lookups.of_known_people(known_people),
            *self._backfills.by_kind(known_boards),
        ]
        return shown, questions

    def _read_facts(self, now: datetime) -> StoredFacts:
        """Return what depends on the store alone. Read it again only if something was committed."""
        version = self._database.version()
        last = self._last_read
        if last is None or last.version != version or not last.is_recent(now):
            with self._database.snapshot() as session:
                last = StoredFacts.read(session, version, now)
            self._last_read = last
        return last

    def _host_checks(self) -> Iterator[Task]:
        """Yield the checks of the token and of the clock, if Needle can't post."""
        if self._client.token_status.rejection:
            yield self._token_task()
        if self._client.slack_time.is_check_due:
            yield self._clock_check_task()
        self._client.slack_time.log_changes()

    def _token_task(self) -> Task:
        """Return a task that checks whether Slack accepts the token again.

        Any part of the bot may have met the rejection.
        """
        return Task(Action.TOKEN_CHECK, TokenScope(), ("auth.test",), self._client.auth_test)

    def _clock_check_task(self) -> Task:
        """Return a task that asks Slack for the time.

        While the host was suspended, Slack's last answer got old. If the clock is wrong, ask again
        and again until it is right.
        """
        slack_time = self._client.slack_time

        def run() -> None:
            self._client.auth_test()
            if slack_time.is_check_due:
                self._limiter.defer(ClockScope(slack_time.has_stepped), RETRY_INTERVAL)

        return Task(Action.CLOCK_CHECK, ClockScope(slack_time.has_stepped), ("auth.test",), run)

    def _post_tasks(self, posts: Iterable[Post], by_id: Mapping[int, Board]) -> Iterator[Task]:
        """Yield the tasks that send the posts that don't wait for a channel's history."""
        for post in posts:
            board = by_id[post.board_id]
            if self._backfills.may_post(post, board):
                yield self._post_task(post, board)

    def _post_task(self, post: Post, board: Board) -> Task:
        """Return a task that sends a post.

        A conversation gets one post per interval. Posts that call another method first, such as a
        search for an earlier attempt, share one per interval across all conversations.
        """
        conversation = ConversationScope.of(post)
        searches = methods_before_posting(post)

        def run() -> None:
            for method in searches:
                count_call(self._limiter, method)
            try:
                send_post(self._database, self._client, post, self._client.slack_time.claim_time)
            finally:
                # The interval starts after the call: otherwise a slow Slack would let one pass
                # send the whole queue, and everything else would wait for it.
                for scope in (conversation, *map(Call, searches)):
                    self._limiter.defer(scope, self._intervals.between_posts)

        return Task(
            Action.POST,
            PostScope(post.id),
            (*searches, POST_MESSAGE),
            run,
            # A failed DM must not defer the whole channel's posts.
            channel=None if post.person else ChannelScope.of(board),
            called_channel=post.person or board.channel_id,
            conversation=conversation,
            log_context=post_context(post),
        )

    def _permalink_task(self, post: Post, board: Board) -> Task:
        return Task(
            Action.PERMALINK_LOOKUP,
            PermalinkScope(post.id),
            ("chat.getPermalink",),
            partial(save_permalink, self._database, self._client, post),
            channel=ChannelScope.of(board),
            called_channel=board.channel_id,
            log_context=post_context(post),
        )

    def _home_task(self, team_id: str, person: str) -> Task:
        """Return a task that publishes an App Home that shows a board whose channel was left."""

        def run() -> None:
            count_call(self._limiter, "users.conversations")
            publish(self._client, self._database, team_id, person, self._clock())

        return Task(
            Action.HOME,
            HomeScope(team_id, person),
            ("users.conversations", "views.publish"),
            run,
            log_context={"person": person},
        )

    def _redraw_task(self, post: Post, board: Board) -> Task:
        scope = PostScope(post.id)

        def run() -> None:
            self._limiter.defer(scope, self._intervals.between_redraws)
            count_call(self._limiter, "chat.update")
            redraw_post(self._database, self._client, post, self._clock())
            REDRAWS.inc()

        return Task(
            Action.REDRAW,
            scope,
            ("chat.update",),
            run,
            channel=ChannelScope.of(board),
            called_channel=board.channel_id,
            log_context=post_context(post),
        )


def _is_early(post: Post, cadence: Cadence, now: datetime) -> bool:
    """Return whether the post's period hasn't begun: a clock that was ahead queued it.

    It waits for its period. Someone can post the next quarter's roadmap by hand.
    """
    match post.kind:
        case PostKind.DIGEST:
            return post.subject > cadence.iso_week(now)
        case PostKind.RETROSPECTIVE:
            return post.subject > cadence.quarter(now).key
        case PostKind.ROADMAP:
            return post.subject > cadence.quarter(now).next().key
    return False


def _boards_of(posts: Iterable[Post], by_id: Mapping[int, Board]) -> list[Board]:
    """Return the boards of the posts without duplicates, in the order of their first posts."""
    return [by_id[board_id] for board_id in dict.fromkeys(post.board_id for post in posts)]


def _split(posts: Iterable[Post], belongs: Callable[[Post], bool]) -> tuple[list[Post], list[Post]]:
    """Return the posts that belong to a group, and the others."""
    chosen = [(post, belongs(post)) for post in posts]
    return [post for post, is_in in chosen if is_in], [post for post, is_in in chosen if not is_in]


def _round_robin(posts: Iterable[Post]) -> list[Post]:
    """Return the first post of each board, then the second of each, and so on.

    Without this, a board would wait for all redraws of another.
    """
    turns: Counter[int] = Counter()
    with_turn = []
    for post in posts:
        turns[post.board_id] += 1
        with_turn.append((turns[post.board_id], post))
    return [post for _, post in sorted(with_turn, key=itemgetter(0))]
