"""Reading back: find the posts in a channel's history that the store doesn't know.

A store restored from a backup lacks its newest posts. They are adopted. A new store lacks the posts
of an earlier store, or of another store that is still in use. They pause the board until a person
decides.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.reconciler.lost_posts import FACTS, identity_of
from bot.reconciler.tasks import post_context
from bot.slack.answers.messages import SlackMessage
from storage import stores
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.locks import STORE, OfBoard, StoreWide
from storage.planning import roadmaps
from storage.posts import adoption, outbox
from storage.posts.adoption import FoundPost
from storage.posts.identity import UNNAMED_STORE
from storage.projects import projects

log = logging.getLogger(__name__)

MAX_MESSAGES = 1_000
MAX_AGE = timedelta(days=90)


class ReadBack:
    """Reading back of a board's channel, from the newest message to MAX_MESSAGES or MAX_AGE.

    `may_post` is True once enough is read for Needle to post there. It stays False if the board is
    paused, or if another board has taken over the channel.
    """

    def __init__(
        self,
        database: Database,
        board: Board,
        find_own_user: Callable[[], str],  # calls Slack
        now: datetime,
    ) -> None:
        self.oldest = f"{(now - MAX_AGE).timestamp():.6f}"  # ts of this century sort as text
        self.may_post = False
        self.is_complete = False
        self._database = database
        self._board = board
        self._find_own_user = find_own_user
        self._now = now
        self._messages_read = 0
        self._waiting: tuple[FoundPost, ...] = ()  # for the project that theirs was merged into

    @property
    def holds_posts(self) -> bool:
        """Whether more must be read before Needle may post."""
        return not (self.may_post or self.is_complete)

    def read_page(self, messages: Sequence[SlackMessage], *, is_last: bool) -> None:
        """Adopt the posts on a page of history, or pause the board if another store posted them."""
        found = [
            post
            for post in map(_found_post, _own(messages, self._find_own_user()))
            if post is not None and post.ts >= self.oldest
        ]
        self._messages_read += len(messages)
        with self._database.snapshot() as session:
            known = outbox.known_messages(session, self._board.id, [post.ts for post in found])
            moved_from = _board_that_moved(session, self._board, found)
            own_stores = _own_stores(session, self._board)
        if moved_from is not None:
            # If the board isn't followed, its posts are still this store's: no other store's.
            is_followed = _follow(self._database, self._board, moved_from, self._now)
            self.may_post, self.is_complete = not is_followed, True
            return
        unknown = [post for post in found if post.ts not in known]
        if foreign := [post for post in unknown if post.identity.store_id not in own_stores]:
            _report_conflict(self._database, self._board, foreign)
            self.is_complete = True
            return
        is_complete = (
            is_last
            or self._messages_read >= MAX_MESSAGES
            or any(message.ts < self.oldest for message in messages)
        )
        with self._database.snapshot() as session:
            adoptable = adoption.select_adoptable(
                session, self._board, [*self._waiting, *found], is_complete=is_complete
            )
        _mark_numbers_seen(self._database, self._board, unknown)
        _adopt(self._database, self._board, adoptable.posts, self._now)
        self._waiting = adoptable.waiting
        if is_complete:
            _keep_adopted_posts(self._database, self._board)
        self.is_complete = is_complete
        # The store knows a post on this page, so it isn't missing any older posts.
        self.may_post = self.may_post or bool(known) or self.is_complete


def _own_stores(session: Session, board: Board) -> set[str]:
    """Return the stores whose posts count as this store's."""
    unnamed = {UNNAMED_STORE} if stores.has_unnamed_posts(session) else set()
    return {stores.store_id(session), *board.adopted_stores} | unnamed


def _own(messages: Sequence[SlackMessage], bot_user_id: str) -> list[SlackMessage]:
    """Return Needle's messages: any app can write any metadata and block ids."""
    return [
        message for message in messages if message.user == bot_user_id and not message.is_tombstone
    ]


def _found_post(message: SlackMessage) -> FoundPost | None:
    identity = identity_of(message)
    if identity is None:
        return None
    facts = (message.metadata.event_payload or {}).get(FACTS, "")
    return FoundPost(identity, message.ts, str(facts))


def _mark_numbers_seen(database: Database, board: Board, unknown: Sequence[FoundPost]) -> None:
    """Keep new projects from getting the numbers of cards that the store doesn't know."""
    highest = max((post.number or 0 for post in unknown), default=0)
    with database.snapshot() as session:
        is_free = projects.next_number(session, board.id) <= highest
    if is_free:
        with database.transaction(OfBoard(board.id)) as session:
            boards.mark_number_seen(session, board.id, highest)


def _adopt(database: Database, board: Board, posts: Sequence[FoundPost], now: datetime) -> None:
    for post in posts:
        with database.transaction(StoreWide((board.id,))) as session:
            is_adopted = adoption.adopt(session, board, post, now)
        if is_adopted:
            log.info("post_adopted", extra=post_context(post.identity) | {"board": board.id})


def _keep_adopted_posts(database: Database, board: Board) -> None:
    with database.snapshot() as session:
        has_adopted = roadmaps.has_adopted_posts(session, board.id)
    if has_adopted:
        with database.transaction(OfBoard(board.id)) as session:
            roadmaps.keep_adopted_posts(session, board)


def _report_conflict(database: Database, board: Board, foreign: Sequence[FoundPost]) -> None:
    """Pause the board, and keep new projects from getting the numbers of the foreign cards."""
    store_id = foreign[0].identity.store_id
    with database.transaction(OfBoard(board.id)) as session:
        boards.mark_conflict(session, board.id, store_id)
    _mark_numbers_seen(database, board, foreign)
    context = {"board": board.id, "channel": board.channel_id, "messages": len(foreign)}
    log.error("board_has_posts_of_another_store", extra={**context, "store": store_id})


def _board_that_moved(session: Session, board: Board, found: Sequence[FoundPost]) -> int | None:
    """Return the board that has these posts, if Slack gave its channel a new id.

    If Needle was offline then, it got no event, so backfill made the channel a new board.
    """
    messages = [post.ts for post in found]
    for other in sorted({post.identity.board_id for post in found} - {board.id}):
        if outbox.known_messages(session, other, messages):
            return other
    return None


def _follow(database: Database, board: Board, moved_from: int, now: datetime) -> bool:
    """Give the channel to the board that had its old id, unless people use the new board."""
    with database.transaction(STORE) as session:
        is_followed = boards.follow(session, moved_from, board.team_id, board.channel_id, now)
    event = "channel_id_followed" if is_followed else "channel_id_not_followed"
    log.warning(event, extra={"board": moved_from, "channel": board.channel_id})
    return is_followed
