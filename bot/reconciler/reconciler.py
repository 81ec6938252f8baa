"""Makes Slack show the store. The only place that posts to channels on its own.

A pass looks at what differs and closes each difference by itself; one that can't be closed now is
held until later and never stops the others. A pass that is cut off anywhere is made good by the
next, because that finds the same difference.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter

from slack_sdk.errors import SlackApiError

from bot.authorization.members import fetch_account_type, time_zone_of
from bot.clock import Clock, utc_now
from bot.metrics import DEFERRED, LAST_RECONCILIATION, OUTBOX_PENDING, REDRAWS
from bot.reconciler.backfill import BoardBackfill, backfill_workspace
from bot.reconciler.intervals import DEFAULT_INTERVALS, Intervals
from bot.reconciler.sender import methods_before_posting, redraw_post, save_permalink, send_post
from bot.slack.client import BotClient
from bot.slack.error_messages import NETWORK_ERRORS, describe_error
from bot.slack.errors import (
    CLOSED_CHANNEL,
    REJECTED_TOKEN,
    api_method,
    error_code,
    is_rate_limited,
    retry_after,
)
from bot.slack.rate_limiter import RateLimiter
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, DatabaseUnavailable
from storage.people import people
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.outbox import Post

log = logging.getLogger(__name__)

UPDATE_CALLS_PER_MINUTE = 45  # a minute: chat.update is Tier 3, at least 50
USER_CALLS_PER_MINUTE = 90  # a minute: users.info is Tier 4, at least 100
LOOKUP_CALLS_PER_MINUTE = (
    45  # a minute of each method: those by which it looks for something are Tier 3
)
MINUTE = timedelta(minutes=1)
BACKFILL_INTERVAL = timedelta(hours=1)
BACKFILL_CONTINUE_INTERVAL = timedelta(seconds=5)  # where the limits left something to look at
# Slack sends an event again after up to five minutes. One that is older than what we saw of the
# time when nobody listened would hide the newer one that was lost: so we look once more after that.
EVENT_RETRY_PERIOD = timedelta(minutes=6)

RETRY_INTERVAL = timedelta(seconds=30)
CHANNEL_RETRY_INTERVAL = timedelta(minutes=5)
TOKEN_RETRY_INTERVAL = timedelta(minutes=5)
ANY_METHOD = "any call"  # held while Slack refuses the token
POST_MESSAGE = "chat.postMessage"  # is counted in each channel; all else by its method alone

IDLE_INTERVAL = timedelta(minutes=1)

LogContext = dict[str, object]  # for the log: what something was about


class Reconciler:
    """Closes the difference between the store and Slack, pass by pass."""

    def __init__(
        self,
        database: Database,
        client: BotClient,
        clock: Clock = utc_now,
        intervals: Intervals = DEFAULT_INTERVALS,
    ) -> None:
        self._intervals = intervals
        self._database = database
        self._client = client
        self._clock = clock
        self._limiter = RateLimiter()
        self._missed = threading.Event()
        self.last_pass: datetime | None = None
        self._connected_at: datetime | None = None
        self._looked: set[Hashable] = set()  # what is held until the next hour
        self._catching_up: dict[Hashable, BoardBackfill] = {}  # by place, where it is not done
        self._stop = threading.Event()
        self._in_pass = threading.Lock()

    def run(self) -> None:
        """Pass after pass, whenever the store changes or something that was held comes free."""
        while not self._stop.is_set():
            if self._database.changed.wait(self._pass_safely().total_seconds()):
                self._debounce()

    def _debounce(self) -> None:
        """Wait for the end of a burst of changes, so that it takes one pass."""
        latest = time.monotonic() + self._intervals.max_debounce.total_seconds()
        while self._database.changed.is_set() and time.monotonic() < latest:
            self._database.changed.clear()
            self._stop.wait(self._intervals.debounce.total_seconds())

    def stop(self) -> None:
        """Finish the difference in hand, and no other."""
        self._stop.set()
        self._database.changed.set()

    def request_backfill(self) -> None:
        """Slack may not have told us everything: look for it, now, soon after, and every hour."""
        self._missed.set()
        self._database.changed.set()

    def run_pass(self) -> timedelta:
        """Close what can be closed now. Return how long until the next pass if nothing changes.

        Any thread may call this, also while `run` is at work: passes follow one another.
        """
        with self._in_pass:
            self._database.changed.clear()
            return self._pass()

    def _pass(self) -> timedelta:
        if self._missed.is_set():
            self._missed.clear()
            self._connected_at = self._clock()
            self._limiter.reset(*self._looked)
            self._looked.clear()
            self._catching_up.clear()
        for close in self._differences():
            if self._stop.is_set():
                break
            close()
        now = self._clock()
        with self._database.snapshot() as session:
            lease_ends = outbox.next_lease_end(session, now)
        LAST_RECONCILIATION.set(now.timestamp())
        self.last_pass = now
        wake = min(
            now + IDLE_INTERVAL,
            self._limiter.next_available(now) or now + IDLE_INTERVAL,
            lease_ends or now + IDLE_INTERVAL,
        )
        return max(wake - now, timedelta())

    def _pass_safely(self) -> timedelta:
        """A store that can't be read now is asked again: nothing may end the reconciler."""
        try:
            return self.run_pass()
        except Exception:
            log.exception("the store can't be read; again in %s", RETRY_INTERVAL)
            return RETRY_INTERVAL

    def _differences(self) -> Iterator[Callable[[], None]]:
        with self._database.snapshot() as session:
            now = self._clock()
            to_ask = people.due_for_lookup(session, now)
            known = boards.list_all(session)
            unsent = outbox.due(session, now)
            stale = outbox.stale(session) + roadmaps.stale_posts(session, known, now)
            unlinked = outbox.without_permalink(session)
        OUTBOX_PENDING.set(len(unsent) + len(stale))
        if self._client.token_status.rejection:  # whoever met that: is it mended?
            yield partial(self._close, ANY_METHOD, ("auth.test",), self._client.auth_test, about={})
        if self._connected_at is not None:
            yield self._look_around
            for board in known:
                yield partial(self._catch_up, board)
        for board in known:
            if board.name is None or board.renamed_at is not None:
                yield partial(self._describe, board)
        for team, person in to_ask:
            yield partial(self._ask, team, person)
        places = {board.id: _place(board) for board in known}
        for post in unsent:
            yield partial(self._send, post, places[post.board_id])
        for card in unlinked:
            yield partial(self._link, card, places[card.board_id])
        for post in _in_turns(stale):
            yield partial(self._redraw, post, places[post.board_id])

    def _look_around(self) -> None:
        def work() -> None:
            now = self._clock()
            backfill_workspace(self._database, self._client, now)
            self._look_again("workspace", self._next_look(now))

        self._close("workspace", ("users.conversations",), work, about={})

    def _catch_up(self, board: Board) -> None:
        place = _place(board)
        key = ("catch up", place)
        look = self._catching_up.get(place) or BoardBackfill(
            self._database, self._client, board, self._may_look, self._clock()
        )

        def work() -> None:
            self._catching_up[place] = look
            if look.go_on():
                del self._catching_up[place]
                self._look_again(key, self._next_look(look.begun_at))
            else:
                self._look_again(key, BACKFILL_CONTINUE_INTERVAL)

        self._close(key, ("conversations.history",), work, place, about=_of_board(board))

    def _may_look(self, method: str) -> bool:
        if not self._limiter.is_available(method, self._clock()):
            return False
        self._count_call(method, LOOKUP_CALLS_PER_MINUTE)
        return True

    def _count_call(self, method: str, per_minute: int) -> None:
        self._limiter.count_call(method, self._clock(), limit=per_minute, window=MINUTE)

    def _next_look(self, begun_at: datetime) -> timedelta:
        """At once, if this one took until the retries ended: what it read first may be outdated."""
        retries_end = (self._connected_at or begun_at) + EVENT_RETRY_PERIOD
        if begun_at >= retries_end:
            return BACKFILL_INTERVAL
        return max(retries_end - self._clock(), timedelta())

    def _look_again(self, key: Hashable, wait: timedelta) -> None:
        self._looked.add(key)
        self._limiter.defer(key, self._clock() + wait)

    def _ask(self, team_id: str, person: str) -> None:
        def work() -> None:
            self._limiter.count_call(
                "users.info", self._clock(), limit=USER_CALLS_PER_MINUTE, window=MINUTE
            )
            fetch_account_type(self._database, self._client, team_id, person)

        self._close(("person", team_id, person), ("users.info",), work, about={"person": person})

    def _describe(self, board: Board) -> None:
        """The channel's name, and the inviter's time zone for the digest until a steward says."""

        def work() -> None:
            channel = self._client.conversations_info(channel=board.channel_id)["channel"]
            time_zone = None
            if board.invited_by:
                self._limiter.count_call(
                    "users.info", self._clock(), limit=USER_CALLS_PER_MINUTE, window=MINUTE
                )
                time_zone = time_zone_of(self._client, board.invited_by)
            with self._database.transaction() as session:
                boards.save_channel_info(session, board, channel["name"], time_zone)

        methods = ("conversations.info", "users.info")
        self._close(("board", board.id), methods, work, about=_of_board(board))

    def _send(self, post: Post, place: Hashable) -> None:
        """In each channel one at a time, and of those that take a question first, one of all."""
        key, channel = ("post", post.id), ("channel", post.person or post.board_id)
        methods = methods_before_posting(post)

        def work() -> None:
            for method in methods:
                self._count_call(method, LOOKUP_CALLS_PER_MINUTE)
            try:
                send_post(self._database, self._client, post.id, self._clock)
            finally:  # from then on: a queue that Slack is slow to take must not make a long pass
                free = self._clock() + self._intervals.between_posts
                for each in (channel, *methods):
                    self._limiter.defer(each, free)

        # What is for one person alone goes another way: trouble there is none of the channel's.
        elsewhere = None if post.person else place
        self._close(key, methods, work, elsewhere, channel, about=_of_post(post))

    def _link(self, card: Post, place: Hashable) -> None:
        work = partial(save_permalink, self._database, self._client, card)
        self._close(("link", card.id), ("chat.getPermalink",), work, place, about=_of_post(card))

    def _redraw(self, post: Post, place: Hashable) -> None:
        key = ("post", post.id)

        def work() -> None:
            now = self._clock()
            self._limiter.defer(key, now + self._intervals.between_redraws)
            self._limiter.count_call(
                "chat.update", now, limit=UPDATE_CALLS_PER_MINUTE, window=MINUTE
            )
            redraw_post(self._database, self._client, post, now)
            REDRAWS.inc()

        self._close(key, ("chat.update",), work, place, about=_of_post(post))

    def _close(
        self,
        key: Hashable,
        methods: tuple[str, ...],
        work: Callable[[], object],
        place: Hashable | None = None,
        channel: Hashable | None = None,
        *,
        about: LogContext,
    ) -> None:
        """Do it, unless it is held; on trouble hold it, and go on with the others.

        Slack counts calls by method, and what is posted by `channel`: all that it counts together
        waits when it asks to be left alone. All that is to be done in a `place` waits while it is
        closed to us. `about` is for the log.
        """
        now = self._clock()
        held_by = (ANY_METHOD, key, place or key, channel or key, *methods)
        if not all(self._limiter.is_available(each, now) for each in held_by):
            return
        try:
            work()
        except SlackApiError as error:
            self._trouble(key, place or key, channel or key, error, about)
        except NETWORK_ERRORS as error:
            self._hold(key, RETRY_INTERVAL, describe_error(error), about)
        except DatabaseUnavailable as error:
            self._hold(key, RETRY_INTERVAL, str(error), about)
        except Exception:
            # One broken project or board must not keep the others from being shown.
            log.exception("could not be shown", extra=about)
            self._limiter.defer(key, self._clock() + CHANNEL_RETRY_INTERVAL)

    def _trouble(
        self,
        key: Hashable,
        place: Hashable,
        channel: Hashable,
        error: SlackApiError,
        about: LogContext,
    ) -> None:
        wait, why = retry_after(error), describe_error(error)
        if error_code(error) in REJECTED_TOKEN:
            self._hold(ANY_METHOD, TOKEN_RETRY_INTERVAL, why, about)  # the client has told it
        elif wait is not None or is_rate_limited(error):
            wait = RETRY_INTERVAL if wait is None else wait
            self._hold(
                channel if api_method(error) == POST_MESSAGE else api_method(error),
                wait,
                why,
                about,
            )
            self._limiter.defer(key, self._clock() + wait)  # and with it what is asked before that
        elif error_code(error) in CLOSED_CHANNEL:
            self._hold(place, CHANNEL_RETRY_INTERVAL, why, about)
        else:
            self._hold(key, RETRY_INTERVAL, why, about)

    def _hold(self, key: Hashable, wait: timedelta, why: str, about: LogContext) -> None:
        DEFERRED.labels(why if why.isidentifier() else "unreachable").inc()
        again = {"reason": why, "wait_seconds": wait.total_seconds()}
        log.warning("could not be shown", extra={**about, **again})
        self._limiter.defer(key, self._clock() + wait)


def _in_turns(several: Iterable[Post]) -> list[Post]:
    """One of each board, then the next of each: no board waits for all that another has."""
    turns: Counter[int] = Counter()
    placed = []
    for post in several:
        turns[post.board_id] += 1
        placed.append((turns[post.board_id], post))
    return [post for _, post in sorted(placed, key=itemgetter(0))]


def _place(board: Board) -> Hashable:
    """The channel, since we were last invited to it: what was known of it before is outdated."""
    return ("place", board.id, board.joined_at)


def _of_board(board: Board) -> LogContext:
    return {"board": board.id, "channel": board.channel_id}


def _of_post(post: Post) -> LogContext:
    return {"post": post.kind, "subject": post.subject, "board": post.board_id}
