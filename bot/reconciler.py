"""Makes Slack show the store. The only place that posts to channels on its own.

A pass looks at what differs and closes each difference by itself; one that can't be closed now is
held until later and never stops the others. A pass that is cut off anywhere is made good by the
next, because that finds the same difference.
"""

import logging
import threading
from collections.abc import Callable, Hashable
from datetime import UTC, datetime, timedelta
from functools import partial

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.content import draw
from bot.delivery import CannotLook, code, deliver, retry_after
from bot.pace import Pace
from bot.people import look_up
from storage import boards, people, posts
from storage.boards import Board
from storage.database import Database
from storage.posts import Post

log = logging.getLogger(__name__)

POST_EVERY = timedelta(seconds=1)  # a channel: https://docs.slack.dev/apis/web-api/rate-limits
REDRAW_EVERY = timedelta(seconds=3)  # a card
UPDATES = 45  # a minute: chat.update is Tier 3, at least 50
MINUTE = timedelta(minutes=1)

TRY_AGAIN = timedelta(seconds=30)
TRY_CHANNEL_AGAIN = timedelta(minutes=5)
CHANNEL_TROUBLE = frozenset({"channel_not_found", "is_archived", "not_in_channel"})

IDLE = timedelta(minutes=1)
GATHER_SECONDS = 0.05  # a burst of votes makes one pass, not one for each


class Reconciler:
    """Closes the difference between the store and Slack, pass by pass. Time is an argument."""

    def __init__(self, database: Database, client: WebClient) -> None:
        self._database = database
        self._client = client
        self._pace = Pace()

    def run(self, stop: threading.Event) -> None:
        """Pass after pass, whenever the store changes or something that was held comes free."""
        while not stop.is_set():
            self._database.changed.clear()
            now = datetime.now(UTC)
            again = self.run_pass(now)
            self._database.changed.wait((again - now).total_seconds())
            stop.wait(GATHER_SECONDS)

    def run_pass(self, now: datetime) -> datetime:
        """Close what can be closed now; when the next pass is due if nothing changes."""
        with self._database.snapshot() as session:
            unknown = people.unknown(session)
            undescribed = [board for board in boards.every(session) if board.name is None]
            unsent = posts.waiting(session, now)
            stale = posts.stale_cards(session)
        for team, person in unknown:
            self._close(("person", team, person), now, partial(self._ask, team, person))
        for board in undescribed:
            self._close(("board", board.id), now, partial(self._describe, board))
        for post in unsent:
            self._send(post, now)
        for card in stale:
            self._redraw(card, now)
        return min(self._pace.next_free(now) or now + IDLE, now + IDLE)

    def _ask(self, team_id: str, person: str) -> None:
        look_up(self._database, self._client, team_id, person)

    def _describe(self, board: Board) -> None:
        """The channel's name, and the inviter's time zone for the digest until a steward says."""
        channel = self._client.conversations_info(channel=board.channel_id)["channel"]
        time_zone = None
        if board.invited_by:
            time_zone = self._client.users_info(user=board.invited_by)["user"].get("tz")
        with self._database.transaction() as session:
            boards.describe(session, board.id, channel["name"], time_zone)

    def _send(self, post: Post, now: datetime) -> None:
        """One a second in each channel."""
        channel = ("channel", post.board_id)
        if not self._pace.free(channel, now):
            return
        self._pace.hold(channel, now + POST_EVERY)
        self._close(
            ("post", post.id), now, lambda: deliver(self._database, self._client, post.id, now)
        )

    def _redraw(self, card: Post, now: datetime) -> None:
        key = ("post", card.id)
        if not (self._pace.free(key, now) and self._pace.free("chat.update", now)):
            return
        self._close(key, now, lambda: self._update(card))
        self._pace.hold(key, now + REDRAW_EVERY)
        self._pace.spend("chat.update", now, limit=UPDATES, window=MINUTE)

    def _update(self, card: Post) -> None:
        with self._database.snapshot() as session:
            channel = boards.get(session, card.board_id).channel_id
            drawn = draw(session, card)
        try:
            self._client.chat_update(
                channel=channel,
                ts=card.ts or "",
                text=drawn.message.text,
                blocks=drawn.message.blocks,
            )
        except SlackApiError as error:
            if code(error) != "message_not_found":
                raise
            with self._database.transaction() as session:
                posts.repost(session, card)
            return
        with self._database.transaction() as session:
            posts.redrawn(session, card.id, drawn.shown_revision or 0)

    def _close(self, key: Hashable, now: datetime, work: Callable[[], object]) -> None:
        """Do it, unless it is held; on trouble hold it, and go on with the others."""
        if not self._pace.free(key, now):
            return
        try:
            work()
        except SlackApiError as error:
            wait = retry_after(error)
            if wait is None:
                wait = TRY_CHANNEL_AGAIN if code(error) in CHANNEL_TROUBLE else TRY_AGAIN
            log.warning("%s: Slack says %s; again in %s", key, code(error), wait)
            self._pace.hold(key, now + wait)
        except (OSError, CannotLook) as error:
            log.warning("%s: %s; again in %s", key, error, TRY_AGAIN)
            self._pace.hold(key, now + TRY_AGAIN)
        except Exception:
            # One broken project or board must not keep the others from being shown.
            log.exception("%s can't be shown", key)
            self._pace.hold(key, now + TRY_CHANNEL_AGAIN)
